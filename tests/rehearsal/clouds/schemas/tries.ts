import { dnsEstate } from "../dnsRows";
import { spokeEstate } from "../peeringRows";
import { SimulatedClouds } from "../../../../rehearsal/clouds/clouds";
import type { Props, Value } from "../../../../rehearsal/model/recording";
import { isList, isProps } from "../../../../rehearsal/model/values";
import { clientEstate } from "../clientEstate";
import { build, type Built } from "../estates";
import { logEstate } from "../logEstate";
import { bgpEstate, staticEstate } from "../vpnEstates";
import { watchEstate } from "../watchEstate";

/** What a record does with the values of one property, beside those that an independent schema allows. */
export interface Tried {
  /** Allowed by the schema, refused by the record. */
  readonly refused: readonly Plain[];
  /** Accepted by the record, unknown to the schema: of those that the record's own refusal names. */
  readonly accepted: readonly Plain[];
  /** Whether the record takes anything at all. */
  readonly open: boolean;
}

export type Plain = string | number;

/** Whether the simulated clouds refuse an otherwise good resource for this value, and in which words. */
export type Refuse = (value: Plain) => readonly string[];

/** Tries the schema's values, one that nothing allows, and those that the refusal of that one offers. */
export function tryValues(allowed: readonly Plain[], refuse: Refuse): Tried {
  const numbers = typeof allowed[0] === "number";
  const impossible = refuse(numbers ? 987654 : "no-such-value");
  const offered = impossible
    .flatMap((message) => message.split(/[\s,;'":]+/))
    .map((word) => word.replace(/\.$/, ""))
    .filter((word) => word !== "" && word !== "no-such-value" && word !== "987654")
    .flatMap((word): Plain[] => (numbers ? (/^\d+$/.test(word) ? [Number(word)] : []) : [word]));
  return {
    refused: allowed.filter((value) => refuse(value).length > 0),
    accepted: [...new Set(offered)].filter((value) => !allowed.includes(value) && refuse(value).length === 0),
    open: impossible.length === 0,
  };
}

/** How a record's type refuses values at a path, on its good example. */
export function refuserOf(type: string, path: string, isListOf: boolean): Refuse {
  const { clouds, order } = exampleOf(type);
  return (value) => {
    const inputs = withValue(order.inputs, path.split("."), isListOf ? [value] : value);
    if (!isProps(inputs)) throw new Error(`${type} has no ${path}`);
    return clouds
      .refusals({ ...order, inputs })
      .filter(({ property = "" }) => concerns(property, path))
      .map(({ message }) => message);
  };
}

const estates = [bgpEstate, staticEstate, logEstate, watchEstate, clientEstate, spokeEstate, dnsEstate];
const built = new Map<object, Built>();

/** The resource of this type in one of the estates, and the clouds as they were before it. */
function exampleOf(type: string) {
  for (const estate of estates) {
    const [name] = Object.entries(estate).find(([, planned]) => planned.type === type) ?? [];
    if (name === undefined) continue;
    const found = built.get(estate) ?? build(estate);
    built.set(estate, found);
    const order = found.orders.get(name);
    if (order === undefined) throw new Error(`the estate has no ${name}`);
    const clouds = new SimulatedClouds(found.clouds, found.clouds.snapshot());
    clouds.remove(type, found.made(name).id);
    return { clouds, order };
  }
  throw new Error(`no estate has a ${type}`);
}

function concerns(property: string, path: string): boolean {
  return property === path || path.startsWith(`${property}.`) || property.startsWith(`${path}.`);
}

/** The inputs with a value at a path, in every item of the lists on the way. */
function withValue(inputs: Value | undefined, path: readonly string[], value: Value): Value {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (isList(inputs) && inputs.length > 0) return inputs.map((item) => withValue(item, path, value));
  const props: Props = isProps(inputs) ? inputs : {};
  return { ...props, [head]: withValue(props[head], rest, value) };
}
