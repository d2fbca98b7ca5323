import { expect } from "chai";
import type { StackOutputs } from "../../../outputs";
import { collectAzure } from "../../../operations/verify/collect/azure";
import { collectFacts } from "../../../operations/verify/collect/collect";
import type { Facts } from "../../../operations/verify/facts/facts";
import { judge } from "../../../operations/verify/judge/judge";
import type { Verdict } from "../../../operations/verify/judge/verdict";
import { Clouds } from "../support/clouds";
import { hasPython } from "../../suites/machine";

type Place = readonly (string | number)[];

/** Every value in a document, with its place; lists also as a whole, to be emptied. */
function* leaves(value: unknown, place: Place = []): Generator<readonly [Place, unknown]> {
  if (typeof value !== "object" || value === null) {
    yield [place, value];
    return;
  }
  if (Array.isArray(value) && value.length > 0) yield [place, value];
  for (const [key, inner] of Object.entries(value))
    yield* leaves(inner, [...place, Array.isArray(value) ? Number(key) : key]);
}

/** Other values for one that was deployed: a network becomes a part of itself and another, a switch turns. */
function othersOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return [[]];
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value + 1];
  if (typeof value !== "string") return [];
  const network = /^(\d+\.\d+\.\d+)\.(\d+)\/(\d+)$/.exec(value);
  if (network !== null && Number(network[3]) < 32)
    return [`${String(network[1])}.${String(network[2])}/${Number(network[3]) + 1}`, "172.31.0.0/24"];
  if (value === "443") return ["80", "444-500"];
  if (value === "Allow" || value === "Deny") return [value === "Allow" ? "Deny" : "Allow"];
  return [`${value}-changed`];
}

function changed<Document>(document: Document, place: Place, to: unknown): Document {
  const copy = structuredClone(document);
  const around = place
    .slice(0, -1)
    .reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], copy);
  (around as Record<string | number, unknown>)[place.at(-1) ?? ""] = to;
  return copy;
}

/** What verify cannot notice or need not, each with the reason; a test holds that every entry is needed. */
interface Exempt {
  readonly at: RegExp;
  readonly because: string;
}

const azureExempt: readonly Exempt[] = [
  {
    at: /^[^.]*\.(id|name)$|Rules\.\d+\.name$/,
    because: "the id is the address that was asked; names of rules decide nothing",
  },
  {
    at: /^(virtualnetworks|networksecuritygroups|localnetworkgateways)\/.*\.provisioningState$/,
    because: "packets pass by what is set, whether or not a later change of it failed",
  },
  { at: /\.(sku\.\w+|vpnGatewayGeneration)$/, because: "throughput and price, not the path" },
  {
    at: /\.(adminState|routingWeight)$/,
    because: "it decides between ExpressRoute gateways or circuits alone",
  },
  { at: /\.defaultBgpIpAddresses(\.\d)?$/, because: "the tunnels speak BGP from the custom addresses" },
  {
    at: /\.gatewayCustomBgpIpAddresses\.1\.\w+$/,
    because: "of the instance that the tunnel does not use",
  },
  {
    at: /\.ipsecIntegrity$/,
    because: "GCM authenticates by itself, and Azure rejects another value beside it",
  },
  { at: /\.enableDdosProtection$/, because: "it guards public addresses" },
  { at: /\.securityRules\.\d\.properties\.priority$/, because: "one further on, and the order stays" },
  { at: /\.defaultSecurityRules(\.|$)/, because: "Azure's own, which nobody can change" },
  {
    at: /gatewaysubnet\.properties\.(addressPrefix|ipConfigurations.*)$/,
    because: "Azure refuses it while the gateway is there",
  },
  {
    at: /azure-network\.properties\.addressSpace\.addressPrefixes(\.0)?$/,
    because: "Azure refuses it while a subnet is there",
  },
];

const awsExempt: readonly Exempt[] = [
  {
    at: /telemetry\.\d\.(message|since)$/,
    because: "AWS's own words for a tunnel that is up",
  },
  { at: /options\.\d\.phase2Integrity(\.0)?$/, because: "GCM authenticates by itself" },
  { at: /vpnGateway\.value\.state$/, because: "what it is attached to is judged" },
  {
    at: /routeTables\.value\.0\./,
    because: "the VPC's main table, which no subnet of the endpoint uses",
  },
  { at: /routeTables\.value\.1\.main$/, because: "its subnets are associated with it, main or not" },
  {
    at: /routeTables\.value\.1\.routes\.0\.(destination|target|state)$/,
    because: "the VPC's own route, which AWS does not let anybody change",
  },
  { at: /networkAcls\.value\.0\.id$/, because: "its associations decide" },
  { at: /entries\.\d\.number$/, because: "one further on, and the order stays" },
  { at: /entries\.[02]\.cidr$/, because: "the clients are in the half that is left" },
  {
    at: /entries\.[13]\.(direction|action|protocol|cidr)$/,
    because: "AWS's last entry, which nobody can change",
  },
  { at: /endpointIngress\.value\.\d\.cidr$/, because: "for fewer machines of the VPC, which are no clients" },
  { at: /audit\..*\.name$/, because: "names of selectors decide nothing" },
  { at: /audit\.notices$/, because: "whom the stack tells of changes stands in its outputs" },
  { at: /audit\.notices\.\d\.topic\.value\.confirmed$/, because: "one more who is notified" },
];

/** What decides about the path, and what records and tells of changes; policies of buckets have tests of their own. */
const paths = [
  "connections",
  "customerGateways",
  "vpnGateway",
  "routeTables",
  "networkAcls",
  "endpoint",
  "endpointIngress",
  "audit",
] as const;

describe("a change of one deployed property", function () {
  this.timeout(120_000);
  let clouds: Clouds;
  let outputs: StackOutputs;
  let facts: Facts;

  before(async function () {
    this.timeout(300_000);
    if (!hasPython()) this.skip();
    clouds = await Clouds.start();
    ({ outputs } = await clouds.deploy("active-active"));
    facts = await collectFacts(outputs, clouds.access());
  });
  after(() => {
    clouds.stop();
  });

  it("in Azure is noticed, or listed with the reason", async () => {
    const { azure } = clouds.access();
    if (azure === undefined) throw new Error("no access to Azure");
    const passed: string[] = [];
    for (const [id, body] of [...clouds.azure.resources]) {
      // One tunnel is like the others.
      if (/\/microsoft\.compute\/|-tunnel[234]-/.test(id)) continue;
      for (const [place, value] of leaves(body))
        for (const other of othersOf(value)) {
          clouds.azure.resources.set(id, changed(body, place, other));
          const verdict = judge(outputs, { ...facts, azure: await collectAzure(azure, outputs) });
          if (!isNoticed(verdict))
            passed.push([id.replace(/.*microsoft\.network\//, ""), ...place].join("."));
        }
      clouds.azure.resources.set(id, body);
    }
    expectExempt(passed, azureExempt);
  });

  it("in AWS is noticed, or listed with the reason", () => {
    const passed: string[] = [];
    for (const [place, value] of [...leaves(facts.aws)].filter(([one]) => isOnThePath(one)))
      for (const other of othersOf(value))
        if (!isNoticed(judge(outputs, { ...facts, aws: changed(facts.aws, place, other) })))
          passed.push(place.join("."));
    expectExempt(passed, awsExempt);
  });
});

function isOnThePath(place: Place): boolean {
  const [, part, ...rest] = place;
  const encryption = part === "buckets" && rest.includes("encryption");
  return (encryption || paths.some((one) => one === part)) && place.at(-1) !== "about";
}

/** Each place that passed has its reason, and each reason its place. */
function expectExempt(passed: readonly string[], exempt: readonly Exempt[]): void {
  expect(passed.filter((place) => !exempt.some(({ at }) => at.test(place)))).to.deep.equal([]);
  expect(exempt.filter(({ at }) => !passed.some((place) => at.test(place)))).to.deep.equal([]);
}

function isNoticed({ outcome, findings }: Verdict): boolean {
  return outcome !== "holds" || findings.length > 0;
}
