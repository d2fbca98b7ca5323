import { awsTypes } from "./awsEstate";
import type { Intent } from "./callers";
import { cloudFunctions, SimulatedClouds } from "./clouds/clouds";
import { text } from "./clouds/values";
import type { Recording } from "./recording";
import { readStackConfig } from "./stackConfig";

export interface IntentArgs {
  readonly projectDir: string;
  readonly stack: string;
  readonly config?: Readonly<Record<string, string>>;
}

/** Reads from the stack file what a run's resources do not tell: whom it trusts, and which options it wants. */
export function readIntent(args: IntentArgs, recording: Recording): Intent {
  const { project, values } = readStackConfig(args.projectDir, args.stack, args.config);
  const trusted: unknown = JSON.parse(values[`${project}:trustedPrincipals`] ?? "[]");
  return {
    deployer: deployerOf(recording),
    trustedPrincipals: Array.isArray(trusted) ? trusted.filter((arn) => typeof arn === "string") : [],
    sampleObject: values[`${project}:sampleObject`] === "true",
    flowLogs: values[`${project}:flowLogs`] === "true",
    accessLogs: values[`${project}:accessLogs`] === "true",
  };
}

/** Whoever the simulated clouds say is logged in. */
function deployerOf(recording: Recording): string {
  const user = recording.resources.find((resource) => resource.type === awsTypes.user);
  const accountId = text(user?.outputs, "arn")?.split(":")[4] ?? "";
  const clouds = new SimulatedClouds({ accountId, region: "", location: "", subscriptionId: "" });
  const identity = cloudFunctions["aws:index/getCallerIdentity:getCallerIdentity"]?.({}, clouds);
  return text(identity, "arn") ?? "";
}
