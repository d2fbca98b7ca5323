import * as pulumi from "@pulumi/pulumi";
// Outside this repository: a copy of outputs.ts, which needs zod and nothing else.
import { contractVersion, outputsSchema, type StackOutputs } from "../../outputs";

export type Link = { readonly [Name in keyof StackOutputs]: pulumi.Output<StackOutputs[Name]> };

/**
 * The outputs of an azure-s3-privatelink stack, checked against its contract. They are read one by one: a read of all
 * at once would be secret as a whole, because one of them is.
 */
export function readLink(stackName: string): Link {
  const stack = new pulumi.StackReference(stackName);
  const version = stack
    .getOutput("contractVersion")
    .apply((found: unknown) => checkVersion(stackName, found));
  const names = Object.keys(outputsSchema.shape) as (keyof StackOutputs)[];
  return Object.fromEntries(
    names.map((name) => [
      name,
      pulumi
        .all([version, stack.getOutput(name)])
        .apply(([, value]: [number, unknown]) => checkOutput(stackName, name, value)),
    ]),
  ) as unknown as Link;
}

export function checkVersion(stackName: string, found: unknown): number {
  if (found === contractVersion) return contractVersion;
  const expected = `this program reads contract ${contractVersion.toString()} of azure-s3-privatelink`;
  if (found === undefined) {
    throw broken(
      `${stackName} exports no contractVersion, but ${expected}; name a deployed stack of that project in linkStack`,
    );
  }
  const cure =
    typeof found === "number" && found < contractVersion
      ? "have that stack deployed with a newer azure-s3-privatelink"
      : "take the newer outputs.ts into this program";
  throw broken(`${stackName} exports contract ${JSON.stringify(found)}, but ${expected}; ${cure}`);
}

/** Names the output and the rule that it breaks, never its value: it may be a secret. */
export function checkOutput<Name extends keyof StackOutputs>(
  stackName: string,
  name: Name,
  value: unknown,
): StackOutputs[Name] {
  const checked = outputsSchema.shape[name].safeParse(value);
  if (checked.success) return checked.data as StackOutputs[Name];
  const [issue] = checked.error.issues;
  const place = [name, ...(issue?.path ?? [])].join(".");
  throw broken(
    `${stackName} exports ${place} outside its contract: ${issue?.message ?? "invalid"}; have that stack deployed again`,
  );
}

/** Without a stack: nobody needs it, and Node.js 20 takes a minute to print one that passes through Pulumi's SDK. */
function broken(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  delete error.stack;
  return error;
}
