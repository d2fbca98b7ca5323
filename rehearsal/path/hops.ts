import type { AwsEndpoint } from "../estate/aws";
import type { AwsSubnet } from "../estate/awsNetworks";
import type { Tunnel } from "../tunnels/tunnels";
import type { Item } from "../estate/estateIndex";
import { type Outcome, overall } from "../model/findings";
import type { Client } from "./clients";

/** One step of a packet, and what let it pass or dropped it. */
export interface Hop {
  /** URN of the resource that decides. */
  readonly place: string;
  /** Its logical name. */
  readonly name: string;
  /** What happens here, as a sentence. */
  readonly what: string;
  readonly outcome: Outcome;
  /** The rule that decides: as the resource states it, what is missing, or why it was not judged. */
  readonly rule: string;
}

type BothWays = Readonly<Record<"forward" | "back", readonly Hop[]>>;

/** All hops of a journey in order, there and back. */
export function hopsOf({ forward, back }: BothWays): readonly Hop[] {
  return [...forward, ...back];
}

/** What a journey comes to. */
export function outcomeOf(journey: BothWays): Outcome {
  return overall(hopsOf(journey).map(({ outcome }) => outcome));
}

/** Between whom a packet travels. */
export interface Ends {
  readonly client: Client;
  readonly endpoint: AwsEndpoint;
  readonly subnet: AwsSubnet;
}

/** What a step comes to where it is judged. */
interface Judged extends Pick<Hop, "what" | "rule"> {
  readonly ok: boolean;
}

export function hop({ resource: { urn, name } }: Item, { what, rule, ok }: Judged): Hop {
  return { place: urn, name, what, outcome: ok ? "holds" : "broken", rule };
}

export function unjudgedHop({ resource: { urn, name } }: Item, told: Pick<Hop, "what" | "rule">): Hop {
  return { place: urn, name, outcome: "not judged", ...told };
}

/** A tunnel between the network of this client's gateway and this endpoint's VPC. */
export function leadsTo(tunnel: Tunnel, { client, subnet }: Ends): boolean {
  return (
    tunnel.azure?.network !== undefined &&
    tunnel.azure.network === client.hub &&
    tunnel.aws?.vpc !== undefined &&
    tunnel.aws.vpc.resource.id === subnet.vpcId
  );
}

export function tunnelHop(
  ends: Ends,
  tunnels: readonly Tunnel[],
  carriers: readonly Tunnel[],
  towards: "to AWS" | "to Azure",
): Hop {
  const what = `the packet crosses the internet in a tunnel ${towards}`;
  const [first] = carriers;
  if (first?.azure !== undefined) {
    const item =
      towards === "to AWS" ? first.azure.connection : (first.aws?.connection ?? first.azure.connection);
    return hop(item, { what, ok: true, rule: `${carriers.map((t) => t.name).join(", ")}: both ends agree` });
  }
  const broken = tunnels.find((tunnel) => !tunnel.up && !tunnel.spare);
  const check = broken?.checks.find((c) => !c.ok && c.breaks);
  const item = broken?.azure?.connection ?? broken?.aws?.connection ?? ends.client;
  const rule =
    check === undefined
      ? "no tunnel leads from the client's network to the endpoint's"
      : `${broken?.name ?? ""}: ${check.what} differ: ${check.rule}`;
  return hop(item, { what, ok: false, rule });
}
