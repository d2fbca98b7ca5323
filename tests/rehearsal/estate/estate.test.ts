import { expect } from "chai";
import { readEstate } from "../../../rehearsal/estate/estate";
import { text } from "../../../rehearsal/model/values";
import type { RecordedResource, Recording } from "../../../rehearsal/model/recording";
import { judge } from "../../../rehearsal/verdict/verdict";
import { withInputs } from "../fixtures/change";
import { devStack, rehearsedStack, stackCases } from "../fixtures/stacks";

describe("An estate", () => {
  for (const given of stackCases)
    it(`is read by values and never by logical names: ${given.title}`, async () => {
      const { recording, intent } = await rehearsedStack(given);
      const verdict = judge(renamed(recording), intent);
      expect(verdict.findings).to.deep.equal([]);
    });

  it("follows a connection to its gateway, its addresses and the far end", async () => {
    const { recording } = await devStack();
    const [connection] = readEstate(recording).azure.connections;
    const [instance] = connection?.gateway?.instances ?? [];
    expect({
      sku: connection?.gateway?.sku,
      address: instance?.publicIp?.address,
      subnet: instance?.subnet?.name,
      network: instance?.subnet?.network?.prefixes,
      farEnd: connection?.localNetworkGateway?.prefixes,
    }).to.deep.equal({
      sku: "Basic",
      address: "203.0.113.86",
      subnet: "GatewaySubnet",
      network: ["10.0.1.0/24"],
      farEnd: ["10.0.0.0/24"],
    });
  });

  it("finds an Azure resource by its id in whatever case", async () => {
    const { recording } = await devStack();
    const shouted = recording.resources.map((resource) => {
      const gateway = text(resource.inputs, "virtualNetworkGateway1.id");
      if (gateway === undefined) return resource;
      return {
        ...resource,
        inputs: { ...resource.inputs, virtualNetworkGateway1: { id: gateway.toUpperCase() } },
      };
    });
    const { connections, gateways } = readEstate({ ...recording, resources: shouted }).azure;
    expect(connections.map(({ gateway }) => gateway)).to.deep.equal([gateways[0]]);
    expect(gateways[0]).to.not.equal(undefined);
  });

  it("sorts the rules of a security group by priority", async () => {
    const { recording } = await devStack();
    const [group] = readEstate(recording).azure.securityGroups;
    expect(group?.rules.map((rule) => rule.priority)).to.deep.equal([100, 4096, 4096]);
  });

  it("joins nothing where an id leads nowhere", async () => {
    const { recording } = await devStack();
    const broken = withInputs(recording, "vpn-tunnel1-azure-connection", {
      virtualNetworkGateway1: { id: "/none" },
    });
    expect(readEstate(broken).azure.connections[0]?.gateway).to.equal(undefined);
  });

  it("reads a program that made nothing", () => {
    const nothing = {
      stack: "none",
      resources: [],
      outputs: {},
      secretOutputs: [],
      refusals: [],
      errors: [],
    };
    const estate = readEstate(nothing);
    expect(estate.azure.connections.length + estate.aws.vpnConnections.length).to.equal(0);
  });
});

/** The same estate under names that say nothing, in the same alphabetical order, which numbers the tunnels. */
function renamed(recording: Recording): Recording {
  const sorted = recording.resources.map((resource) => resource.name).sort();
  const nameOf = (resource: RecordedResource) => `n${String(1000 + sorted.indexOf(resource.name))}`;
  const urns = new Map(
    recording.resources.map((resource) => [resource.urn, `urn:pulumi:s::p::t::${nameOf(resource)}`]),
  );
  const urnOf = (old: string) => urns.get(old) ?? old;
  const rename = (resource: RecordedResource): RecordedResource => ({
    ...resource,
    urn: urnOf(resource.urn),
    name: nameOf(resource),
    parent: resource.parent === undefined ? undefined : urnOf(resource.parent),
    dependencies: resource.dependencies.map(urnOf),
  });
  return { ...recording, resources: recording.resources.map(rename) };
}
