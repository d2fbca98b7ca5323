import type { Change, Estate, Made, Planned } from "./estates";

/** One way to be refused: an estate with something wrong, and the code that the cloud answers. */
export interface Row {
  readonly title: string;
  readonly estate: Estate;
  /** The resource that is refused. */
  readonly of: string;
  readonly changes: Readonly<Record<string, Change | ((made: Made) => Change)>>;
  readonly code: string;
  /** The property the refusal names. */
  readonly property?: string;
}

/** How an estate makes one of its resources. */
export function planOf(estate: Estate, name: string): Planned {
  const planned = estate[name];
  if (planned === undefined) throw new Error(`the estate has no ${name}`);
  return planned;
}

/** The estate with one more resource, made like another of it. */
export function withTwin(estate: Estate, of: string): Estate {
  return { ...estate, twin: planOf(estate, of) };
}

export function without(estate: Estate, name: string): Estate {
  return Object.fromEntries(Object.entries(estate).filter(([other]) => other !== name));
}

/** The estate with a second VPC before everything else. */
export function withVpc(estate: Estate): Estate {
  return { otherVpc: { type: "aws:ec2/vpc:Vpc", inputs: () => ({ cidrBlock: "10.9.0.0/24" }) }, ...estate };
}

/** A row whose only change is on the refused resource itself. */
export function own(
  estate: Estate,
  of: string,
  code: string,
  change: Change | ((made: Made) => Change),
  property?: string,
): Row {
  const what = typeof change === "function" ? "what is not there" : JSON.stringify(change);
  const title = what.length > 90 ? `${what.slice(0, 90)}…` : what;
  return {
    title,
    estate,
    of,
    changes: { [of]: change },
    code,
    ...(property === undefined ? {} : { property }),
  };
}
