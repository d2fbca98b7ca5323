import type { CloudType } from "./model";
import { awsCustomerGateway } from "./awsCustomerGateway";
import { awsVpnConnection } from "./awsVpnConnection";
import { awsVpnGateway } from "./awsVpnGateway";
import { awsVpnRoute } from "./awsVpnRoute";

export const awsVpn: Readonly<Record<string, CloudType>> = {
  ...awsCustomerGateway,
  ...awsVpnGateway,
  ...awsVpnConnection,
  ...awsVpnRoute,
};
