import { azureConnection } from "./azureConnection";
import { azureGateway } from "./azureGateway";
import { azureLocalGateway } from "./azureLocalGateway";
import type { CloudType } from "./model";

export const azureVpn: Readonly<Record<string, CloudType>> = {
  ...azureGateway,
  ...azureLocalGateway,
  ...azureConnection,
};
