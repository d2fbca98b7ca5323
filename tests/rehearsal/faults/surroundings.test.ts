import { expect } from "chai";
import { judgeFaults } from "../../../rehearsal/faults/faults";
import type { FaultReport } from "../../../rehearsal/faults/fault";
import { addedTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { timelineOf } from "../../../rehearsal/timeline/timeline";
import { rehearsedStack, stackCases } from "../fixtures/stacks";
import { joinedStack, withMoreOthers, withOthers } from "../path/support/surroundings";

describe("What fails around a stack that joins networks of others", function () {
  this.timeout("2m");
  let report: FaultReport;

  before(async () => {
    report = judgeFaults(await joinedStack(), "what fails by itself");
  });

  it("is what their owners do: a peering goes, a route comes, and the clients behind it are cut off", () => {
    const others = report.singles.filter(({ kind }) => kind === "others");
    expect(others.map(({ name, verdict }) => [name.replace(/-prod-\w+/, ""), verdict])).to.deep.equal([
      ["no-peering-to-spoke", "outage"],
      ["no-peering-to-azure-network", "outage"],
      ["route-work", "outage"],
    ]);
    const [peering] = others;
    const cut = peering?.journeys.filter(({ ok }) => !ok).map(({ clientName }) => clientName);
    expect(new Set(cut)).to.deep.equal(new Set(["work"]));
  });

  it("is an instance of the shared gateway, never of a gateway that carries nothing", () => {
    const instances = report.singles.filter(({ kind }) => kind === "Azure instance");
    expect(instances.map(({ title, verdict }) => [title, verdict])).to.deep.equal([
      ["instance 1 of the shared Azure gateway fails", "holds"],
      ["instance 2 of the shared Azure gateway fails", "holds"],
    ]);
  });

  it("is compared with a path that nobody judged wholly, as where a firewall takes the answers", async () => {
    const routed = withMoreOthers(
      withOthers(await joinedStack(), "azure-gateway-subnet", {
        inputs: { routeTable: { id: "/routeTables/back" } },
      }),
      {
        type: addedTypes.azureRouteTable,
        id: "/routeTables/back",
        inputs: {
          routes: [
            {
              ...{ name: "added", addressPrefix: "10.101.0.0/22" },
              ...{ nextHopType: "VirtualAppliance", nextHopIpAddress: "10.1.2.4" },
            },
          ],
        },
      },
    );
    const { singles } = judgeFaults(routed, "what fails by itself");
    const work = singles[0]?.journeys.find(({ clientName }) => clientName === "work");
    expect(work?.ok).to.equal(false);
    const verdictsOf = (all: FaultReport["singles"]) => all.map(({ name, verdict }) => [name, verdict]);
    expect(verdictsOf(singles)).to.deep.equal(verdictsOf(report.singles));
  });

  it("is no resource of others that the stack could lose by itself", async () => {
    const { surroundings = [], ...recording } = await joinedStack();
    const names = new Set(surroundings.map(({ name }) => `no-${name}`));
    const absent = judgeFaults({ ...recording, surroundings }).singles.filter(
      ({ kind }) => kind === "absent",
    );
    expect(absent.filter(({ name }) => names.has(name))).to.deep.equal([]);
    expect(absent.map(({ name }) => name)).to.include("no-vpn-tunnel1-azure-connection");
  });
});

describe("The timeline with a shared gateway", () => {
  it("creates no gateway, and takes minutes", async () => {
    const prod = stackCases.find(({ stack }) => stack === "prod");
    const { recording } = await rehearsedStack(prod ?? { title: "", stack: "prod" });
    const [own, shared] = [timelineOf(recording.resources), timelineOf((await joinedStack()).resources)];
    const gateways = ({ deploy }: typeof own) =>
      deploy.steps.filter(({ type }) => type === azureTypes.virtualNetworkGateway).length;
    expect([gateways(own), gateways(shared)]).to.deep.equal([1, 0]);
    expect(shared.floor.gatewayMinutes).to.equal(0);
    expect(shared.deploy.total.typical).to.be.below(own.deploy.total.typical / 2);
  });
});
