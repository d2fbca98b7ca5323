import { sameId } from "./azureIds";
import { standsIn, type AzureGatewayFacts, type AzureSurroundings } from "./azureReads";
import type { Join } from "./join";
import { when, type Obstacle } from "./obstacle";

/** SKUs of gateways that stand: those without zones are no longer made, and differ in nothing else. */
const skus = /^(Basic|VpnGw[1-5](AZ)?)$/;

/** What a VPN gateway that others use lacks for this stack's tunnels. All of it is its owner's to change. */
export function gatewayObstacles(
  join: Join,
  found: AzureSurroundings,
  awsAsn: number | undefined,
): readonly Obstacle[] {
  const end = join.azure;
  if (end.kind === "new" || end.gatewayId === undefined) return [];
  const gateway = found.gateways.find(({ id }) => sameId(id, end.gatewayId));
  if (gateway === undefined) return [];
  const place = `VPN gateway ${gateway.name}`;
  const { network } = found;
  return [
    ...when(gateway.type !== "Vpn" || gateway.vpnType !== "RouteBased", () => ({
      place,
      problem: `it is of type ${gateway.type} ${gateway.vpnType}, and the tunnels need a route-based VPN gateway`,
      fix: "name another by azureGatewayId",
    })),
    ...when(!skus.test(gateway.sku), () => ({
      place,
      problem: `its SKU ${gateway.sku} takes no such tunnels`,
      fix: "its owner must move it to VpnGw1AZ or above",
    })),
    ...when(gateway.state !== "Succeeded", () => ({
      place,
      problem: `its last change has not succeeded: it is ${gateway.state}`,
      fix: "wait until it is Succeeded, or let its owner repair it",
    })),
    ...when(gateway.location !== join.location, () => ({
      place,
      problem: `it is in ${gateway.location}, and connections are made in the region of their gateway`,
      fix: `set azure-native:location: ${gateway.location}`,
    })),
    ...when(network !== undefined && !standsIn(gateway, network), () => ({
      place,
      problem: `it is not in virtual network ${network?.name ?? ""}`,
      fix: "set azureVirtualNetworkId to the network that it is in",
    })),
    ...when(gateway.natRules.length > 0, () => ({
      place,
      problem: `it has the NAT rules ${gateway.natRules.join(", ")}, and what addresses clients then have at AWS is not judged`,
      fix: "name a gateway without NAT rules by azureGatewayId",
    })),
    ...when(
      gateway.instances.length === 0 || gateway.instances.some((one) => one.publicAddress === undefined),
      () => ({
        place,
        problem: "Azure tells no public address of its instances, which AWS must know",
        fix: "wait until it is Succeeded, or let its owner repair it",
      }),
    ),
    ...(join.vpn.topology === "active-active" ? activeActiveObstacles(join, gateway, place, awsAsn) : []),
  ];
}

function activeActiveObstacles(
  join: Join,
  gateway: AzureGatewayFacts,
  place: string,
  awsAsn: number | undefined,
): readonly Obstacle[] {
  if (!gateway.activeActive || gateway.instances.length < 2)
    return [
      {
        place,
        problem: "it is active-standby, and vpnTopology: active-active needs two active instances",
        fix: "use vpnTopology: dual-tunnel; the change to active-active interrupts all its users for 30 to 45 minutes",
      },
    ];
  if (!gateway.bgp)
    return [
      {
        place,
        problem: "BGP is switched off, which vpnTopology: active-active needs",
        fix: "use vpnTopology: dual-tunnel, or let its owner set enableBgp: true",
      },
    ];
  return [
    ...when(gateway.asn === awsAsn, () => ({
      place,
      problem: `its ASN ${gateway.asn ?? ""} is that of AWS's gateway too, and the two ends of eBGP must differ`,
      fix:
        join.aws.kind === "existing" && join.aws.gatewayId !== undefined
          ? "use a virtual private gateway of another ASN"
          : "set awsAsn to another",
    })),
    ...join.vpn.bgpAddresses.flatMap((wanted, index) => {
      const instance = gateway.instances[index];
      if (instance === undefined) return [];
      const missing = wanted.filter((address) => !instance.customAddresses.includes(address));
      const name = instance.ipConfigurationId.split("/").at(-1) ?? "";
      return when(missing.length > 0, () => ({
        place: `${place}, instance ${name}`,
        problem: `customBgpIpAddresses lacks ${missing.join(" and ")}, inside this stack's tunnels`,
        // Connections of others that name no address use the first.
        fix: `its owner must append at the end: customBgpIpAddresses: [${[...instance.customAddresses, ...missing].join(", ")}]; where another site uses one of them, choose others by tunnelInsideCidrs`,
      }));
    }),
  ];
}
