import { expect } from "chai";
import { planAwsAlarms, planAzureAlerts } from "../../monitoring/alarmPlan";
import { planVpn, type Topology } from "../../vpn/tunnels";

const insideCidrs = {
  tunnel1: "169.254.21.0/30",
  tunnel2: "169.254.22.0/30",
  tunnel3: "169.254.21.4/30",
  tunnel4: "169.254.22.4/30",
};
const topologies: Readonly<Record<Topology["kind"], Topology>> = {
  "single-tunnel": { kind: "single-tunnel", sku: "Basic", insideCidrs },
  "dual-tunnel": { kind: "dual-tunnel", sku: "VpnGw1AZ", insideCidrs },
  "active-active": {
    kind: "active-active",
    sku: "VpnGw2AZ",
    azureAsn: 65000,
    awsAsn: 64512,
    insideCidrs,
  },
};

describe("AWS's alarms", () => {
  for (const { kind, alarms } of [
    {
      kind: "single-tunnel",
      alarms: ["tunnel1: connection 1, slot 1, 3 periods", "connection1: connection 1, 1 periods"],
    },
    {
      kind: "dual-tunnel",
      alarms: [
        "tunnel1: connection 1, slot 1, 3 periods",
        "tunnel2: connection 1, slot 2, 3 periods",
        "connection1: connection 1, 1 periods",
      ],
    },
    {
      kind: "active-active",
      alarms: [
        "tunnel1: connection 1, slot 1, 3 periods",
        "tunnel2: connection 1, slot 2, 3 periods",
        "tunnel3: connection 2, slot 1, 3 periods",
        "tunnel4: connection 2, slot 2, 3 periods",
        "connection1: connection 1, 1 periods",
        "connection2: connection 2, 1 periods",
      ],
    },
  ] as const)
    it(`of ${kind} watch each tunnel in use, and each connection`, () => {
      const planned = planAwsAlarms(planVpn(topologies[kind])).map(
        ({ name, awsConnection, awsSlot, periods }) =>
          `${name}: connection ${awsConnection}${awsSlot === undefined ? "" : `, slot ${awsSlot}`}, ${periods} periods`,
      );
      expect(planned).to.deep.equal(alarms);
    });

  it("say which tunnels they are about, and where it says what to do", () => {
    const [first, , , , , last] = planAwsAlarms(planVpn(topologies["active-active"]));
    expect([first?.says, last?.says]).to.deep.equal([
      "tunnel1 has been down for 15 minutes. What to do: docs/runbooks/tunnel-down.md",
      "AWS connection 2 (tunnel3, tunnel4) has had no tunnel up for 5 minutes. What to do: docs/runbooks/tunnel-down.md",
    ]);
  });
});

describe("Azure's alerts", () => {
  for (const kind of ["single-tunnel", "dual-tunnel"] as const)
    it(`of ${kind}, which has no BGP, watch what is dropped, on each connection by itself`, () => {
      const planned = planAzureAlerts(planVpn(topologies[kind])).map(
        ({ metric, operator, threshold, dimension }) =>
          `${metric} ${operator} ${threshold} by ${dimension.name} ${dimension.values.join(", ")}`,
      );
      expect(planned).to.deep.equal([
        "TunnelIngressPacketDropTSMismatch GreaterThan 0 by ConnectionName *",
        "TunnelEgressPacketDropTSMismatch GreaterThan 0 by ConnectionName *",
      ]);
    });

  it("of active-active watch AWS's four peers and what each of them announces as well", () => {
    const [peer, routes, ...others] = planAzureAlerts(planVpn(topologies["active-active"]));
    const dimension = {
      name: "BgpPeerAddress",
      values: ["169.254.21.1", "169.254.22.1", "169.254.21.5", "169.254.22.5"],
    };
    const peers =
      "(169.254.21.1 is tunnel1, 169.254.22.1 is tunnel2, 169.254.21.5 is tunnel3, 169.254.22.5 is tunnel4)";
    expect(peer).to.deep.equal({
      name: "bgp-peer",
      metric: "BgpPeerStatus",
      operator: "LessThan",
      threshold: 1,
      dimension,
      severity: 1,
      says: `Azure has lost a BGP peer in AWS ${peers}. What to do: docs/runbooks/tunnel-down.md`,
    });
    expect(routes).to.deep.equal({
      ...peer,
      name: "bgp-routes",
      metric: "BgpRoutesLearned",
      says: `Azure learns no route from AWS ${peers}. What to do: docs/runbooks/tunnel-down.md`,
    });
    expect(others.map(({ name }) => name)).to.deep.equal(["ingress-mismatch", "egress-mismatch"]);
  });
});
