import { readFileSync } from "node:fs";
import { textOf } from "../../rehearsal/model/textFile";
import { outputsSchema, type StackOutputs } from "../../outputs";

/** Thrown for what the user can fix by reading the message. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Where the outputs come from. */
export type OutputsSource =
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "stack"; readonly stack: string; readonly projectDir: string };

export async function readOutputs(source: OutputsSource): Promise<StackOutputs> {
  const [from, plain] =
    source.kind === "file"
      ? [source.file, parseFile(source.file)]
      : [`stack ${source.stack}`, await askPulumi(source.stack, source.projectDir)];
  return parseOutputs(plain, from);
}

/** Against the contract; a value is never shown, because one of them is a secret. */
export function parseOutputs(plain: unknown, from: string): StackOutputs {
  const parsed = outputsSchema.safeParse(plain);
  if (parsed.success) return parsed.data;
  if (typeof plain === "object" && plain !== null && Object.keys(plain).length === 0)
    throw new UsageError(`${from} has no outputs; deploy it first: pulumi up`);
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join(".") || "all"}: ${message}`);
  throw new UsageError(
    [
      `the outputs of ${from} are not what this version reads; deploy the stack with it, or use the version that did`,
      ...problems,
    ].join("\n"),
  );
}

function parseFile(file: string): unknown {
  let text: string;
  try {
    text = textOf(readFileSync(file === "-" ? 0 : file));
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read (${codeOf(error)}); write it with pulumi stack output --json --show-secrets`,
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${file} is not JSON; write it with pulumi stack output --json --show-secrets`);
  }
}

/** Through Pulumi's own Automation API, which leaves the selected stack as it is. */
async function askPulumi(stack: string, projectDir: string): Promise<unknown> {
  // Loaded here: it takes longer than all the rest, and a file of outputs needs none of it.
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  try {
    const workspace = await LocalWorkspace.create({ workDir: projectDir });
    const outputs = await workspace.stackOutputs(stack);
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value as unknown]));
  } catch (error) {
    throw new UsageError(pulumiSays(error, stack));
  }
}

function pulumiSays(error: unknown, stack: string): string {
  const text = error instanceof Error ? error.message : "";
  if (/ENOENT|failed to find|command not found/i.test(text))
    return "there is no pulumi on the PATH; install it, or give --outputs FILE of pulumi stack output --json --show-secrets";
  if (/no stack named/i.test(text))
    return `there is no stack ${stack}; pulumi stack ls shows which there are`;
  if (/passphrase/i.test(text))
    return `the secrets of ${stack} are locked; set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE`;
  if (/login|access token|credentials/i.test(text)) return "Pulumi is not signed in; pulumi login";
  const told = text.split("\n").find((line) => /error:/i.test(line)) ?? "no reason given";
  return `Pulumi cannot read the outputs of ${stack}: ${told.replace(/^.*?error:\s*/i, "")}`;
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown";
}
