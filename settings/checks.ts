import { contains, overlap, prefixLength, subnetBits } from "../network/cidr";
import { tunnelNames } from "../vpn/tunnels";
import { resized } from "./addresses";
import { isAwsReservedIn } from "./asns";
import { checkAzureSubnets } from "./azureSubnets";
import { skuOf } from "./gatewaySkus";
import { partitionOf } from "./places";
import { partitionOfArn } from "./principals";
import type { Problem } from "./problem";
import { settingsSchema, type GivenSettings } from "./schema";

type Given = Partial<GivenSettings>;

/** What settings that are right each by itself get wrong together. A check whose settings are not all there is left out. */
export function checkSettings(given: Given): readonly Problem[] {
  return [
    checkNetworksApart,
    checkAzureAddresses,
    checkZonesInRegion,
    checkAwsRoom,
    checkSkuServesTopology,
    checkAsns,
    checkInsideCidrs,
    checkUnusedTunnels,
    checkTrustedPrincipals,
  ].flatMap((check) => check(given));
}

function checkNetworksApart({ azureCidr, awsCidr }: Given): Problem[] {
  if (azureCidr === undefined || awsCidr === undefined || !overlap(azureCidr, awsCidr)) return [];
  const rule = `it overlaps azureCidr ${azureCidr}, and no route could tell the two networks apart`;
  return [{ setting: "awsCidr", value: awsCidr, rule, fix: `use a network outside ${azureCidr}` }];
}

function checkAzureAddresses(given: Given): readonly Problem[] {
  const { azureCidr, vpnTopology, gatewaySku, clientSubnetCidr, gatewaySubnetCidr } = given;
  if (azureCidr === undefined || vpnTopology === undefined || !("gatewaySku" in given)) return [];
  const sku = skuOf({ gatewaySku, vpnTopology });
  return checkAzureSubnets({ azureCidr, clientSubnetCidr, gatewaySubnetCidr, sku });
}

function checkZonesInRegion({ awsZones = [], ...given }: Given): Problem[] {
  const region = given["aws:region"];
  if (region === undefined) return [];
  return awsZones.flatMap((zone, index) =>
    zone.slice(0, -1) === region
      ? []
      : [
          {
            setting: `awsZones[${index}]`,
            value: zone,
            rule: `it is no zone of aws:region ${region}`,
            fix: `use a zone such as ${region}${zone.slice(-1)}`,
          },
        ],
  );
}

/** AWS's smallest subnet is a /28. */
function checkAwsRoom({ awsCidr, awsZones }: Given): Problem[] {
  if (awsCidr === undefined || awsZones === undefined) return [];
  const bits = subnetBits(awsZones);
  const longest = 28 - bits;
  if (prefixLength(awsCidr) <= longest) return [];
  const rule = `zones ${awsZones.map((zone) => zone.slice(-1)).join(", ")} take a part in ${2 ** bits} of it each, and AWS's subnets are /28 or larger`;
  return [{ setting: "awsCidr", value: awsCidr, rule, fix: `use ${resized(awsCidr, longest)}, or one zone` }];
}

function checkSkuServesTopology({ gatewaySku, vpnTopology }: Given): Problem[] {
  if (gatewaySku !== "Basic" || vpnTopology !== "active-active") return [];
  const rule = "a Basic gateway has no BGP and no second instance, which active-active needs";
  return [
    { setting: "gatewaySku", value: gatewaySku, rule, fix: "use VpnGw2AZ, or vpnTopology: single-tunnel" },
  ];
}

function checkAsns({ azureAsn, awsAsn, vpnTopology, ...given }: Given): Problem[] {
  const region = given["aws:region"];
  if (vpnTopology === undefined) return [];
  if (vpnTopology !== "active-active") {
    return [
      ...checkUnusedAsn("azureAsn", azureAsn, vpnTopology),
      ...checkUnusedAsn("awsAsn", awsAsn, vpnTopology),
    ];
  }
  const problems: Problem[] = [];
  if (azureAsn !== undefined && region !== undefined && isAwsReservedIn(region, azureAsn)) {
    const rule = `AWS keeps this number in ${region}`;
    problems.push({ setting: "azureAsn", value: azureAsn, rule, fix: "use a private one, as 65000" });
  }
  if (azureAsn !== undefined && azureAsn === awsAsn) {
    const rule = `azureAsn is ${azureAsn} too, and the two ends of eBGP must differ`;
    problems.push({
      setting: "awsAsn",
      value: awsAsn,
      rule,
      fix: `use ${awsAsn === 64_512 ? 64_513 : 64_512}`,
    });
  }
  return problems;
}

function checkUnusedAsn(
  setting: "azureAsn" | "awsAsn",
  asn: number | undefined,
  topology: string,
): Problem[] {
  if (asn === undefined || asn === settingsSchema.shape[setting].parse(undefined)) return [];
  const rule = `${topology} routes without BGP`;
  return [{ setting, value: asn, rule, fix: "remove it, or use vpnTopology: active-active" }];
}

function checkInsideCidrs({ tunnelInsideCidrs: cidrs, vpnTopology }: Given): Problem[] {
  if (cidrs === undefined) return [];
  return tunnelNames.flatMap((name, index) => {
    const value = cidrs[name];
    const setting = `tunnelInsideCidrs.${name}`;
    const twin = tunnelNames.slice(0, index).find((earlier) => cidrs[earlier] === value);
    const problems: Problem[] = [];
    if (twin !== undefined) {
      const rule = `${twin} has the same, and AWS wants every tunnel's to be its own`;
      problems.push({ setting, value, rule, fix: "use a /30 of its own" });
    }
    if (vpnTopology === "active-active" && !isAzureApipa(value)) {
      const rule = "Azure takes BGP addresses from 169.254.21.0 to 169.254.22.255 only";
      problems.push({ setting, value, rule, fix: "use a /30 such as 169.254.21.8/30" });
    }
    return problems;
  });
}

/** @see https://learn.microsoft.com/azure/vpn-gateway/bgp-howto */
function isAzureApipa(cidr: string): boolean {
  return ["169.254.21.0/24", "169.254.22.0/24"].some((network) => contains({ network, part: cidr }));
}

/** Tunnels 3 and 4 exist with the second AWS connection only. */
function checkUnusedTunnels({ vpnTopology, ...given }: Given): Problem[] {
  if (vpnTopology === undefined || vpnTopology === "active-active") return [];
  return (["tunnelInsideCidrs", "presharedKeyGenerations"] as const).flatMap((setting) => {
    const usual = settingsSchema.shape[setting].parse(undefined);
    return (["tunnel3", "tunnel4"] as const).flatMap((name) => {
      const value = given[setting]?.[name];
      if (value === undefined || value === usual[name]) return [];
      const rule = `${vpnTopology} has no ${name}`;
      return [
        { setting: `${setting}.${name}`, value, rule, fix: "remove it, or use vpnTopology: active-active" },
      ];
    });
  });
}

function checkTrustedPrincipals({ trustedPrincipals = [], perimeter, ...given }: Given): Problem[] {
  const region = given["aws:region"];
  const partition = region === undefined ? undefined : partitionOf(region);
  const foreign = trustedPrincipals.flatMap((arn, index) =>
    partition === undefined || partitionOfArn(arn) === partition
      ? []
      : [
          {
            setting: `trustedPrincipals[${index}]`,
            value: arn,
            rule: `ARNs in aws:region ${String(region)} begin with arn:${partition}:`,
            fix: "use a principal of that partition",
          },
        ],
  );
  if (perimeter !== "allow" || trustedPrincipals.length === 0) return foreign;
  const rule = "perimeter is allow, which keeps nobody out whom they could be let past";
  return [
    {
      setting: "trustedPrincipals",
      value: trustedPrincipals,
      rule,
      fix: "remove it, or use perimeter: enforced",
    },
    ...foreign,
  ];
}
