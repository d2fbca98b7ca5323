import type { JoiningSetting } from "./snapshot";

export type Joined = Readonly<Partial<Record<JoiningSetting, readonly string[]>>>;

/** What the stack asks for that neither its resources nor its outputs show. */
export interface Intent {
  /** ARN of the principal that deploys. */
  readonly deployer: string;
  /** ARNs that keep their own access from anywhere under an enforced perimeter. */
  readonly trustedPrincipals: readonly string[];
  /** The settings that are switched on, as `flowLogs`. */
  readonly switches: ReadonlySet<string>;
  /** Days after which old versions of the data go; undefined where they are kept. */
  readonly oldVersionDays: number | undefined;
  /** Days that each bucket's versions are locked, by its name in the settings; those that lock none are not in it. */
  readonly lockDays: ReadonlyMap<string, number>;
  /** Name of the first bucket in the settings, which clients list; undefined where none is set. */
  readonly firstBucket: string | undefined;
  /** The addresses that alarms notify. */
  readonly alarmEmails: readonly string[];
  /** The settings that name what exists, with their ids; absent where the stack joins nothing. */
  readonly joined?: Joined;
}
