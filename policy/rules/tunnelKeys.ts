import type { Check, ResourceRule, SecretRule, StackRule } from "../rule";

const azureConnection = "azure-native:network:VirtualNetworkGatewayConnection";
const awsConnection = "aws:ec2/vpnConnection:VpnConnection";
const generator = "random:index/randomPassword:RandomPassword";

const keys: Readonly<Record<string, readonly string[]>> = {
  [azureConnection]: ["sharedKey"],
  [awsConnection]: ["tunnel1PresharedKey", "tunnel2PresharedKey"],
};

export const secretTunnelKeys: SecretRule = {
  kind: "secret",
  name: "secret-tunnel-keys",
  description: "A tunnel's key is a secret to Pulumi, so that the state and every output keep it encrypted.",
  development: "as strict",
  properties: keys,
};

/** What the cloud answers is state too; Azure's SDK does not mark it (facts of azure-native 3). */
const answersInSecret: Check = ({ type, additionalSecretOutputs }) =>
  (keys[type] ?? [])
    .filter((key) => !additionalSecretOutputs.includes(key))
    .map((key) => `${key} would stand in the state in the clear; add it to additionalSecretOutputs`);

export const encryptedTunnelKeys: ResourceRule = {
  kind: "resource",
  name: "encrypted-tunnel-keys",
  description: "The state encrypts a tunnel's key as the cloud answers it.",
  development: "as strict",
  checks: { [azureConnection]: answersInSecret, [awsConnection]: answersInSecret },
};

/** Provenance, since a rule sees values only in the clear: what is typed in has no origin. */
export const generatedTunnelKeys: StackRule = {
  kind: "stack",
  name: "generated-tunnel-keys",
  description: "A tunnel's key is generated in the program: nobody types it, nobody knows it.",
  development: "as strict",
  check: (resources) => {
    const generators = resources.filter(({ type }) => type === generator).map(({ urn }) => urn);
    return resources.flatMap(({ urn, type, madeOf }) =>
      (keys[type] ?? [])
        .filter((key) => !madeOf[key]?.some((origin) => generators.includes(origin)))
        .map((key) => ({ urn, says: `${key} comes from no RandomPassword; take it from one's result` })),
    );
  },
};
