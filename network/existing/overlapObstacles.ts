import { overlap } from "../cidr";
import { nameOf, sameId } from "./azureIds";
import { networksIn, spokesIn, type AzureSurroundings } from "./azureReads";
import type { AwsSurroundings } from "./awsReads";
import type { Join } from "./join";
import type { Obstacle } from "./obstacle";

interface Space {
  readonly place: string;
  readonly cidr: string;
}

/** Address spaces on the two sides must be apart, and those of networks that are peered as well. */
export function overlapObstacles(
  join: Join,
  azure: AzureSurroundings,
  aws: AwsSurroundings | undefined,
): readonly Obstacle[] {
  const spaces = (place: string, cidrs: readonly string[]) => cidrs.map((cidr): Space => ({ place, cidr }));
  const network =
    join.azure.kind === "new"
      ? spaces("azureCidr", [join.azure.cidr])
      : spaces(`virtual network ${nameOf(join.azure.virtualNetworkId)}`, azure.network?.cidrs ?? []);
  const spokes = spokesIn(azure, join).map(({ name, cidrs }) => spaces(`virtual network ${name}`, cidrs));
  const peered = (azure.network?.peerings ?? [])
    .filter(({ remoteId }) => !join.spokeIds.some((spoke) => sameId(spoke, remoteId)))
    .map(({ remoteId, remoteCidrs }) => spaces(`peered virtual network ${nameOf(remoteId)}`, remoteCidrs));
  const announced = azure.gateways.flatMap(({ name, customCidrs, dialInCidrs }) => [
    ...spaces(`custom routes of gateway ${name}`, customCidrs),
    ...spaces(`machines that dial in at gateway ${name}`, dialInCidrs),
  ]);
  // Where a client is, Azure prefers a peering even to a longer route of the gateway.
  // https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route
  const besides = azure.others.flatMap(({ name, peerings }) =>
    peerings
      .filter(
        ({ remoteId, state }) =>
          state === "Connected" && !networksIn(azure).some(({ id }) => sameId(id, remoteId)),
      )
      .flatMap(({ remoteId, remoteCidrs }) =>
        spaces(`virtual network ${nameOf(remoteId)}, which is peered with ${name}`, remoteCidrs),
      ),
  );
  const clients = Object.entries(join.clients).flatMap(([name, cidr]) =>
    name === "azure" ? [] : spaces(`azureClients.${name}`, [cidr]),
  );
  const awsSide =
    join.aws.kind === "new"
      ? spaces("awsCidr", [join.aws.cidr])
      : spaces(`VPC ${join.aws.vpcId}`, aws?.vpc?.cidrs ?? []);

  const azureSide = [...network, ...spokes.flat(), ...peered.flat(), ...besides, ...announced, ...clients];
  const across = awsSide.flatMap((one) => azureSide.map((other) => [one, other] as const));
  // Azure refuses a peering between overlapping networks, and with two that overlap each other.
  const around = spokes.flatMap((spoke, index) =>
    [...network, ...peered.flat(), ...spokes.slice(0, index).flat()].flatMap((other) =>
      spoke.map((one) => [one, other] as const),
    ),
  );
  return [...across, ...around]
    .filter(([one, other]) => overlap(one.cidr, other.cidr))
    .map(([one, other]) => ({
      place: `${one.place}, ${one.cidr}`,
      problem: `it overlaps ${other.cidr} of ${other.place}, and no route could separate the two`,
      fix: "use networks that are apart",
    }));
}
