import { z } from "zod";
import { type Change, changesIn, namesIn } from "./changes";
import { stateSchema, streamed } from "./streamedPreview";

/** Thrown for what the user can fix by reading the message. */
export class PreviewError extends Error {
  override readonly name = "PreviewError";
}

/** What a preview would do to one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  /** As `aws:ec2/vpnConnection:VpnConnection`. */
  readonly type: string;
  /** The logical name, as `vpn-aws-connection1`. */
  readonly name: string;
  /** Top-level properties that change; empty where the preview does not show them. */
  readonly changes: readonly string[];
  /** Those of them that force a replacement. */
  readonly forcing: readonly string[];
  /** Inputs before and after; undefined where the preview does not show them, or there are none. */
  readonly before: Inputs | undefined;
  readonly after: Inputs | undefined;
  /** Deleted, it leaves the stack and stays in the cloud. */
  readonly isRetained?: boolean;
  /** Pulumi refuses to delete or replace it. */
  readonly isProtected?: boolean;
}

export type Inputs = Readonly<Record<string, unknown>>;

export interface Preview {
  readonly steps: readonly Step[];
  /** Settings by their full keys; absent where the preview does not show them. */
  readonly config: Readonly<Record<string, string>>;
  /** What the stack put out so far; empty where the preview does not show it. */
  readonly outputs: Inputs;
  /** Whether the stack holds nothing yet. */
  readonly isNew: boolean;
  /** What becomes of each cloud resource, in the order of the deployment. */
  readonly changes: readonly Change[];
  /** Whether `changes` has the unchanged resources too. */
  readonly isWhole: boolean;
}

const stepSchema = z.object({
  op: z.string(),
  urn: z.string(),
  diffReasons: z.array(z.string()).nullish(),
  replaceReasons: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.object({ kind: z.string() })).nullish(),
  oldState: stateSchema,
  newState: stateSchema,
});

const previewSchema = z.object({
  config: z.record(z.string(), z.string()).nullish(),
  steps: z.array(stepSchema).nullish(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
});

/** The JSON of `pulumi preview --json`. */
export function readPreview(json: string): Preview {
  let plain: unknown;
  try {
    plain = streamed(json) ?? JSON.parse(json);
  } catch {
    throw new PreviewError(
      json.trim() === ""
        ? "the preview is empty: did pulumi preview --json fail? See its own output"
        : "this is not JSON; write it with pulumi preview --json",
    );
  }
  const parsed = previewSchema.safeParse(plain);
  if (!parsed.success || parsed.data.steps == null)
    throw new PreviewError(
      "this JSON is not a preview: it has no steps; write it with pulumi preview --json",
    );
  const { config, steps, changeSummary } = parsed.data;
  const nothingExists = Object.entries(changeSummary ?? {}).every(
    ([op, count]) => op === "create" || count === 0,
  );
  return {
    config: config ?? {},
    steps: steps.map(readStep),
    outputs: steps.find(({ urn }) => namesIn(urn).type === "pulumi:pulumi:Stack")?.oldState?.outputs ?? {},
    isNew: steps.length > 0 && nothingExists && steps.every(({ op }) => op === "create"),
    changes: changesIn(steps),
    isWhole: steps.filter(({ op }) => op === "same").length >= (changeSummary?.["same"] ?? 0),
  };
}

function readStep(step: z.infer<typeof stepSchema>): Step {
  const detailed = Object.entries(step.detailedDiff ?? {});
  const forced = detailed.filter(([, { kind }]) => kind.endsWith("-replace")).map(([path]) => topLevel(path));
  return {
    op: step.op,
    urn: step.urn,
    ...namesIn(step.urn),
    changes: unique([...(step.diffReasons ?? []), ...detailed.map(([path]) => topLevel(path))]),
    forcing: unique([...(step.replaceReasons ?? []), ...forced]),
    before: step.oldState?.inputs ?? undefined,
    after: step.newState?.inputs ?? undefined,
    ...(step.oldState?.retainOnDelete === true ? { isRetained: true } : {}),
    ...(step.oldState?.protect === true ? { isProtected: true } : {}),
  };
}

/** `securityRules` of `securityRules[0].access`. */
function topLevel(path: string): string {
  const [whole, quoted] = /^(?:\["([^"]+)"\]|[^.[]+)/.exec(path) ?? [];
  return quoted ?? whole ?? path;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
