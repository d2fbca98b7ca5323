import { unless, type Check, type ResourceRule } from "../rule";
import { awsConnection, azureConnection, azureGateway } from "../types";
import { list, objects, shown, text, type Props } from "../values";

/** What is still strong by RFC 8221 (ESP) and RFC 8247 (IKEv2), of what AWS offers. Where unset, AWS offers everything. */
const awsStrong: readonly { readonly option: string; readonly strong: readonly (string | number)[] }[] = [
  { option: "IkeVersions", strong: ["ikev2"] },
  ...["Phase1", "Phase2"].flatMap((phase) => [
    { option: `${phase}EncryptionAlgorithms`, strong: ["AES256", "AES256-GCM-16"] },
    { option: `${phase}IntegrityAlgorithms`, strong: ["SHA2-256", "SHA2-384", "SHA2-512"] },
    // Groups 2 and 5 are too short, 22 to 24 are not trusted (RFC 8247, section 2.4).
    { option: `${phase}DhGroupNumbers`, strong: [14, 15, 16, 17, 18, 19, 20, 21] },
  ]),
];

const awsIsStrong: Check = ({ props }) =>
  [1, 2].flatMap((tunnel) =>
    awsStrong.flatMap(({ option, strong }) => {
      const setting = `tunnel${tunnel}${option}`;
      const values = list(props[setting]);
      if (values.length === 0)
        return [`${setting} is not set, so AWS accepts weak ones too; choose from ${strong.join(", ")}`];
      return values
        .filter((value) => !strong.some((one) => one === value))
        .map((value) => `${setting} has ${shown(value)}, which is weak; choose from ${strong.join(", ")}`);
    }),
  );

/** The same for Azure: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-compliance-crypto */
const azureStrong: Readonly<Record<string, readonly string[]>> = {
  ikeEncryption: ["GCMAES256", "AES256"],
  ikeIntegrity: ["SHA256", "SHA384"],
  dhGroup: ["DHGroup14", "ECP256", "ECP384"],
  ipsecEncryption: ["GCMAES256", "AES256"],
  ipsecIntegrity: ["GCMAES256", "SHA256"],
  pfsGroup: ["PFS2048", "ECP256", "ECP384"],
};

const azureIsStrong: Check = ({ props }) => [
  ...unless(
    props["connectionProtocol"] === "IKEv2",
    `connectionProtocol is ${shown(props["connectionProtocol"])}; set it to IKEv2`,
  ),
  ...objects(props["ipsecPolicies"]).flatMap(weakIn),
];

function weakIn(policy: Props): readonly string[] {
  return Object.entries(azureStrong).flatMap(([setting, strong]) => {
    const value = policy[setting];
    return unless(
      typeof value === "string" && strong.includes(value),
      `ipsecPolicies has ${setting} ${shown(value)}, which is weak; choose from ${strong.join(", ")}`,
    );
  });
}

export const strongIpsec: ResourceRule = {
  kind: "resource",
  name: "strong-ipsec",
  description:
    "Outside development both ends of a tunnel accept strong ciphers only, so that nobody can make them agree on a weak one.",
  development: "exempt",
  checks: { [awsConnection]: awsIsStrong, [azureConnection]: azureIsStrong },
};

const isPinned: Check = ({ props }) =>
  unless(
    list(props["ipsecPolicies"]).length > 0,
    "ipsecPolicies is empty, so Azure offers its defaults with DH group 2; pin one policy, as every gatewaySku but Basic does",
  );

export const pinnedIpsec: ResourceRule = {
  kind: "resource",
  name: "pinned-ipsec",
  description: "Outside development every Azure connection pins its IPsec policy.",
  development: "exempt",
  checks: { [azureConnection]: isPinned },
};

const isForProduction: Check = ({ props }) =>
  unless(
    text(props, "sku.name") !== "Basic",
    "sku is Basic, which has no BGP, no second instance and no IPsec policy; set gatewaySku to VpnGw1AZ or larger",
  );

export const noBasicGateway: ResourceRule = {
  kind: "resource",
  name: "no-basic-gateway",
  description: "Outside development no gateway is Basic, which Microsoft offers for tests only.",
  development: "exempt",
  checks: { [azureGateway]: isForProduction },
};
