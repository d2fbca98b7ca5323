import { expect } from "chai";
import type { Fault, FaultReport } from "../../../rehearsal/faults/fault";
import { judgeFaults } from "../../../rehearsal/faults/faults";
import type { Recording } from "../../../rehearsal/model/recording";
import { withInputs } from "../fixtures/change";
import { rehearsedStack, stackCases } from "../fixtures/stacks";

const [single, active, dual] = stackCases.map((given) => async () => (await rehearsedStack(given)).recording);
if (single === undefined || active === undefined || dual === undefined) throw new Error("a case is missing");

/** Judged once per recording: every test looks at the same report. */
const judged = new Map<Recording, FaultReport>();
function reportOn(recording: Recording): FaultReport {
  const report = judged.get(recording) ?? judgeFaults(recording);
  judged.set(recording, report);
  return report;
}

function found(report: FaultReport, name: string): Fault {
  const fault = [...report.singles, ...report.pairs].find((one) => one.name === name);
  if (fault === undefined) throw new Error(`nothing fails by the name ${name}`);
  return fault;
}

const inShort = ({ verdict, carriers, interruptedSeconds }: Fault) => [
  verdict,
  carriers.join(" "),
  interruptedSeconds ?? "until it is back",
];

/** Every failure of tunnels, instances, endpoints and zones, in each topology. */
const cases = [
  {
    topology: "single-tunnel",
    recording: single,
    faults: {
      tunnel1: ["outage", "", "until it is back"],
      "tunnel1-silent": ["outage", "", "until it is back"],
      "azure-instance1": ["outage", "", 180],
      // One maintenance is an outage: the honest word on a single tunnel.
      "aws-endpoint-tunnel1": ["outage", "", "until it is back"],
      "zone-ap-northeast-1a": ["outage", "", "until it is back"],
    },
    fatalPairs: [
      "tunnel1+azure-instance1",
      "tunnel1+zone-ap-northeast-1a",
      "azure-instance1+zone-ap-northeast-1a",
    ],
  },
  {
    topology: "dual-tunnel",
    recording: dual,
    faults: {
      tunnel1: ["holds", "tunnel2", 45],
      tunnel2: ["holds", "tunnel1", 45],
      "tunnel1-silent": ["outage", "", "until it is back"],
      "tunnel2-silent": ["outage", "", "until it is back"],
      "azure-instance1": ["outage", "", 180],
      "aws-endpoint-tunnel1": ["holds", "tunnel2", 45],
      "aws-endpoint-tunnel2": ["holds", "tunnel1", 45],
      "zone-ap-northeast-1a": ["outage", "", "until it is back"],
    },
    fatalPairs: [
      "tunnel1+tunnel2",
      "tunnel1+azure-instance1",
      "tunnel1+zone-ap-northeast-1a",
      "tunnel2+azure-instance1",
      "tunnel2+zone-ap-northeast-1a",
      "azure-instance1+zone-ap-northeast-1a",
    ],
  },
  {
    topology: "active-active",
    recording: active,
    faults: {
      tunnel1: ["holds", "tunnel2 tunnel3 tunnel4", 45],
      tunnel2: ["holds", "tunnel1 tunnel3 tunnel4", 45],
      tunnel3: ["holds", "tunnel1 tunnel2 tunnel4", 45],
      tunnel4: ["holds", "tunnel1 tunnel2 tunnel3", 45],
      "tunnel1-silent": ["holds", "tunnel2 tunnel3 tunnel4", 180],
      "tunnel2-silent": ["holds", "tunnel1 tunnel3 tunnel4", 180],
      "tunnel3-silent": ["holds", "tunnel1 tunnel2 tunnel4", 180],
      "tunnel4-silent": ["holds", "tunnel1 tunnel2 tunnel3", 180],
      "azure-instance1": ["holds", "tunnel3 tunnel4", 30],
      "azure-instance2": ["holds", "tunnel1 tunnel2", 30],
      "aws-endpoint-tunnel1": ["holds", "tunnel2 tunnel3 tunnel4", 45],
      "aws-endpoint-tunnel2": ["holds", "tunnel1 tunnel3 tunnel4", 45],
      "aws-endpoint-tunnel3": ["holds", "tunnel1 tunnel2 tunnel4", 45],
      "aws-endpoint-tunnel4": ["holds", "tunnel1 tunnel2 tunnel3", 45],
      // The worst choice of one endpoint per VPN connection goes with the zone.
      "zone-ap-northeast-1a": ["in part", "tunnel2 tunnel4", 45],
      "zone-ap-northeast-1c": ["in part", "tunnel2 tunnel4", 45],
    },
    fatalPairs: ["azure-instance1+azure-instance2", "zone-ap-northeast-1a+zone-ap-northeast-1c"],
  },
] as const;

/** What packets need to travel and the reader to read, in every topology, by its name without its zone and number. */
const path = [
  ...[
    "aws-network",
    "aws-routes",
    "aws-subnet",
    "vpn-aws-gateway",
    "vpn-aws-attachment",
    "vpn-aws-propagation",
  ],
  ...["azure-group", "azure-network", "azure-client-subnet", "azure-gateway-subnet"],
  ...["vpn-azure-gateway", "vpn-azure-ip"],
  ...["s3-endpoint", "s3-endpoint-security-group", "s3-https-from-azure", "s3-reader", "s3-reader-key"],
];
const connection = ["vpn-aws-customer", "vpn-aws-connection", "vpn-aws-connection1-route"];
const reading = (bucket: string) => [`s3-${bucket}`, `s3-${bucket}-policy`];

/** What path or access rests on, with what only one tunnel or connection carries. */
const restsOn: Readonly<Record<string, readonly string[]>> = {
  "single-tunnel": [
    ...[...path, ...connection, ...reading("data")],
    ...["vpn-tunnel1-azure-site", "vpn-tunnel1-azure-connection"],
  ],
  "dual-tunnel": [
    ...[...path, ...connection, ...reading("data"), ...reading("archive")],
    ...["azure-dns-allow", "azure-dns-endpoint"],
  ],
  "active-active": [...path, ...reading("reports"), ...reading("uploads")],
};

/** Of what is missing: `no-aws-subnet-any` is `aws-subnet`, `no-vpn-azure-ip2` is `vpn-azure-ip`. */
const kindOf = (missing: string) => missing.replace(/^no-/, "").replace(/-(any|ap-northeast-1\w)$|\d$/, "");

describe("What fails", () => {
  for (const { topology, recording, faults, fatalPairs } of cases)
    describe(`in ${topology}`, () => {
      it("is every tunnel, instance, endpoint and zone, and nothing else by itself", async () => {
        const report = reportOn(await recording());
        const names = report.singles.filter(({ kind }) => kind !== "absent").map(({ name }) => name);
        expect(names).to.have.members(Object.keys(faults));
      });

      for (const [name, expected] of Object.entries<readonly (string | number)[]>(faults))
        it(`${name}: ${expected.join(", ")}`, async () => {
          expect(inShort(found(reportOn(await recording()), name))).to.deep.equal(expected);
        });

      it("in pairs leaves no path for just these", async () => {
        const { pairs } = reportOn(await recording());
        const outages = pairs.filter(({ verdict }) => verdict === "outage").map(({ name }) => name);
        expect(outages).to.deep.equal(fatalPairs);
      });

      it("counts every pair of tunnels once", async () => {
        const { pairs, singles } = reportOn(await recording());
        const tunnels = singles.filter(({ kind }) => kind === "tunnel").length;
        const ofTunnels = pairs.filter(({ name }) => /^tunnel\d\+tunnel\d$/.test(name));
        expect(ofTunnels).to.have.lengthOf((tunnels * (tunnels - 1)) / 2);
      });

      it("is every recorded resource gone, each under a name of its own", async () => {
        const whole = await recording();
        const { singles } = reportOn(whole);
        const absent = singles.filter(({ kind }) => kind === "absent").map(({ name }) => name);
        expect(absent).to.deep.equal(whole.resources.filter((r) => r.custom).map((r) => `no-${r.name}`));
        expect(new Set(singles.map(({ name }) => name)).size).to.equal(singles.length);
      });

      it("leaves path and access whole without just the resources that nothing rests on", async () => {
        const { singles } = reportOn(await recording());
        const absent = singles.filter(({ kind }) => kind === "absent");
        const holds = absent.filter(({ verdict }) => verdict === "holds").map(({ name }) => name);
        const needed = restsOn[topology] ?? [];
        const expected = absent.map(({ name }) => name).filter((name) => !needed.includes(kindOf(name)));
        expect(holds).to.have.members(expected);
        expect(absent.map(({ name }) => kindOf(name))).to.include.members([...needed]);
      });
    });

  it("leaves tunnels of another connection their names", async () => {
    expect(inShort(found(reportOn(await active()), "no-vpn-aws-connection1"))).to.deep.equal([
      "holds",
      "tunnel3 tunnel4",
      45,
    ]);
  });

  it("takes what stands inside a missing resource along", async () => {
    const { absent } = found(reportOn(await single()), "no-azure-network");
    expect(absent.map((urn) => urn.split("::").at(-1))).to.deep.equal([
      "azure-network",
      "azure-client-subnet",
      "azure-gateway-subnet",
    ]);
  });

  it("takes the reader's rights with the bucket policy, and opens the bucket to administrators", async () => {
    const { verdict, lost, opened } = found(reportOn(await active()), "no-s3-reports-policy");
    expect(verdict).to.equal("outage");
    expect(lost.some((entry) => entry.startsWith("s3:GetObject on s3-reports"))).to.equal(true);
    expect(opened.some((entry) => entry.startsWith("an administrator: s3:GetObject"))).to.equal(true);
  });

  it("shows on the path which hop stops it, and says that it is assumed", async () => {
    const [journey] = found(reportOn(await single()), "tunnel1").journeys;
    const rules = [...(journey?.forward ?? []), ...(journey?.back ?? [])]
      .filter(({ outcome }) => outcome !== "holds")
      .map((h) => h.rule);
    expect(rules).to.include("assumed failure: tunnel1 goes down");
  });

  it("is noticed as late as the stack's own timers say", async () => {
    const slow = withInputs(await active(), "vpn-tunnel1-azure-connection", { dpdTimeoutSeconds: 300 });
    expect(found(judgeFaults(slow, "what fails by itself"), "tunnel1").interruptedSeconds).to.equal(300);
  });

  it("stays down where AWS waits for Azure to dial", async () => {
    const waiting = withInputs(await single(), "vpn-aws-connection1", {
      tunnel1StartupAction: "add",
      tunnel2StartupAction: "add",
    });
    const { back } = found(judgeFaults(waiting, "what fails by itself"), "aws-endpoint-tunnel1");
    expect(back).to.deep.equal({
      by: "repair",
      seconds: undefined,
      how: "neither end initiates: AWS waits for Azure, and Azure only responds",
    });
  });

  it("names a source for every rule and timer", async () => {
    const { singles, rules } = reportOn(await active());
    const sources = [...singles.flatMap(({ notices }) => notices), ...rules].map(({ source }) => source);
    expect(sources.filter((source) => !/^(https:|guess:|measured)/.test(source))).to.deep.equal([]);
  });
});
