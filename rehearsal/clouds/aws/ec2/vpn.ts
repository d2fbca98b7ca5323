import type { CloudType } from "../../cloudType";
import { awsCustomerGateway } from "./customerGateway";
import { awsVpnConnection } from "./vpnConnection";
import { awsVpnGateway } from "./vpnGateway";
import { awsVpnRoute } from "./vpnConnectionRoute";

export const awsVpn: Readonly<Record<string, CloudType>> = {
  ...awsCustomerGateway,
  ...awsVpnGateway,
  ...awsVpnConnection,
  ...awsVpnRoute,
};
