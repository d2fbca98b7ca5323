import { overlap, prefixLength } from "../network/cidr";
import { azureId, sameId } from "../network/existing/azureIds";
import { resized } from "./addresses";
import { skuOf, smallestGatewaySubnet } from "./gatewaySkus";
import type { Problem } from "./problem";
import { factsOf, settingsSchema, type GivenSettings, type SettingKey } from "./schema";

type Given = Partial<GivenSettings>;

/** Every stack has a network in each cloud: its own, or one that exists. */
export function checkNetworksNamed(given: Given): readonly Problem[] {
  return [
    ...missing(given, "azureCidr", "azureVirtualNetworkId"),
    ...missing(given, "awsCidr", "awsVpcId"),
    ...unless(given, "awsVpcId", "awsSubnetIds", "the endpoint goes into subnets that exist"),
  ];
}

/** What the stack would need of its own beside what exists, and what is read from there. */
export function checkJoining(given: Given): readonly Problem[] {
  const isRead = (by: SettingKey, keys: readonly SettingKey[], why: string) =>
    isSet(given, by)
      ? keys.flatMap((key) => refuse(given, key, `${by} is set, and ${why}`, `remove it, or ${by}`))
      : [];
  const needs = (key: SettingKey, needed: SettingKey, why: string) =>
    needed in given && !isSet(given, needed) ? refuse(given, key, why, `set ${needed} as well`) : [];
  return [
    ...isRead("azureVirtualNetworkId", ["azureCidr"], "the addresses are read from that network"),
    ...isRead(
      "azureVirtualNetworkId",
      ["dnsSecurityPolicy"],
      "a network takes one DNS security policy, which is its owner's",
    ),
    ...isRead("awsVpcId", ["awsCidr", "awsZones"], "addresses and zones are read from that VPC"),
    ...isRead("azureGatewayId", ["gatewaySubnetCidr", "gatewaySku", "azureAsn"], "that gateway has its own"),
    ...isRead("awsGatewayId", ["awsAsn"], "that gateway has its own"),
    ...needs("azureGatewayId", "azureVirtualNetworkId", "a shared gateway is in a network that exists"),
    ...needs("awsSubnetIds", "awsVpcId", "subnets that exist are in a VPC that exists"),
    ...needs("awsGatewayId", "awsVpcId", "a gateway that exists is attached to a VPC that exists"),
  ];
}

/** Somebody must be able to use the endpoint. */
export function checkClients(given: Given): readonly Problem[] {
  const { azureClients, clientVm } = given;
  if (!isSet(given, "azureVirtualNetworkId") || !("clientSubnetCidr" in given)) return [];
  if (isSet(given, "clientSubnetCidr")) return [];
  const own = "set clientSubnetCidr to a free part of the network";
  const none = azureClients !== undefined && Object.keys(azureClients).length === 0;
  return [
    ...(none
      ? [
          {
            setting: "azureClients",
            rule: "azureVirtualNetworkId is set without clientSubnetCidr, so that nobody could use the endpoint",
            fix: `name the networks that may, as ${factsOf("azureClients").example}, or ${own}`,
          },
        ]
      : []),
    ...(clientVm === true
      ? [
          {
            setting: "clientVm",
            value: true,
            rule: "there is no client subnet of the stack for it",
            fix: own,
          },
        ]
      : []),
  ];
}

export function checkClientsApart(given: Given): readonly Problem[] {
  const { azureClients = {}, awsCidr, clientSubnetCidr } = given;
  const named = Object.entries(azureClients);
  return named.flatMap(([name, cidr], index) => {
    const setting = `azureClients.${name}`;
    const twin = named.slice(0, index).find(([, other]) => overlap(other, cidr))?.[0];
    return [
      ...(awsCidr !== undefined && overlap(awsCidr, cidr)
        ? [
            {
              setting,
              value: cidr,
              rule: `it overlaps awsCidr ${awsCidr}`,
              fix: "use networks that are apart",
            },
          ]
        : []),
      ...(twin !== undefined
        ? [{ setting, value: cidr, rule: `it overlaps azureClients.${twin}`, fix: "name each address once" }]
        : []),
      ...(clientSubnetCidr !== undefined && overlap(clientSubnetCidr, cidr)
        ? [
            {
              setting,
              value: cidr,
              rule: `it overlaps clientSubnetCidr ${clientSubnetCidr}`,
              fix: "leave it out: the client subnet is a client already",
            },
          ]
        : []),
    ];
  });
}

export function checkSpokes(given: Given): readonly Problem[] {
  const { azureSpokes = [], azureVirtualNetworkId, azureGatewayId } = given;
  if (azureSpokes.length === 0) return [];
  const problem = (rule: string, fix: string, value: unknown = azureSpokes, setting = "azureSpokes") => ({
    setting,
    value,
    rule,
    fix,
  });
  const { vpnTopology, gatewaySku } = given;
  const known = vpnTopology !== undefined && "gatewaySku" in given;
  const basic = known && skuOf({ gatewaySku, vpnTopology }) === "Basic";
  return [
    ...(azureGatewayId !== undefined
      ? [
          problem(
            "azureGatewayId is set, and peerings with the network of a shared gateway are its owner's",
            "remove it, and let the owner peer them with gateway transit",
          ),
        ]
      : []),
    ...(basic && azureGatewayId === undefined
      ? [problem("a Basic gateway serves its own network only", "use gatewaySku: VpnGw1AZ")]
      : []),
    ...azureSpokes.flatMap((id, index) =>
      sameId(id, azureVirtualNetworkId)
        ? [problem("it is azureVirtualNetworkId itself", "remove it", id, `azureSpokes[${index}]`)]
        : [],
    ),
  ];
}

/** One stack works in one subscription. */
export function checkSubscriptions(given: Given): readonly Problem[] {
  const { azureVirtualNetworkId, azureGatewayId, azureSpokes = [] } = given;
  const ids: readonly (readonly [string, string | undefined])[] = [
    ["azureVirtualNetworkId", azureVirtualNetworkId],
    ["azureGatewayId", azureGatewayId],
    ...azureSpokes.map((id, index) => [`azureSpokes[${index}]`, id] as const),
  ];
  const [first, ...others] = ids.flatMap(([setting, id]) => (id === undefined ? [] : [{ setting, id }]));
  if (first === undefined) return [];
  const subscription = (id: string) => azureId(id)?.subscription;
  return others
    .filter(({ id }) => !sameId(subscription(id), subscription(first.id)))
    .map(({ setting, id }) => ({
      setting,
      value: id,
      rule: `${first.setting} is in subscription ${subscription(first.id) ?? ""}, and one stack works in one subscription`,
      fix: "name what is in the same, or let the owner of the other connect it",
    }));
}

/** Inside a network that is read later only the size can be checked. */
export function checkJoinedGatewaySubnet(given: Given): readonly Problem[] {
  const { gatewaySubnetCidr: cidr, vpnTopology, gatewaySku } = given;
  if (!isSet(given, "azureVirtualNetworkId") || cidr === undefined || vpnTopology === undefined) return [];
  if (!("gatewaySku" in given)) return [];
  const sku = skuOf({ gatewaySku, vpnTopology });
  const smallest = smallestGatewaySubnet(sku);
  if (prefixLength(cidr) <= smallest) return [];
  const rule = `${sku} needs a GatewaySubnet of /${smallest} or larger`;
  return [{ setting: "gatewaySubnetCidr", value: cidr, rule, fix: `use ${resized(cidr, smallest)}` }];
}

function missing(given: Given, setting: "azureCidr" | "awsCidr", instead: SettingKey): Problem[] {
  // A key that is not there has a problem of its own already.
  if (!(setting in given) || !(instead in given) || isSet(given, setting) || isSet(given, instead)) return [];
  const fix = `for example: pulumi config set ${setting} ${factsOf(setting).example}, or ${instead}`;
  return [{ setting, rule: `every stack without ${instead} needs it`, fix }];
}

function unless(given: Given, key: SettingKey, needed: SettingKey, why: string): Problem[] {
  if (!isSet(given, key) || !(needed in given) || isSet(given, needed)) return [];
  return [
    { setting: needed, rule: `${key} is set, and ${why}`, fix: `for example: ${factsOf(needed).example}` },
  ];
}

function refuse(given: Given, key: SettingKey, rule: string, fix: string): Problem[] {
  return isSet(given, key) ? [{ setting: key, value: given[key], rule, fix }] : [];
}

/** Pulumi.yaml's defaults reach every stack: a value that is the default does not show what the user set. */
function isSet(given: Given, key: SettingKey): boolean {
  const value = given[key];
  if (value === undefined) return false;
  const usual: unknown = settingsSchema.shape[key].safeParse(undefined).data;
  return JSON.stringify(value) !== JSON.stringify(usual);
}
