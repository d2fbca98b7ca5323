import { z } from "zod";
import { verbs, ways } from "../access/actions";
import { lockActions } from "../access/locks";
import type { Cost, CostLine, Range, Usage } from "../cost/cost";
import { priceUnits } from "../cost/prices";
import type { Fault, FaultReport } from "../faults/fault";
import type { Notification } from "../faults/notifications";
import type { FaultRule, Notice } from "../faults/timers";
import type { Finding } from "../model/findings";
import type { Value } from "../model/recording";
import type { Hop } from "../path/hops";
import type { Neighbour } from "../path/others";
import type { Journey } from "../path/path";
import type { Estimate, Schedule, ScheduledStep } from "../timeline/schedule";
import type { Floor, Rotation, Timeline } from "../timeline/timeline";
import type { TunnelCheck } from "../tunnels/check";
import type { Throughput } from "../verdict/throughput";
import type { ComparedTopology, TopologyRow, WorstCase } from "../verdict/topologies";

/**
 * What `npm run rehearse -- --json` prints, and the only source of the report's types. A field that goes or changes its
 * meaning raises `version`; one that is added does not, so readers pass over what they do not know.
 *
 * Other modules import types only from here: loading zod's schemas would cost each run its start-up time.
 */
export type ReportDocument = Plain<z.infer<typeof reportSchema>>;
export type ForecastDocument = NonNullable<ReportDocument["forecast"]>;
export type ReportedFinding = ReportDocument["findings"][number];
export type ReportedResource = ReportDocument["resources"][number];
export type ReportedJourney = ReportDocument["journeys"][number];
export type ReportedTunnel = ReportDocument["tunnels"][number];
export type ReportedAccess = ReportDocument["access"];
export type AccessRow = ReportedAccess["rows"][number];
export type AccessCell = AccessRow["cells"][number];
export type ReportedFault = ForecastDocument["faults"]["singles"][number];
export type Outcome = z.infer<typeof outcome>;

type Plain<T> = T extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Plain<T[K]> }
    : T;

/**
 * `satisfies Fields<T>` holds a schema to a judge's own type: the compiler names each field that the schema lacks or
 * invents, and each value that the judge never gives. That no value is missing, it finds where `document.ts` fills the
 * report. Objects within have a `satisfies` of their own; JSON leaves out what is undefined.
 */
type Fields<T> = {
  readonly [K in keyof T]-?: z.ZodType<
    Partial<Pick<T, K>> extends Pick<T, K> ? Inner<T[K]> | undefined : Inner<T[K]>
  >;
};
type Inner<T> = T extends readonly (infer Item)[]
  ? readonly Inner<Item>[]
  : T extends object
    ? { readonly [K in keyof T]?: Inner<T[K]> }
    : T;

const { strictObject: object, array: list } = z;
const [text, number, flag] = [z.string(), z.number(), z.boolean()];
const urn = text.describe("URN of a resource; empty for the program or the stack as a whole");
const urnList = list(urn);
const value: z.ZodType<Value> = z.json();
const outcome = z.enum(["holds", "broken", "not judged"]);
const verdict = z.enum(["holds", "in part", "outage"]);
const tunnelNames = list(text.min(1));
const cloud = z.enum(["AWS", "Azure"]);
const kind = z.enum([
  "tunnel",
  "silent tunnel",
  "Azure instance",
  "AWS endpoint",
  "zone",
  "absent",
  "others",
  "pair",
]);

const finding = object({
  kind: z.enum(["error", "refusal", "path", "tunnel", "access", "guard", "contract", "output"]),
  outcome: z.enum(["broken", "not judged"]).describe("`not judged` where it could not be judged"),
  place: urn,
  others: urnList,
  problem: text,
  fix: text,
} satisfies Fields<Finding>);

const hop = object({
  place: urn,
  name: text.describe("logical name of the resource that decides"),
  what: text,
  outcome,
  rule: text.describe("the rule that decides, what is missing, or why it was not judged"),
} satisfies Fields<Hop>);

const journey = object({
  clientName: text.optional().describe("name in `azureClients`; absent for a subnet of the stack's"),
  clientSubnet: urn,
  client: text.describe("network of the client"),
  endpointSubnet: urn,
  endpoint: text.describe("network of the endpoint's interface"),
  zone: text.optional(),
  forward: list(hop),
  back: list(hop),
  tunnels: tunnelNames,
  ok: flag,
} satisfies Fields<Journey>);

const check = object({
  what: text,
  azure: text,
  aws: text,
  ok: flag,
  breaks: flag.describe("whether the tunnel is down where it is not"),
  rule: text,
  places: urnList,
} satisfies Fields<TunnelCheck>);

const tunnel = object({
  name: text,
  up: flag,
  spare: flag.describe("unused in Azure, on purpose"),
  routing: z.enum(["static", "bgp"]),
  azureAddress: text.optional(),
  awsAddress: text.optional(),
  insideCidr: text.optional(),
  checks: list(check),
});

const neighbour = object({
  name: text,
  place: urn,
  networks: list(text),
  reaches: z
    .enum(["endpoint", "link"])
    .describe("`endpoint`: S3 through it; `link`: it and the other cloud learn each other's routes"),
  says: text.describe("how, in one sentence"),
} satisfies Fields<Neighbour>);

const cell = object({
  way: z.enum(ways),
  verb: z.enum(verbs),
  allowed: flag,
  ok: flag.describe("as it should be, in all the API actions that the verb stands for"),
  because: text,
});

const access = object({
  perimeter: z.enum(["allow", "enforced"]).optional(),
  rows: list(
    object({
      bucket: text,
      caller: text,
      by: z
        .enum(["presigned URL", "AWS service"])
        .optional()
        .describe("what calls for somebody; absent where they call themselves"),
      cells: list(cell),
    }),
  ).describe("what one caller may do with one bucket"),
  tlsOnly: flag.describe("whether nothing is allowed without TLS"),
  remarks: list(text).describe("what a reader of the table should know"),
  locks: list(
    object({
      bucket: text,
      days: number.describe("how long it locks what is written"),
      lifts: list(
        object({
          caller: text,
          way: z.enum(ways),
          action: z.enum(lockActions),
          ok: flag.describe("whether the caller is meant to"),
        }),
      ).describe("who gets past the lock or changes it"),
    }),
  )
    .optional()
    .describe("the buckets that lock objects; absent where there are none"),
});

const notice = object({
  who: cloud,
  how: text,
  seconds: number.optional().describe("absent where it never notices"),
  source: text,
} satisfies Fields<Notice>);

const notification = object({ by: cloud, alarm: text, afterMinutes: number } satisfies Fields<Notification>);

/** Null in JSON where the judge has nothing; paths are in the report already, so a failure names only where they stop. */
type FaultInJson = Omit<
  Fault,
  "absent" | "changed" | "back" | "journeys" | "interruptedSeconds" | "notifications"
> & {
  readonly interruptedSeconds: number | null;
  readonly notifications: readonly Notification[] | null;
  readonly stops: readonly (Pick<Journey, "endpoint"> & Pick<Hop, "place" | "rule">)[];
};

const fault = object({
  name: text,
  kind,
  title: text,
  places: urnList,
  tunnels: tunnelNames.describe("tunnels that are down then"),
  zones: list(text),
  verdict,
  carriers: tunnelNames.describe("tunnels that carry packets then"),
  notices: list(notice),
  says: list(text),
  notifications: list(notification)
    .nullable()
    .describe("the alarms that report it; null where nothing watches, or not by what tunnels do"),
  lost: list(text).describe("what the reader may no longer do"),
  opened: list(text).describe("what becomes allowed that was not"),
  interruptedSeconds: number.nullable().describe("null where no timer ends it or nobody documents it"),
  stops: list(object({ endpoint: text, place: urn, rule: text })).describe("where each broken path stops"),
} satisfies Fields<FaultInJson>);

const faults = object({
  singles: list(fault),
  pairs: list(fault),
  rules: list(object({ rule: text, source: text } satisfies Fields<FaultRule>)),
} satisfies Record<keyof FaultReport, z.ZodType>);

const estimate = object({ min: number, typical: number, max: number } satisfies Fields<Estimate>);

const step = object({
  urn,
  name: text,
  type: text,
  action: z.enum(["create", "update", "replace", "delete", "nothing"]),
  minutes: estimate.extend({ source: text }),
  waitsFor: urnList,
  start: number,
  end: number,
  slack: number,
} satisfies Fields<ScheduledStep>);

const scheduleFields = {
  total: estimate,
  steps: list(step),
  criticalPath: urnList,
} satisfies Fields<Schedule>;
const schedule = object(scheduleFields);

const timeline = object({
  deploy: schedule,
  floor: object({ gatewayMinutes: number, connectionMinutes: number, ratio: number } satisfies Fields<Floor>),
  byHand: estimate.describe("one step after the other"),
  gatewayFirst: schedule.omit({ steps: true }).describe("a graph in which AWS waits for Azure's gateway"),
  rotation: object({
    ...scheduleFields,
    key: text,
    tunnelDown: estimate,
  } satisfies Fields<Rotation>).nullable(),
  destroy: schedule,
} satisfies Fields<Omit<Timeline, "rotation"> & { readonly rotation: Rotation | null }>);

const range = object({ low: number, high: number } satisfies Fields<Range>);

const cost = object({
  date: text.describe("when the prices were gathered"),
  currency: text,
  usage: object({
    hours: number,
    readGb: number,
    writtenGb: number,
    storedGb: number,
    loggedGb: number,
    requests: number,
  } satisfies Fields<Usage>),
  lines: list(
    object({
      name: text,
      cloud,
      region: text,
      quantity: text,
      price: range,
      per: z.enum(priceUnits),
      amount: range,
      source: text,
    } satisfies Fields<Omit<CostLine, "name"> & { readonly name: string }>),
  ),
  total: range,
  unpriced: list(text),
} satisfies Record<keyof Cost, z.ZodType>);

const topology = z.union([
  object({ topology: text, current: z.literal(false), problem: text } satisfies Fields<
    Exclude<TopologyRow, ComparedTopology>
  >),
  object({
    topology: text,
    current: flag,
    sku: text,
    tunnels: number,
    worst: list(object({ kind, verdict, interruptedSeconds: number.optional() } satisfies Fields<WorstCase>)),
    fatalPairs: list(text),
    pairs: number,
    deploy: estimate,
    cost: range.extend({ currency: text, unpriced: list(text) }),
  } satisfies Fields<ComparedTopology>),
]);

const forecast = object({
  faults: faults.describe("every failure alone, and every two of tunnels, instances and zones"),
  timeline: timeline.describe("minutes to deploy, to rotate one key and to destroy"),
  cost: cost.describe("a month's cost by line"),
  throughput: object({ mbps: number, limit: text, source: text } satisfies Fields<Throughput>)
    .nullable()
    .describe("Mbit/s that the link carries at most, and what limits it; null where it is not known"),
  topologies: list(topology).describe("the same stack with each topology"),
});

const resource = object({
  ...{ urn, type: text, name: text, parent: urn.optional(), id: text, inputs: value },
  protect: z.literal(true).optional().describe("Pulumi refuses to delete or replace it"),
  retainOnDelete: z.literal(true).optional().describe("it stays in the cloud when it leaves the stack"),
});

/** Strict, so that a test finds what it does not describe. */
export const reportSchema = object({
  version: z.literal(2).describe("of this form"),
  stack: text.describe("name of the stack"),
  leftOut: list(text).describe("what `--break` left out"),
  ok: flag.describe("whether nothing is wrong"),
  outcome: outcome.describe(
    "`holds`, `broken`, or `not judged` where nothing is broken and something could not be judged",
  ),
  findings: list(finding).describe("what is wrong or not judged, where, and what to do"),
  notices: list(text).describe("what the program told beside that"),
  resources: list(resource).describe("what the program registered, secrets left out"),
  outputs: z.record(text, value).describe("the stack's outputs, secrets left out"),
  journeys: list(journey).describe("the path from each client subnet to each address of the endpoint"),
  tunnels: list(tunnel).describe("both ends of every tunnel, compared"),
  neighbours: list(neighbour)
    .optional()
    .describe("who else reaches the endpoint, and whom else the link connects; absent where there is nobody"),
  access: access.describe("who may do what, by which way"),
  forecast: forecast
    .optional()
    .describe(
      "failures, time, cost and the other topologies; absent where the program stopped with an error",
    ),
});
