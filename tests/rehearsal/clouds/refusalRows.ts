import type { Change, Estate, Made } from "./estates";

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

/** The estate with one more resource, made like another of it. */
export function withTwin(estate: Estate, of: string): Estate {
  const original = estate[of];
  if (original === undefined) throw new Error(`the estate has no ${of}`);
  return { ...estate, twin: original };
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
