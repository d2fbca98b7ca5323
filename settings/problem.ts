/** What is wrong with one setting, in the words of the stack file. */
export interface Problem {
  /** The key, with the place inside it where it has one: `buckets[0].name`. */
  readonly setting: string;
  /** What it is set to; undefined where it is not set. */
  readonly value?: unknown;
  /** True where it is set and its value must not be shown. */
  readonly hidden?: boolean;
  readonly rule: string;
  readonly fix: string;
}

/** A rule that a value breaks; the caller adds setting and value. */
export type Broken = Pick<Problem, "rule" | "fix">;

const LONGEST_VALUE = 80;

/** `gatewaySubnetCidr is 10.0.1.240/28, but VpnGw2AZ needs a GatewaySubnet of /27 or larger; use 10.0.1.224/27` */
export function problemLine({ setting, value, hidden, rule, fix }: Problem): string {
  const is = hidden === true ? "is set" : value === undefined ? "is not set" : `is ${shown(value)}`;
  return `${setting} ${is}, but ${rule}; ${fix}`;
}

/** Plain words stay bare; everything else is JSON, so that a blank shows, and a text from a number. */
function shown(value: unknown): string {
  const text = typeof value === "string" && isPlainWord(value) ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

function isPlainWord(text: string): boolean {
  return /^[!-~]+$/.test(text) && !/^(-?\d+(\.\d+)?|true|false)$/.test(text);
}
