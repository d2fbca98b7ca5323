import { covers, isAddress } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { awsTypes } from "../../../model/resourceTypes";
import { number, text, valuesAt } from "../../../model/values";
import type { CloudView, ResourceRecord } from "../../cloudType";
import { awsImpacts, downs, none } from "../../impact";
import { alwaysAbout, refuseIf, words } from "../../rules";
import { regionOf } from "../aws";
import { ec2Actions, ec2Errors, ec2Id, ec2Outputs, ec2Replaces, ec2Tags } from "./ec2";

const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCustomerGateway.html";
const options = "https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html";
const changes = "https://docs.aws.amazon.com/vpn/latest/s2svpn/change-vpn-cgw.html";
const replaces = ec2Replaces(
  "vpnsite_customer_gateway",
  "bgpAsn bgpAsnExtended certificateArn deviceName ipAddress type",
);

/** Where a customer gateway cannot be: none of it is reachable from the internet. */
const notPublic = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
];

export const customerGateway: ResourceRecord = {
  properties: words(`bgpAsn bgpAsnExtended certificateArn deviceName ipAddress region tags.* type`),
  required: ["type"],
  replaces,
  decides: ["path"],
  permissions: {
    create: ["ec2:CreateCustomerGateway", "ec2:CreateTags"],
    read: ["ec2:DescribeCustomerGateways"],
    update: ec2Tags,
    delete: ["ec2:DeleteCustomerGateway"],
    source: ec2Actions,
  },
  impact: awsImpacts({
    create: none("it only records an address and carries no traffic", changes),
    delete: downs("connection", "the connection that uses it is deleted with it", changes),
    replace: downs(
      "connection",
      "AWS moves the connection to the new customer gateway: both its tunnels go down",
      changes,
    ),
    replaces,
  }),
  ...alwaysAbout(0.2, "a customer gateway is a record of the other side"),
  refuse: (inputs, cloud, { id }) => [
    ...refuseAsn(inputs, cloud),
    ...refuseAddress(inputs),
    ...refuseDuplicate(inputs, cloud, id),
    ...refuseIf(!["ipsec.1", undefined].includes(text(inputs, "type")), {
      code: "InvalidParameterValue",
      message: "the only type of a customer gateway is ipsec.1",
      property: "type",
      source: create,
    }),
  ],
  id: ec2Id("cgw"),
  outputs: (inputs, cloud, subject) => ({
    ...ec2Outputs("customer-gateway", inputs, cloud, subject),
    bgpAsn: inputs["bgpAsn"] ?? "65000",
  }),
};

/** What AWS reserves in some regions: https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html */
const regionalAsns: Readonly<Record<string, readonly number[]>> = {
  "ap-northeast-1": [10124],
  "ap-southeast-1": [17943],
  "eu-west-1": [9059],
};

function refuseAsn(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const asn = number(inputs, "bgpAsn");
  const given = text(inputs, "bgpAsn");
  const reserved = [7224, ...(regionalAsns[regionOf(inputs, cloud)] ?? [])];
  return refuseIf(
    (given !== undefined && asn === undefined) ||
      (asn !== undefined && (asn < 1 || asn > 2147483647 || reserved.includes(asn))),
    {
      code: "InvalidParameterValue",
      message: `'${given ?? asn ?? ""}' is not an ASN for a customer gateway: use 1-2147483647 except ${reserved.join(" and ")}`,
      property: "bgpAsn",
      source: options,
    },
  );
}

function refuseAddress(inputs: Props): readonly Refusal[] {
  const address = text(inputs, "ipAddress");
  const neither = valuesAt(inputs, "ipAddress").length + valuesAt(inputs, "certificateArn").length === 0;
  const usable =
    address === undefined || (isAddress(address) && !notPublic.some((range) => covers(range, address)));
  return refuseIf(neither || !usable, {
    code: "InvalidParameterValue",
    message: `value (${address ?? "absent"}) for parameter ipAddress is invalid: a static public IPv4 address is needed`,
    property: "ipAddress",
    source: create,
  });
}

/** Same region, address, type and ASN: AWS returns the existing gateway, and the provider then owns it twice. */
function refuseDuplicate(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const [address, asn] = [text(inputs, "ipAddress"), number(inputs, "bgpAsn")];
  const same = cloud
    .all(awsTypes.customerGateway)
    .filter(
      (other) =>
        other.id !== id &&
        (text(other.outputs, "region") ?? cloud.region) === regionOf(inputs, cloud) &&
        text(other.inputs, "ipAddress") === address &&
        number(other.inputs, "bgpAsn") === asn,
    );
  return refuseIf(address !== undefined && same.length > 0, {
    code: "InvalidCustomerGateway.DuplicateIpAddress",
    message: `${same[0]?.id ?? ""} has the same address and ASN`,
    property: "ipAddress",
    source: `${ec2Errors} ; ${create}`,
  });
}
