/** One thing that both ends of a tunnel must have in common. */
export interface TunnelCheck {
  readonly what: string;
  /** What each end says, fit to print: never a key. */
  readonly azure: string;
  readonly aws: string;
  readonly ok: boolean;
  /** Whether the tunnel stays down, or goes down in time, where it is not. */
  readonly breaks: boolean;
  /** What must hold, as a sentence that ends with its source where it is not obvious. */
  readonly rule: string;
  /** URNs of the resources at fault, the likeliest first. */
  readonly places: readonly string[];
}
