import { readFileSync } from "node:fs";
import { textOf } from "../../rehearsal/model/textFile";
import { listedIn } from "../../rehearsal/run/deployer";
import { namedIn } from "../../operations/snapshot/around";
import { readStackConfig } from "../../rehearsal/run/stackConfig";
import { record, type RecordArgs } from "../../rehearsal/run/record";
import type { Props } from "../../rehearsal/model/recording";
import { withoutChance } from "./names";
import type { StackPlace, StackResource } from "./place";
import { roleArn } from "./roles";

export interface PlaceArgs extends Pick<RecordArgs, "projectDir" | "stack" | "config" | "configFile"> {
  /** AWS account; that of the first of `deployers` when absent, else an example. */
  readonly account?: string | undefined;
  /** Azure subscription; an example when absent. */
  readonly subscription?: string | undefined;
  /** Azure resource group of a stack that makes its own; named after project and stack when absent. */
  readonly resourceGroup?: string | undefined;
  /** Resources that are deployed already, with names of their own. */
  readonly deployed?: readonly StackResource[] | undefined;
}

/** The settings of a stack are wrong, in the program's own words. */
export class SettingsRefusedError extends Error {
  override readonly name = "SettingsRefusedError";
}

const example = { account: "123456789012", subscription: "00000000-0000-0000-0000-000000000000" };

/** A file that is no export of a stack, in one sentence. */
export class StateFileError extends Error {
  override readonly name = "StateFileError";
}

/** What the program registers for the stack, on simulated clouds, with the names that it will have. */
export async function placeOf({
  projectDir,
  stack,
  config,
  configFile,
  ...given
}: PlaceArgs): Promise<StackPlace> {
  const settings = readStackConfig(projectDir, stack, config, configFile);
  const { resources, errors } = await record({
    ...{ projectDir, stack },
    ...(config && { config }),
    ...(configFile !== undefined && { configFile }),
  });
  if (errors.length > 0) throw new SettingsRefusedError(errors.join("\n"));
  const roles = listedIn(settings, "deployers").filter((arn) => arn.includes(":role/"));
  const recordedIn = roles[0]?.split(":")[4] ?? example.account;
  const account = given.account ?? recordedIn;
  const custom = resources.filter((resource) => resource.custom);
  const named = withoutChance(custom, stack);
  const rename = (recorded: string) => named(recorded).replaceAll(`:${recordedIn}:`, `:${account}:`);
  const group = settings.values[`${settings.project}:azureResourceGroup`] ?? "";
  if (group !== "" && (given.resourceGroup ?? group) !== group)
    throw new SettingsRefusedError(
      `--resource-group is ${given.resourceGroup ?? ""}, but the stack goes to ${group} (azureResourceGroup); leave it out`,
    );
  const place = {
    project: settings.project,
    stack,
    region: settings.values["aws:region"] ?? "",
    account,
    subscription: given.subscription ?? example.subscription,
    resourceGroup: group !== "" ? group : (given.resourceGroup ?? `${settings.project}-${stack}`),
  };
  return {
    ...place,
    named: namedIn(settings),
    deployers: roles.length > 0 ? roles : [roleArn(place, "deployer")],
    resources: [
      ...custom.map(({ type, name, id, inputs, outputs }) => ({
        type,
        name,
        id: rename(id),
        inputs: JSON.parse(rename(JSON.stringify(inputs))) as Props,
        outputs: JSON.parse(rename(JSON.stringify(outputs))) as Props,
      })),
      ...(given.deployed ?? []),
    ],
  };
}

/** The resources in a file that `pulumi stack export` wrote. Throws StateFileError where it is none. */
export function deployedIn(file: string): readonly StackResource[] {
  return resourcesIn(file)
    .filter(({ custom }) => custom)
    .map(({ type, urn, id, inputs, outputs }) => ({
      type,
      name: urn.split("::").at(-1) ?? "",
      id,
      inputs,
      outputs,
    }));
}

type Deployed = StackResource & { readonly urn: string; readonly custom: boolean };

function resourcesIn(file: string): readonly Deployed[] {
  let resources: unknown;
  try {
    const state = JSON.parse(textOf(readFileSync(file))) as { deployment?: { resources?: unknown } } | null;
    resources = state?.deployment?.resources;
  } catch {
    // Missing or no JSON: the same remedy.
  }
  if (!Array.isArray(resources))
    throw new StateFileError(
      `--state ${file} is no export of a stack with resources; pulumi stack export --file ${file} writes one, and a stack that is not deployed needs none`,
    );
  return resources as readonly Deployed[];
}
