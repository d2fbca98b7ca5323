import { readFileSync } from "node:fs";
import { listedIn } from "../../rehearsal/run/deployer";
import { namedIn } from "../../operations/snapshot/around";
import { readStackConfig } from "../../rehearsal/run/stackConfig";
import { record, type RecordArgs } from "../../rehearsal/run/record";
import type { Props } from "../../rehearsal/model/recording";
import { withoutChance } from "./names";
import type { StackPlace, StackResource } from "./place";
import { roleArn } from "./roles";

export interface PlaceArgs extends Pick<RecordArgs, "projectDir" | "stack" | "config"> {
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

/** What the program registers for the stack, on simulated clouds, with the names that it will have. */
export async function placeOf({ projectDir, stack, config, ...given }: PlaceArgs): Promise<StackPlace> {
  const settings = readStackConfig(projectDir, stack, config);
  const { resources, errors } = await record({ projectDir, stack, ...(config && { config }) });
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

/** The resources in a file that `pulumi stack export` wrote. */
export function deployedIn(file: string): readonly StackResource[] {
  const { deployment } = JSON.parse(readFileSync(file, "utf8")) as {
    deployment: { resources?: readonly (StackResource & { urn: string; custom: boolean })[] };
  };
  return (deployment.resources ?? [])
    .filter(({ custom }) => custom)
    .map(({ type, urn, id, inputs, outputs }) => ({
      type,
      name: urn.split("::").at(-1) ?? "",
      id,
      inputs,
      outputs,
    }));
}
