import { z } from "zod";

const properties = z.record(z.string(), z.unknown()).nullish();
/** A resource's state, as both forms of a preview show it; the last two are not in the streaming form. */
export const stateSchema = z
  .object({
    id: z.string().nullish(),
    inputs: properties,
    outputs: properties,
    protect: z.boolean().nullish(),
    propertyDependencies: z.record(z.string(), z.array(z.string()).nullish()).nullish(),
    retainOnDelete: z.boolean().nullish(),
    /** Of what is deleted before it is created again. */
    pendingReplacement: z.boolean().nullish(),
  })
  .nullish();

/**
 * One event of the streaming form, of which only these three matter here.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/events.go
 */
const eventSchema = z.object({
  sequence: z.number(),
  preludeEvent: z.object({ config: z.record(z.string(), z.string()).nullish() }).nullish(),
  resourcePreEvent: z
    .object({
      metadata: z.object({
        op: z.string(),
        urn: z.string(),
        keys: z.array(z.string()).nullish(),
        diffs: z.array(z.string()).nullish(),
        detailedDiff: z.record(z.string(), z.object({ diffKind: z.string() })).nullish(),
        old: stateSchema,
        new: stateSchema,
      }),
    })
    .nullish(),
  summaryEvent: z.object({ resourceChanges: z.record(z.string(), z.number()).nullish() }).nullish(),
});

/**
 * The one document of a preview that came as one event a line, as `pulumi preview --json` writes it with
 * PULUMI_ENABLE_STREAMING_JSON_PREVIEW; undefined where the text is something else, or ends before the summary.
 */
export function streamed(text: string): object | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const events = lines.map(eventIn);
  if (lines.length === 0 || events.includes(undefined)) return undefined;
  const known = events.filter((event) => event !== undefined);
  const summary = known.find((event) => event.summaryEvent != null)?.summaryEvent;
  if (summary == null) return undefined;
  return {
    config: known.find((event) => event.preludeEvent != null)?.preludeEvent?.config,
    changeSummary: summary.resourceChanges,
    steps: known.flatMap(({ resourcePreEvent }) => {
      if (resourcePreEvent == null) return [];
      const { op, urn, keys, diffs, detailedDiff, old: oldState, new: newState } = resourcePreEvent.metadata;
      const detailed = Object.entries(detailedDiff ?? {}).map(([at, one]) => [at, { kind: one.diffKind }]);
      const reasons = { diffReasons: diffs, replaceReasons: keys };
      const states = { oldState, newState };
      return [{ op, urn, ...reasons, ...states, detailedDiff: Object.fromEntries(detailed) as object }];
    }),
  };
}

function eventIn(line: string): z.infer<typeof eventSchema> | undefined {
  try {
    return eventSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
