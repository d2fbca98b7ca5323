import { awsTypes } from "../model/resourceTypes";
import type { Intent } from "../model/intent";
import { cloudFunctions } from "../clouds/functions";
import { SimulatedClouds } from "../clouds/clouds";
import { text } from "../model/values";
import type { Recording } from "../model/recording";
import { readStackConfig } from "./stackConfig";

export interface IntentArgs {
  readonly projectDir: string;
  readonly stack: string;
  readonly config?: Readonly<Record<string, string>>;
}

/** Reads from the stack file what a run's resources do not tell: whom it trusts and tells, and which options it wants. */
export function readIntent(args: IntentArgs, recording: Recording): Intent {
  const { project, values } = readStackConfig(args.projectDir, args.stack, args.config);
  return {
    deployer: deployerOf(recording),
    trustedPrincipals: texts(values[`${project}:trustedPrincipals`]),
    switches: switchesIn(project, values),
    alarmEmails: texts(values[`${project}:alarmEmails`]),
  };
}

function switchesIn(project: string, values: Readonly<Record<string, string>>): ReadonlySet<string> {
  const prefix = `${project}:`;
  return new Set(
    Object.entries(values)
      .filter(([key, value]) => key.startsWith(prefix) && value === "true")
      .map(([key]) => key.slice(prefix.length)),
  );
}

function texts(json = "[]"): readonly string[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}

/** Whoever the simulated clouds say is logged in. */
function deployerOf(recording: Recording): string {
  const user = recording.resources.find((resource) => resource.type === awsTypes.user);
  const accountId = text(user?.outputs, "arn")?.split(":")[4] ?? "";
  const clouds = new SimulatedClouds({ accountId, region: "", location: "", subscriptionId: "" });
  const identity = cloudFunctions["aws:index/getCallerIdentity:getCallerIdentity"]?.({}, clouds);
  return text(identity, "arn") ?? "";
}
