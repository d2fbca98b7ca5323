import type { CloudType } from "./model";
import { awsCustomerGateway } from "./awsCustomerGateway";
import { awsVpnConnection } from "./awsVpnConnection";
import { awsVpnGateway } from "./awsVpnGateway";

export const awsVpn: Readonly<Record<string, CloudType>> = {
  ...awsCustomerGateway,
  ...awsVpnGateway,
  ...awsVpnConnection,
};
