import { expect } from "chai";
import { Address4 } from "ip-address";
import * as fc from "fast-check";
import {
  azureBgpAddresses,
  connectionBgpAddresses,
  type InsideCidrs,
  planVpn,
  type Topology,
  type VpnPlan,
} from "../../vpn/tunnels";

const insideCidrs: InsideCidrs = {
  tunnel1: "169.254.21.0/30",
  tunnel2: "169.254.22.0/30",
  tunnel3: "169.254.21.4/30",
  tunnel4: "169.254.22.4/30",
};
const singleTunnel: Topology = { kind: "single-tunnel", sku: "Basic", insideCidrs };
const dualTunnel: Topology = { kind: "dual-tunnel", sku: "VpnGw1AZ", insideCidrs };
const activeActive: Topology = {
  kind: "active-active",
  sku: "VpnGw2AZ",
  azureAsn: 65000,
  awsAsn: 64512,
  insideCidrs,
};

const shape = (plan: VpnPlan) =>
  plan.tunnels.map((t) => `${t.name}: AWS ${t.awsConnection}/${t.awsSlot} – Azure ${t.azureInstance}`);

describe("the plan of tunnels", () => {
  for (const { topology, tunnels, connections, instances, routing } of [
    {
      topology: singleTunnel,
      tunnels: ["tunnel1: AWS 1/1 – Azure 0"],
      connections: 1,
      instances: [0],
      routing: { kind: "static" },
    },
    {
      topology: dualTunnel,
      tunnels: ["tunnel1: AWS 1/1 – Azure 0", "tunnel2: AWS 1/2 – Azure 0"],
      connections: 1,
      instances: [0],
      routing: { kind: "static" },
    },
    {
      topology: activeActive,
      tunnels: [
        "tunnel1: AWS 1/1 – Azure 0",
        "tunnel2: AWS 1/2 – Azure 0",
        "tunnel3: AWS 2/1 – Azure 1",
        "tunnel4: AWS 2/2 – Azure 1",
      ],
      connections: 2,
      instances: [0, 1],
      routing: { kind: "bgp", azureAsn: 65000, awsAsn: 64512 },
    },
  ] as const)
    it(`gives ${topology.kind} its tunnels, connections, instances and routing`, () => {
      const plan = planVpn(topology);
      expect(shape(plan)).to.deep.equal(tunnels);
      expect(plan.awsConnections).to.have.length(connections);
      expect(plan.azureInstances).to.deep.equal(instances);
      expect(plan.routing).to.deep.equal(routing);
    });

  it("plans AWS's second tunnel also where Azure does not use it", () => {
    const [connection] = planVpn(singleTunnel).awsConnections;
    expect(connection?.tunnels.map((t) => t.name)).to.deep.equal(["tunnel1", "tunnel2"]);
  });

  it("reproduces the addresses of Microsoft's table for AWS", () => {
    const { tunnels } = planVpn(activeActive);
    expect(tunnels.map((t) => [t.name, t.azureInsideIp, t.awsInsideIp])).to.deep.equal([
      ["tunnel1", "169.254.21.2", "169.254.21.1"],
      ["tunnel2", "169.254.22.2", "169.254.22.1"],
      ["tunnel3", "169.254.21.6", "169.254.21.5"],
      ["tunnel4", "169.254.22.6", "169.254.22.5"],
    ]);
  });

  it("gives AWS the first and Azure the second host of whatever /30 a tunnel has", () => {
    const blocks = fc.uniqueArray(fc.integer({ min: 0, max: 127 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(blocks, (indexes) => {
        const first = new Address4("169.254.21.0").bigInt();
        const cidrs = indexes.map((i) => `${Address4.fromBigInt(first + BigInt(4 * i)).address}/30`);
        const [tunnel1, tunnel2, tunnel3, tunnel4] = cidrs as [string, string, string, string];
        const plan = planVpn({ ...activeActive, insideCidrs: { tunnel1, tunnel2, tunnel3, tunnel4 } });
        for (const tunnel of plan.tunnels) {
          const network = new Address4(tunnel.insideCidr);
          expect(tunnel.awsInsideIp).to.equal(network.startAddressExclusive().address);
          expect(tunnel.azureInsideIp).to.equal(network.endAddressExclusive().address);
        }
      }),
    );
  });
});

describe("the BGP addresses on Azure", () => {
  const plan = planVpn(activeActive);

  it("gives each instance the addresses of its own tunnels", () => {
    expect(azureBgpAddresses(plan.tunnels, 0)).to.deep.equal(["169.254.21.2", "169.254.22.2"]);
    expect(azureBgpAddresses(plan.tunnels, 1)).to.deep.equal(["169.254.21.6", "169.254.22.6"]);
  });

  for (const { name, addresses } of [
    { name: "tunnel1", addresses: ["169.254.21.2", "169.254.21.6"] },
    { name: "tunnel2", addresses: ["169.254.22.2", "169.254.21.6"] },
    { name: "tunnel3", addresses: ["169.254.21.2", "169.254.21.6"] },
    { name: "tunnel4", addresses: ["169.254.21.2", "169.254.22.6"] },
  ])
    it(`lets ${name} name its own address, and the first one of the instance that it does not reach`, () => {
      const tunnel = plan.tunnels.find((t) => t.name === name);
      if (tunnel === undefined) expect.fail(`the plan has no ${name}`);
      const named = connectionBgpAddresses(tunnel, plan.tunnels, plan.azureInstances);
      expect(named).to.deep.equal(addresses.map((address, instance) => ({ instance, address })));
    });
});
