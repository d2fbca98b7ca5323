import { each, type Check, type ResourceRule, type SecretRule, type StackRule } from "../rule";
import { awsConnection, azureConnection } from "../types";

const generator = "random:index/randomPassword:RandomPassword";

const keys: Readonly<Record<string, readonly string[]>> = {
  [azureConnection]: ["sharedKey"],
  [awsConnection]: ["tunnel1PresharedKey", "tunnel2PresharedKey"],
};

export const secretTunnelKeys: SecretRule = {
  kind: "secret",
  name: "secret-tunnel-keys",
  description: "A tunnel's key is a secret to Pulumi, so that the state and every output keep it encrypted.",
  properties: keys,
};

/** What the cloud returns is in the state too; Azure's SDK does not mark it secret (azure-native 3). */
const isEncrypted: Check = ({ type, additionalSecretOutputs }) =>
  (keys[type] ?? [])
    .filter((key) => !additionalSecretOutputs.includes(key))
    .map((key) => `the state would hold ${key} in the clear; add it to additionalSecretOutputs`);

export const encryptedTunnelKeys: ResourceRule = {
  kind: "resource",
  name: "encrypted-tunnel-keys",
  description: "The state encrypts a tunnel's key that the cloud returns.",
  checks: each(Object.keys(keys), isEncrypted),
};

/** A rule cannot see what is secret, so this one checks where a key comes from: a typed key has no origin. */
export const generatedTunnelKeys: StackRule = {
  kind: "stack",
  name: "generated-tunnel-keys",
  description: "A tunnel's key is generated in the program, so that nobody has to know it.",
  check: (resources) => {
    const generators = resources.filter(({ type }) => type === generator).map(({ urn }) => urn);
    return resources.flatMap(({ urn, type, madeOf }) =>
      (keys[type] ?? [])
        .filter((key) => !madeOf[key]?.some((origin) => generators.includes(origin)))
        .map((key) => ({
          urn,
          says: `${key} does not come from a RandomPassword; take it from the result of one`,
        })),
    );
  },
};
