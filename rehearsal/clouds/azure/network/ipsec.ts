import type { Props, Refusal, Value } from "../../../model/recording";
import { isList, isProps, number, text, valuesAt } from "../../../model/values";
import { refuseIf, refuseOthers, words } from "../../rules";

const source =
  "guess: the code; the rule: https://learn.microsoft.com/azure/vpn-gateway/ipsec-ike-policy-howto#algorithms-and-keys";

/** The documented values; the SDK's enums list more. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  ikeEncryption: words("GCMAES256 GCMAES128 AES256 AES192 AES128"),
  ikeIntegrity: words("SHA384 SHA256 SHA1 MD5"),
  dhGroup: words("DHGroup24 ECP384 ECP256 DHGroup14 DHGroup2 DHGroup1 None"),
  ipsecEncryption: words("GCMAES256 GCMAES192 GCMAES128 AES256 AES192 AES128 DES3 DES None"),
  ipsecIntegrity: words("GCMAES256 GCMAES192 GCMAES128 SHA256 SHA1 MD5"),
  pfsGroup: words("PFS24 ECP384 ECP256 PFS2048 PFS2 PFS1 None"),
};
const atLeast: Readonly<Record<string, number>> = { saLifeTimeSeconds: 300, saDataSizeKilobytes: 1024 };

/** A connection has at most one custom policy, and that one is complete. */
export function refuseIpsecPolicies(inputs: Props): readonly Refusal[] {
  const policies = isList(inputs["ipsecPolicies"]) ? inputs["ipsecPolicies"].filter(isProps) : [];
  return [
    ...refuseIf(policies.length > 1, {
      code: "TooManyIpsecPolicies",
      message: "a connection accepts only one custom IPsec policy",
      property: "ipsecPolicies",
      source,
    }),
    ...refuseIf(inputs["usePolicyBasedTrafficSelectors"] === true && policies.length === 0, {
      code: "PolicyBasedTrafficSelectorsNeedIpsecPolicy",
      message: "policy-based traffic selectors need a custom IPsec policy",
      property: "usePolicyBasedTrafficSelectors",
      source,
    }),
    ...policies.flatMap(refusePolicy),
  ];
}

function refusePolicy(policy: Props): readonly Refusal[] {
  const missing = [...Object.keys(allowed), ...Object.keys(atLeast)].filter(
    (key) => valuesAt(policy, key).length === 0,
  );
  return [
    ...missing.map((key) => invalid(key, `${key} is missing, and a custom IPsec policy must be complete`)),
    ...Object.entries(allowed).flatMap(([key, values]) =>
      refuseOthers(policy, key, values, (message) => invalid(key, message)),
    ),
    ...Object.entries(atLeast).flatMap(([key, least]) => refuseSmall(key, number(policy, key), least)),
    ...refusePair(text(policy, "ipsecEncryption"), text(policy, "ipsecIntegrity")),
  ];
}

function refuseSmall(key: string, value: number | undefined, least: number): readonly Refusal[] {
  if (value === undefined || value >= least) return [];
  return [invalid(key, `${key} ${value} is below ${least}`)];
}

/** GCM is encryption and integrity in one: with it both must name the same algorithm. */
function refusePair(encryption: Value | undefined, integrity: Value | undefined): readonly Refusal[] {
  if (typeof encryption !== "string" || typeof integrity !== "string") return [];
  const gcm = encryption.startsWith("GCM") || integrity.startsWith("GCM");
  if (!gcm || encryption === integrity) return [];
  return [
    invalid(
      "ipsecIntegrity",
      `${encryption} and ${integrity} cannot be combined: GCM needs the same for both`,
    ),
  ];
}

function invalid(key: string, message: string): Refusal {
  return { code: "InvalidIpsecPolicy", message, property: `ipsecPolicies.${key}`, source };
}
