import { SimulatedClouds, type Order } from "../../../rehearsal/clouds/clouds";
import type { CloudPlace, LiveResource } from "../../../rehearsal/clouds/cloudType";
import type { Props, Refusal, Value } from "../../../rehearsal/model/recording";

export const place = {
  region: "ap-northeast-1",
  location: "japaneast",
  accountId: "123456789012",
  subscriptionId: "00000000-0000-0000-0000-000000000000",
};

/** What was made so far, by its name in the estate. */
export type Made = (name: string) => LiveResource;

export interface Planned {
  readonly type: string;
  readonly inputs: (made: Made) => Props;
}

/** A text that the cloud answered. */
export function output(made: Made, name: string, property: string): string {
  const value = made(name).outputs[property];
  if (typeof value !== "string") throw new Error(`${name} has no ${property}`);
  return value;
}

/** Resources in the order of their creation. */
export type Estate = Readonly<Record<string, Planned>>;

/** Properties to set on a resource of the estate; undefined takes one away. */
export type Change = Readonly<Record<string, Value | undefined>>;

export interface Built {
  readonly clouds: SimulatedClouds;
  readonly orders: ReadonlyMap<string, Order>;
  readonly made: Made;
  readonly refusals: readonly (Refusal & { readonly of: string })[];
}

/** Creates an estate on fresh clouds, past every refusal. */
export function build(
  estate: Estate,
  changes: Readonly<Record<string, Change | ((made: Made) => Change)>> = {},
  elsewhere: Partial<CloudPlace> = {},
): Built {
  const clouds = new SimulatedClouds({ ...place, ...elsewhere });
  const live = new Map<string, LiveResource>();
  const orders = new Map<string, Order>();
  const refusals: (Refusal & { of: string })[] = [];
  const made: Made = (name) => {
    const found = live.get(name);
    if (found === undefined) throw new Error(`the estate has no ${name} by now`);
    return found;
  };
  for (const [name, { type, inputs }] of Object.entries(estate)) {
    const change = changes[name] ?? {};
    const changed = { ...inputs(made), ...(typeof change === "function" ? change(made) : change) };
    const urn = `urn:pulumi:test::test::${type}::${name}`;
    const order = { urn, type, name, inputs: withoutUndefined(changed) };
    const checked = clouds.check(order);
    const complete = { ...order, inputs: checked.inputs };
    refusals.push(...clouds.refusals(complete).map((refusal) => ({ ...refusal, of: name })));
    orders.set(name, complete);
    live.set(name, clouds.createUnchecked(complete));
  }
  return { clouds, orders, made, refusals };
}

function withoutUndefined(change: Change): Props {
  return Object.fromEntries(
    Object.entries(change).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}
