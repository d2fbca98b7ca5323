import { contains } from "../network/cidr";
import { tunnelNames, type Topology } from "../vpn/tunnels";
import { isAwsReservedIn } from "./asns";
import type { Problem } from "./problem";
import { settingsSchema, type GivenSettings } from "./schema";

type Given = Partial<GivenSettings>;

export function checkSkuServesTopology({ gatewaySku, vpnTopology }: Given): readonly Problem[] {
  if (gatewaySku !== "Basic" || vpnTopology !== "active-active") return [];
  const rule = "a Basic gateway has no BGP and no second instance, which active-active needs";
  return [
    { setting: "gatewaySku", value: gatewaySku, rule, fix: "use VpnGw2AZ, or vpnTopology: single-tunnel" },
  ];
}

export function checkAsns(given: Given): readonly Problem[] {
  const { azureAsn, awsAsn, vpnTopology, "aws:region": region } = given;
  if (vpnTopology === undefined) return [];
  if (vpnTopology !== "active-active") {
    return (["azureAsn", "awsAsn"] as const).flatMap((key) => checkUnusedAsn(key, given[key], vpnTopology));
  }
  const problems: Problem[] = [];
  if (azureAsn !== undefined && region !== undefined && isAwsReservedIn(region, azureAsn)) {
    const rule = `AWS keeps this number in ${region}`;
    problems.push({ setting: "azureAsn", value: azureAsn, rule, fix: "use a private one, as 65000" });
  }
  if (azureAsn !== undefined && azureAsn === awsAsn) {
    const rule = "azureAsn is the same, and the two ends of eBGP must differ";
    problems.push({
      setting: "awsAsn",
      value: awsAsn,
      rule,
      fix: `use ${awsAsn === 64_512 ? 64_513 : 64_512}`,
    });
  }
  return problems;
}

/** Pulumi.yaml's default reaches every stack, so that value alone does not show what the user set. */
function checkUnusedAsn(
  setting: "azureAsn" | "awsAsn",
  asn: number | undefined,
  topology: Topology["kind"],
): Problem[] {
  if (asn === undefined || asn === settingsSchema.shape[setting].parse(undefined)) return [];
  const rule = `${topology} routes without BGP`;
  return [{ setting, value: asn, rule, fix: "remove it, or use vpnTopology: active-active" }];
}

export function checkInsideCidrs({ tunnelInsideCidrs: cidrs, vpnTopology }: Given): readonly Problem[] {
  if (cidrs === undefined || vpnTopology === undefined) return [];
  const names = tunnelNames.filter((name) => vpnTopology === "active-active" || !isSecondConnection(name));
  return names.flatMap((name, index) => {
    const setting = `tunnelInsideCidrs.${name}`;
    const value = cidrs[name];
    const twin = names.slice(0, index).find((earlier) => cidrs[earlier] === value);
    const problems: Problem[] = [];
    if (twin !== undefined) {
      const rule = `${twin} has the same, and AWS requires a different one for every tunnel`;
      problems.push({ setting, value, rule, fix: "use another /30" });
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

/** A setting for a tunnel that does not exist would have no effect, and would look as if it had. */
export function checkUnusedTunnels({ vpnTopology, ...given }: Given): readonly Problem[] {
  if (vpnTopology === undefined || vpnTopology === "active-active") return [];
  return (["tunnelInsideCidrs", "presharedKeyGenerations"] as const).flatMap((key) => {
    const usual = settingsSchema.shape[key].parse(undefined);
    return tunnelNames.filter(isSecondConnection).flatMap((name) => {
      const value = given[key]?.[name];
      if (value === undefined || value === usual[name]) return [];
      const rule = `${vpnTopology} has no ${name}`;
      return [
        { setting: `${key}.${name}`, value, rule, fix: "remove it, or use vpnTopology: active-active" },
      ];
    });
  });
}

/** Tunnels 3 and 4 come with the second AWS connection; 1 and 2 both exist at AWS whether Azure uses both or not. */
function isSecondConnection(name: string): boolean {
  return name === "tunnel3" || name === "tunnel4";
}
