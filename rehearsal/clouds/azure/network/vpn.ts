import { azureConnection } from "./virtualNetworkGatewayConnection";
import { azureGateway } from "./virtualNetworkGateway";
import { azureLocalGateway } from "./localNetworkGateway";
import type { CloudType } from "../../cloudType";

export const azureVpn: Readonly<Record<string, CloudType>> = {
  ...azureGateway,
  ...azureLocalGateway,
  ...azureConnection,
};
