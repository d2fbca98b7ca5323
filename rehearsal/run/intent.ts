import type { Intent } from "../model/intent";
import { number, text } from "../model/values";
import { listedIn, listIn, signInFor } from "./deployer";
import { readStackConfig } from "./stackConfig";
import { joinedIn } from "./surroundings";

export interface IntentArgs {
  readonly projectDir: string;
  readonly stack: string;
  readonly config?: Readonly<Record<string, string>>;
  /** A stack file elsewhere than in the project, relative to the working directory. */
  readonly configFile?: string;
}

/** Reads from the stack file what a run's resources do not tell: whom it trusts and tells, and which options it wants. */
export function readIntent(args: IntentArgs): Intent {
  const config = readStackConfig(args.projectDir, args.stack, args.config, args.configFile);
  const joined = joinedIn(config);
  const deployer = signInFor(config).principal;
  const trusted = [...listedIn(config, "deployers"), ...listedIn(config, "trustedPrincipals")];
  return {
    deployer,
    trustedPrincipals: [...new Set(trusted)].filter((arn) => arn !== deployer),
    switches: switchesIn(config.project, config.values),
    oldVersionDays: daysIn(config.values[`${config.project}:oldVersionDays`]),
    lockDays: new Map(
      listIn(config, "buckets").flatMap((bucket) => {
        const [name, days] = [text(bucket, "name"), number(bucket, "lockDays")];
        return name === undefined || days === undefined ? [] : [[name, days] as const];
      }),
    ),
    firstBucket: text(listIn(config, "buckets")[0], "name"),
    alarmEmails: listedIn(config, "alarmEmails"),
    ...(Object.keys(joined).length > 0 && { joined }),
  };
}

function daysIn(value: string | undefined): number | undefined {
  return value === undefined || Number(value) === 0 ? undefined : Number(value);
}

function switchesIn(project: string, values: Readonly<Record<string, string>>): ReadonlySet<string> {
  const prefix = `${project}:`;
  return new Set(
    Object.entries(values)
      .filter(([key, value]) => key.startsWith(prefix) && value === "true")
      .map(([key]) => key.slice(prefix.length)),
  );
}
