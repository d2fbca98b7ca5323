import { z } from "zod";

/**
 * What `npm run rehearse -- --json` prints. A field that goes or changes its meaning raises `version`; one that is
 * added does not, so readers pass over what they do not know.
 */
const urn = z.string().describe("URN of a resource; empty for the program or the stack as a whole");
const urnList = z.array(urn);
const verdict = z.enum(["holds", "in part", "outage"]);
const tunnelNames = z.array(z.string().regex(/^tunnel\d+$|./));

const hop = z.strictObject({
  place: urn,
  name: z.string().describe("logical name of the resource that decides"),
  what: z.string(),
  ok: z.boolean(),
  rule: z.string().describe("the rule that decides, or what is missing"),
});

const finding = z.strictObject({
  kind: z.enum(["error", "refusal", "path", "tunnel", "access", "guard", "contract"]),
  place: urn,
  others: urnList,
  problem: z.string(),
  fix: z.string(),
});

const check = z.strictObject({
  what: z.string(),
  azure: z.string(),
  aws: z.string(),
  ok: z.boolean(),
  breaks: z.boolean().describe("whether the tunnel is down where it is not"),
  rule: z.string(),
  places: urnList,
});

const journey = z.strictObject({
  clientSubnet: urn,
  client: z.string().describe("network of the client"),
  endpointSubnet: urn,
  endpoint: z.string().describe("network of the endpoint's interface"),
  zone: z.string().optional(),
  forward: z.array(hop),
  back: z.array(hop),
  tunnels: tunnelNames,
  ok: z.boolean(),
});

const tunnel = z.strictObject({
  name: z.string(),
  up: z.boolean(),
  spare: z.boolean().describe("unused in Azure, on purpose"),
  routing: z.enum(["static", "bgp"]),
  azureAddress: z.string().optional(),
  awsAddress: z.string().optional(),
  insideCidr: z.string().optional(),
  checks: z.array(check),
});

const access = z.strictObject({
  perimeter: z.enum(["allow", "enforced"]).optional(),
  rows: z.array(
    z.strictObject({
      bucket: z.string(),
      caller: z.string(),
      cells: z.array(
        z.strictObject({
          way: z.enum(["endpoint", "other endpoint", "internet"]),
          verb: z.string(),
          allowed: z.boolean(),
          ok: z.boolean().describe("as it should be"),
          because: z.string(),
        }),
      ),
    }),
  ),
  tlsOnly: z.boolean(),
  remarks: z.array(z.string()),
});

const fault = z.strictObject({
  name: z.string(),
  kind: z.enum(["tunnel", "silent tunnel", "Azure instance", "AWS endpoint", "zone", "absent", "pair"]),
  title: z.string(),
  places: urnList,
  tunnels: tunnelNames.describe("tunnels that are down then"),
  zones: z.array(z.string()),
  verdict,
  carriers: tunnelNames.describe("tunnels that carry packets then"),
  notices: z.array(
    z.strictObject({
      who: z.enum(["AWS", "Azure"]),
      how: z.string(),
      seconds: z.number().optional().describe("absent where it never notices"),
      source: z.string(),
    }),
  ),
  says: z.array(z.string()),
  told: z
    .array(z.strictObject({ by: z.enum(["AWS", "Azure"]), alarm: z.string(), afterMinutes: z.number() }))
    .nullable()
    .describe("the alarms that tell of it; null where nothing watches, or not by what tunnels do"),
  lost: z.array(z.string()).describe("what the reader may no longer do"),
  opened: z.array(z.string()).describe("what becomes allowed that was not"),
  interruptedSeconds: z.number().nullable().describe("null where no timer ends it or nobody documents it"),
  stops: z.array(z.strictObject({ endpoint: z.string(), place: urn, rule: z.string() })),
});

const estimate = z.strictObject({ min: z.number(), typical: z.number(), max: z.number() });

const step = z.strictObject({
  urn,
  name: z.string(),
  type: z.string(),
  action: z.enum(["create", "update", "replace", "delete", "nothing"]),
  minutes: estimate.extend({ source: z.string() }),
  waitsFor: urnList,
  start: z.number(),
  end: z.number(),
  slack: z.number(),
});

const schedule = z.strictObject({ total: estimate, steps: z.array(step), criticalPath: urnList });

const timeline = z.strictObject({
  deploy: schedule,
  floor: z.strictObject({ gatewayMinutes: z.number(), connectionMinutes: z.number(), ratio: z.number() }),
  byHand: estimate.describe("one step after the other"),
  gatewayFirst: schedule.omit({ steps: true }).describe("a graph in which AWS waits for Azure's gateway"),
  rotation: schedule.extend({ key: z.string(), tunnelDown: estimate }).nullable(),
  destroy: schedule,
});

const range = z.strictObject({ low: z.number(), high: z.number() });

const cost = z.strictObject({
  date: z.string().describe("when the prices were gathered"),
  currency: z.string(),
  usage: z.strictObject({
    hours: z.number(),
    readGb: z.number(),
    writtenGb: z.number(),
    storedGb: z.number(),
    loggedGb: z.number(),
  }),
  lines: z.array(
    z.strictObject({
      name: z.string(),
      cloud: z.enum(["Azure", "AWS"]),
      region: z.string(),
      quantity: z.string(),
      price: range,
      per: z.enum(["hour", "month", "GB", "GB-month"]),
      amount: range,
      source: z.string(),
    }),
  ),
  total: range,
  unpriced: z.array(z.string()),
});

const topology = z.union([
  z.strictObject({ topology: z.string(), current: z.literal(false), problem: z.string() }),
  z.strictObject({
    topology: z.string(),
    current: z.boolean(),
    sku: z.string(),
    tunnels: z.number(),
    worst: z.array(
      z.strictObject({ kind: fault.shape.kind, verdict, interruptedSeconds: z.number().optional() }),
    ),
    fatalPairs: z.array(z.string()),
    pairs: z.number(),
    deploy: estimate,
    cost: range.extend({ currency: z.string() }),
  }),
]);

const outlook = z.strictObject({
  faults: z
    .strictObject({
      singles: z.array(fault),
      pairs: z.array(fault),
      rules: z.array(z.strictObject({ rule: z.string(), source: z.string() })),
    })
    .describe("every failure alone, and every two of tunnels, instances and zones"),
  timeline: timeline.describe("minutes to deploy, to rotate one key and to destroy"),
  cost: cost.describe("a month's cost by line"),
  topologies: z.array(topology).describe("the same stack with each topology"),
});

/** Strict, so that a test finds what it does not describe. */
export const reportSchema = z.strictObject({
  version: z.literal(1).describe("of this form"),
  stack: z.string().describe("name of the stack"),
  leftOut: z.array(z.string()).describe("what `--break` left out"),
  ok: z.boolean().describe("whether nothing is wrong"),
  findings: z.array(finding).describe("what is wrong, where, and what to do"),
  resources: z
    .array(
      z.strictObject({
        urn,
        type: z.string(),
        name: z.string(),
        parent: urn.optional(),
        id: z.string(),
        inputs: z.unknown(),
      }),
    )
    .describe("what the program registered, secrets left out"),
  outputs: z.record(z.string(), z.unknown()).describe("the stack's outputs, secrets left out"),
  journeys: z.array(journey).describe("the path from each client subnet to each address of the endpoint"),
  tunnels: z.array(tunnel).describe("both ends of every tunnel, compared"),
  access: access.describe("who may do what, by which way"),
  outlook: outlook
    .optional()
    .describe("failures, time, cost and the other topologies; absent where the program did not get through"),
});

export type Report = z.infer<typeof reportSchema>;
