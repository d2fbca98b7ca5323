import { expect } from "chai";
import type { Entry, Journal } from "../../rehearsal/engine/journal";
import { EngineStack } from "./support/engineStack";

const gateway = "azure-native:network:VirtualNetworkGateway";
const connection = "azure-native:network:VirtualNetworkGatewayConnection";

/** Long after the last operation began, in milliseconds: on a busy machine the engine is late. */
const longAfter = 3000;

/** The gateway outlasts all that does not wait for it, however slow the machine; all else takes a moment. */
function slowGateway(journal: () => Journal) {
  return async (_: unknown, { type }: { readonly type: string }): Promise<void> => {
    await moment(5);
    if (type !== gateway) return;
    let begun: number;
    do {
      begun = journal().entries.length;
      await moment(longAfter);
    } while (journal().entries.length > begun || othersUnderWay(journal()));
  };
}

function othersUnderWay({ entries }: Journal): boolean {
  return entries.some(({ type, ended }) => type !== gateway && ended === undefined);
}

const moment = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

function overlapping(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap((one, place) =>
    entries
      .slice(place + 1)
      .filter((other) => one.began < (other.ended ?? Infinity) && other.began < (one.ended ?? Infinity))
      .map((other) => `${one.name} and ${other.name}`),
  );
}

describe("the order of events in prod", function () {
  this.timeout(120_000);
  let stack: EngineStack;
  let made: readonly Entry[];
  let gone: readonly Entry[];
  before(async () => {
    const latency = slowGateway(() => stack.simulation.journal);
    stack = await EngineStack.create({ stack: "prod", simulation: { latency } });
    const up = await stack.up();
    expect(up.code, up.output).to.equal(0);
    made = [...stack.simulation.journal.changes];
    stack.simulation.journal.clear();
    const destroy = await stack.destroy();
    expect(destroy.code, destroy.output).to.equal(0);
    gone = [...stack.simulation.journal.changes];
  });
  after(() => {
    stack.close();
  });
  const ofType = (entries: readonly Entry[], type: string): readonly Entry[] =>
    entries.filter((entry) => entry.type === type);
  const end = (entries: readonly Entry[], name: string): number =>
    entries.find((entry) => entry.name === name)?.ended ?? Number.NaN;

  it("builds all of AWS while Azure's gateway is still being made", () => {
    const gatewayEnd = end(made, "vpn-azure-gateway");
    const late = made.filter(
      ({ type, ended }) => type.startsWith("aws:") && (ended ?? Infinity) > gatewayEnd,
    );
    expect(made.filter(({ type }) => type.startsWith("aws:"))).to.have.length.greaterThan(20);
    expect(late).to.deep.equal([]);
  });

  it("lets only the connections wait for the gateway, and what watches it", () => {
    const gatewayEnd = end(made, "vpn-azure-gateway");
    const after = made.filter(({ began }) => began > gatewayEnd).map(({ type }) => type);
    expect([...new Set(after)]).to.have.members([
      connection,
      "azure-native:monitor:DiagnosticSetting",
      "azure-native:monitor:MetricAlert",
    ]);
  });

  for (const [says, type] of [
    ["Azure's connections", connection],
    ["Azure's subnets", "azure-native:network:Subnet"],
  ] as const) {
    it(`makes and deletes ${says} one at a time`, () => {
      expect(ofType(made, type)).to.have.length.greaterThan(1);
      expect(overlapping(ofType(made, type))).to.deep.equal([]);
      expect(overlapping(ofType(gone, type))).to.deep.equal([]);
    });
  }

  it("never touches one bucket twice at a time", () => {
    for (const bucket of ["s3-reports", "s3-uploads"]) {
      const guards = made.filter(({ name }) => name === bucket || name.startsWith(`${bucket}-`));
      expect(guards).to.have.length.greaterThan(5);
      expect(overlapping(guards)).to.deep.equal([]);
    }
  });

  it("control: sees what does overlap", () => {
    expect(overlapping(made)).not.to.deep.equal([]);
  });

  it("deletes in an order that the clouds accept", async () => {
    expect(gone.filter(({ error }) => error !== undefined)).to.deep.equal([]);
    expect(stack.clouds.resources()).to.deep.equal([]);
    await stack.up();
    const subnets = stack.clouds.all("aws:ec2/subnet:Subnet");
    expect(subnets).to.have.length.greaterThan(1);
    for (const subnet of subnets) {
      const [refusal] = stack.clouds.delete(subnet.type, subnet.id);
      expect(refusal?.code, "control: a subnet in use refuses to go").to.equal("DependencyViolation");
    }
  });
});
