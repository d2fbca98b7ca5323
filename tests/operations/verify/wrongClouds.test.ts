import { expect } from "chai";
import { kinds } from "../../../operations/verify/judge/findings";
import { verifyStack } from "../../../operations/verify/verifyStack";
import type { Subject } from "../../../operations/verify/judge/verdict";
import { allSubjects } from "../support/subjects";
import { Clouds } from "../support/clouds";
import type { DeployedStack } from "../support/deployedStack";
import { region, type Topology } from "../support/place";
import { hasPython } from "../../suites/machine";
import { collectSurroundings } from "../../../operations/snapshot/collect";
import type { Access } from "../../../operations/verify/collect/access";
import type { SnapshotSource } from "../../../operations/verify/collect/surroundings";
import type { Snapshot } from "../../../rehearsal/model/snapshot";
import { wrongAudit } from "./wrongAudit";
import { wrongBuckets } from "./wrongBuckets";
import { wrongClientVms } from "./wrongClientVms";
import { wrongLogs } from "./wrongLogs";
import { wrongEndpoints } from "./wrongEndpoints";
import { wrongClients, wrongReaders } from "./wrongReaders";
import { wrongRoutes } from "./wrongRoutes";
import { wrongSurroundings } from "./wrongSurroundings";
import { wrongTunnels } from "./wrongTunnels";
import { wrongAzure } from "./wrongAzure";
import { wrongAzureNetwork } from "./wrongAzureNetwork";

const subjects = {
  "tunnels of AWS": wrongTunnels,
  "routes of AWS": wrongRoutes,
  Azure: wrongAzure,
  "the Azure network and the connections": wrongAzureNetwork,
  "the client inside": wrongClientVms,
  "the endpoint": wrongEndpoints,
  "the buckets": wrongBuckets,
  "the logs": wrongLogs,
  "the trail and the notifications": wrongAudit,
  "the reader": wrongReaders,
  "the way in": wrongClients,
  "what others have around it": wrongSurroundings,
};

describe("verify, where a cloud is wrong in just one way", function () {
  this.timeout(60_000);
  let clouds: Clouds;
  const broken = new Set<Subject>();

  before(async function () {
    this.timeout(300_000);
    if (!hasPython()) this.skip();
    clouds = await Clouds.start();
  });
  after(() => {
    clouds.stop();
  });

  for (const topology of ["single-tunnel", "dual-tunnel", "active-active"] satisfies Topology[])
    it(`finds nothing wrong in a right ${topology} stack`, async () => {
      const { outputs } = await clouds.deploy(topology);
      const { findings, unanswered, outcome, subjects } = await verifyStack(outputs, clouds.access());
      expect({ findings, unanswered, outcome }).to.deep.equal({
        findings: [],
        unanswered: [],
        outcome: "holds",
      });
      expect(subjects).to.deep.equal(
        subjectsOf(topology).map((subject) => ({ subject, outcome: "holds", places: [], notJudged: [] })),
      );
    });

  for (const [subject, ways] of Object.entries(subjects))
    describe(subject, () => {
      for (const { name, topology = "active-active", joins, breaks, finds } of ways)
        it(`finds that ${name}`, async () => {
          const stack: DeployedStack = await clouds.deploy(topology);
          const source = joins && (await snapshotOf(joins(stack), clouds.access()));
          await breaks(stack);
          const { findings, outcome, subjects } = await verifyStack(stack.outputs, clouds.access(), source);
          expect(findings.map(({ kind }) => kind)).to.deep.equal(finds.map(({ kind }) => kind));
          for (const [index, { says }] of finds.entries()) expect(findings[index]?.says).to.match(says);
          const places = findings.filter((one) => one.severity === "broken").map((one) => one.subject);
          expect(outcome === "broken").to.equal(places.length > 0);
          expect(new Set(subjects.flatMap((one) => one.places))).to.deep.equal(new Set(places));
          for (const one of subjects) {
            expect(one.outcome === "broken").to.equal(one.places.length > 0);
            if (one.outcome === "broken") broken.add(one.subject);
          }
        });
    });

  describe("all ways together", () => {
    it("break every subject", () => {
      expect([...broken].sort()).to.deep.equal([...allSubjects].sort());
    });
  });
});

/** The surroundings as they are now, for verify to compare with later. */
async function snapshotOf(named: Snapshot["around"], access: Access): Promise<SnapshotSource> {
  const around = {
    project: "joining",
    stack: "joined",
    region,
    named,
    azureCidrs: [],
    gatewaySubnetCidr: undefined,
  };
  const { resources, unanswered, gone } = await collectSurroundings(around, access);
  expect({ unanswered, gone }).to.deep.equal({ unanswered: [], gone: [] });
  return {
    around,
    snapshot: { version: 1, stack: "joined", readAt: new Date().toISOString(), around: named, resources },
  };
}

/** The logs are in every stack here, the client VM where everything is. */
function subjectsOf(topology: Topology): readonly Subject[] {
  return allSubjects.filter((subject) => subject !== "client VM" || topology === "active-active");
}

describe("the table of findings", () => {
  it("has a test for each in which a cloud is wrong in that way", () => {
    const shown = Object.values(subjects)
      .flat()
      .flatMap(({ finds }) => finds.map(({ kind }) => kind));
    expect(Object.keys(kinds).filter((kind) => !shown.some((one) => one === kind))).to.deep.equal([]);
  });
});
