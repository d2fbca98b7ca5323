import { NetworkManagementClient } from "@azure/arm-network";
import type { AzureAccess } from "../verify/collect/access";
import { partsOf } from "../verify/facts/ids";
import type { Around } from "./around";
import type { Questions } from "./questions";

/** How Azure is asked about one stack's surroundings. */
export interface Reading {
  readonly around: Around;
  readonly questions: Questions;
  /** The client of the subscription that an id is in. */
  readonly clientOf: (id: string) => NetworkManagementClient;
}

export function clientsOf({ credential, options }: AzureAccess): Reading["clientOf"] {
  const clients = new Map<string, NetworkManagementClient>();
  return (id) => {
    const { subscription } = partsOf(id);
    const client =
      clients.get(subscription) ?? new NetworkManagementClient(credential, subscription, options);
    clients.set(subscription, client);
    return client;
  };
}

/** Asks for one resource by its id. @param kind Azure's type of it, as `virtualNetworks`. */
export function readOne<Found>(
  { questions, clientOf }: Reading,
  {
    id,
    kind,
    setting,
  }: { readonly id: string; readonly kind: string; readonly setting?: string | undefined },
  get: (client: NetworkManagementClient, group: string, name: string) => Promise<Found>,
): Promise<Found | undefined> {
  const { group, name } = partsOf(id);
  return questions.ask(id, `Microsoft.Network/${kind}/read`, () => get(clientOf(id), group, name), setting);
}
