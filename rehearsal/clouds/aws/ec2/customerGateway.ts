import { covers, isAddress } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { arnOf, ec2Errors, ec2Id, forceNew, regional, regionOf, tagsAll } from "../aws";
import type { CloudType, CloudView } from "../../cloudType";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { number, text, valuesAt } from "../../../model/values";

export const customerGateway = "aws:ec2/customerGateway:CustomerGateway";
const create = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCustomerGateway.html";
const options = "https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html";
const seconds = aboutMinutes(0.2, "a customer gateway is a record of the other side");

/** Where a customer gateway cannot be: nothing there is reachable from the internet. */
const notPublic = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
];

export const awsCustomerGateway: Readonly<Record<string, CloudType>> = {
  [customerGateway]: {
    properties: words(`bgpAsn bgpAsnExtended certificateArn deviceName ipAddress region tags.* type`),
    required: ["type"],
    replaces: {
      ...regional,
      ...each(
        "bgpAsn bgpAsnExtended certificateArn deviceName ipAddress type",
        forceNew("ec2/vpnsite_customer_gateway"),
      ),
    },
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs, cloud, { id }) => [
      ...refuseAsn(inputs, cloud),
      ...refuseAddress(inputs),
      ...refuseDuplicate(inputs, cloud, id),
      ...refuseIf(
        typeof inputs["type"] === "string" &&
          text(inputs, "type") !== "ipsec.1" &&
          text(inputs, "type") !== undefined,
        {
          code: "InvalidParameterValue",
          message: "the only type of a customer gateway is ipsec.1",
          property: "type",
          source: create,
        },
      ),
    ],
    id: ec2Id("cgw"),
    outputs: (inputs, cloud, { id }) => ({
      ...tagsAll(inputs),
      arn: arnOf("ec2", inputs, cloud, `customer-gateway/${id}`),
      region: regionOf(inputs, cloud),
      bgpAsn: inputs["bgpAsn"] ?? "65000",
    }),
  },
};

function refuseAsn(inputs: Props, cloud: CloudView): readonly Refusal[] {
  const asn = number(inputs, "bgpAsn");
  const given = text(inputs, "bgpAsn");
  // https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html lists the ASNs barred in some regions.
  const barred = [7224, ...(regionOf(inputs, cloud) === "ap-northeast-1" ? [10124] : [])];
  return refuseIf(
    (given !== undefined && asn === undefined) ||
      (asn !== undefined && (asn < 1 || asn > 2147483647 || barred.includes(asn))),
    {
      code: "InvalidParameterValue",
      message: `'${given ?? asn ?? ""}' is no ASN for a customer gateway: 1-2147483647, without ${barred.join(" and ")}`,
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

/** Same region, address, type and ASN: AWS hands out the gateway that exists, and the provider then owns it twice. */
function refuseDuplicate(inputs: Props, cloud: CloudView, id: string | undefined): readonly Refusal[] {
  const [address, asn] = [text(inputs, "ipAddress"), number(inputs, "bgpAsn")];
  const same = cloud
    .all(customerGateway)
    .filter(
      (other) =>
        other.id !== id &&
        text(other.outputs, "region") === regionOf(inputs, cloud) &&
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
