import { expect } from "chai";
import { alarmGuards } from "../../../rehearsal/guards/alarms";
import { readEstate } from "../../../rehearsal/estate/estate";
import type { Props, Recording, Value } from "../../../rehearsal/model/recording";
import { resourceNamed, withInputs, without } from "../fixtures/change";
import { type Rehearsed, rehearsedStack, stackCases, type StackCase } from "../fixtures/stacks";

const setting = (name: string) => `azure-s3-privatelink:${name}`;

const single: StackCase = {
  title: "dev with alarms",
  stack: "dev",
  config: { [setting("alarms")]: "true", [setting("alarmEmails")]: '["us@example.com"]' },
};
const [dev, prod, dual] = stackCases;
if (dev === undefined || prod === undefined || dual === undefined) throw new Error("a case is missing");

/** What the guards report: the resource's logical name and the problem. */
function reported({ recording, intent }: Rehearsed): readonly string[] {
  const estate = readEstate(recording);
  return alarmGuards
    .flatMap((guard) => guard(estate, intent))
    .map(({ place, problem }) => `${place.split("::").at(-1) ?? ""}: ${problem}`);
}

type Change = (recording: Recording) => Recording;

const inputs =
  (name: string, changes: Readonly<Record<string, Value | undefined>>): Change =>
  (recording) =>
    withInputs(recording, name, changes);
const gone =
  (...names: readonly string[]): Change =>
  (recording) =>
    names.reduce(without, recording);
const dimensions =
  (name: string, change: (before: Props) => Props): Change =>
  (recording) =>
    withInputs(recording, name, {
      dimensions: change(resourceNamed(recording, name).inputs["dimensions"] as Props),
    });
const condition =
  (name: string, change: Props): Change =>
  (recording) => {
    const criteria = resourceNamed(recording, name).inputs["criteria"] as {
      readonly allOf: readonly Props[];
    };
    const allOf = criteria.allOf.map((one) => ({ ...one, ...change }));
    return withInputs(recording, name, { criteria: { ...criteria, allOf } });
  };

describe("The guards of alarms", () => {
  for (const given of [single, dual, prod])
    it(`report nothing of ${given.title}`, async () => {
      expect(reported(await rehearsedStack(given))).to.deep.equal([]);
    });

  it("ask for nothing where nobody wants alarms", async () => {
    expect(reported(await rehearsedStack(dev))).to.deep.equal([]);
  });

  it("report each end that nothing watches where somebody does", async () => {
    const { recording, intent } = await rehearsedStack(dev);
    const wanted = { ...intent, switches: new Set(["alarms"]), alarmEmails: ["us@example.com"] };
    const kept = "after a failure its cause could not be found";
    expect(reported({ recording, intent: wanted })).to.deep.equal([
      "vpn-aws-connection1: no alarm in AWS watches tunnel1: nobody would be notified that it is down",
      "vpn-aws-connection1: no alarm in AWS watches the connection of tunnel1: nobody would be notified that it is down",
      ": AWS has no topic that alarms could go to",
      "vpn-azure-gateway: no alert watches its TunnelIngressPacketDropTSMismatch",
      "vpn-azure-gateway: no alert watches its TunnelEgressPacketDropTSMismatch",
      `vpn-azure-gateway: its GatewayDiagnosticLog is kept nowhere: ${kept}`,
      `vpn-azure-gateway: its TunnelDiagnosticLog is kept nowhere: ${kept}`,
      `vpn-azure-gateway: its RouteDiagnosticLog is kept nowhere: ${kept}`,
      `vpn-azure-gateway: its IKEDiagnosticLog is kept nowhere: ${kept}`,
      ": Azure has no action group that alerts could go to",
    ]);
  });

  for (const { says, of = prod, change } of [
    // AWS
    {
      says: "vpn-aws-connection2: no alarm in AWS watches tunnel4: nobody would be notified that it is down",
      change: gone("alarms-aws-tunnel4"),
    },
    {
      says: "alarms-aws-tunnel1: stays silent when the tunnel has been down for 15 minutes",
      change: inputs("alarms-aws-tunnel1", { threshold: 0 }),
    },
    {
      says: "alarms-aws-tunnel1: stays silent when the tunnel has been down for 15 minutes",
      change: inputs("alarms-aws-tunnel1", { evaluationPeriods: 4 }),
    },
    {
      says: "alarms-aws-tunnel1: stays silent when nothing has been heard of the tunnel for 15 minutes",
      change: inputs("alarms-aws-tunnel1", { treatMissingData: undefined }),
    },
    {
      says: "alarms-aws-tunnel1: alarms when the tunnel is up",
      change: inputs("alarms-aws-tunnel1", { comparisonOperator: "LessThanOrEqualToThreshold" }),
    },
    {
      says: "alarms-aws-tunnel1: alarms when the tunnel is down for ten minutes, as when its key or its AWS endpoint is replaced",
      change: inputs("alarms-aws-tunnel1", { evaluationPeriods: 2 }),
    },
    {
      says: "alarms-aws-connection1: alarms when one tunnel of the connection is down and another is up",
      change: inputs("alarms-aws-connection1", { statistic: "Minimum" }),
    },
    {
      says: "alarms-aws-connection1: alarms when its one tunnel is up, and the unused one down as ever",
      of: single,
      change: inputs("alarms-aws-connection1", { statistic: "Average" }),
    },
    {
      says: "alarms-aws-connection1: stays silent when no tunnel of the connection has been up for 5 minutes",
      of: single,
      change: inputs("alarms-aws-connection1", { evaluationPeriods: 2 }),
    },
    {
      says: "alarms-aws-tunnel1: watches nothing of this link that is in use: it is always or never in alarm",
      of: single,
      change: (recording: Recording) =>
        dimensions("alarms-aws-tunnel1", (before) => ({
          ...before,
          TunnelIpAddress: resourceNamed(recording, "vpn-aws-connection1").outputs["tunnel2Address"] ?? "",
        }))(recording),
    },
    {
      says: "alarms-aws-tunnel1: watches nothing of this link that is in use: it is always or never in alarm",
      change: inputs("alarms-aws-tunnel1", { metricName: "TunnelDataIn" }),
    },
    {
      says: "alarms-aws-tunnel1: its actions are disabled: it notifies nobody",
      change: inputs("alarms-aws-tunnel1", { actionsEnabled: false }),
    },
    {
      says: "alarms-aws-tunnel1: notifies no topic of this stack that something is down",
      change: inputs("alarms-aws-tunnel1", {
        alarmActions: ["arn:aws:sns:ap-northeast-1:123456789012:another-topic"],
      }),
    },
    {
      says: "alarms-aws-tunnel1: notifies no topic of this stack that it works again",
      change: inputs("alarms-aws-tunnel1", { okActions: undefined }),
    },
    {
      says: "alarms-aws-tunnel1: its name does not say that it is about prod",
      change: inputs("alarms-aws-tunnel1", { name: "tunnel1" }),
    },
    {
      says: "alarms-aws-tunnel1: does not say that it is about tunnel1, or what to do",
      change: inputs("alarms-aws-tunnel1", { alarmDescription: "A tunnel is down." }),
    },
    {
      says: "alarms-aws-topic: does not notify us@example.com",
      of: single,
      change: gone("alarms-aws-us@example.com"),
    },
    {
      says: "alarms-aws-us@example.com: notifies an address that the settings do not name",
      of: single,
      change: inputs("alarms-aws-us@example.com", { endpoint: "them@example.com" }),
    },
    {
      says: "alarms-aws-topic: is encrypted with SNS's own key, with which CloudWatch may not publish: no alarm would arrive",
      change: inputs("alarms-aws-topic", { kmsMasterKeyId: "alias/aws/sns" }),
    },
    // Azure
    {
      says: "vpn-azure-gateway: no alert watches its BgpPeerStatus",
      change: gone("alarms-azure-bgp-peer"),
    },
    {
      says: "alarms-azure-bgp-peer: stays silent, or does not say where, when tunnel3 has lost its BGP peer for 15 minutes",
      change: condition("alarms-azure-bgp-peer", {
        dimensions: [{ name: "BgpPeerAddress", operator: "Include", values: ["169.254.21.1"] }],
      }),
    },
    {
      says: "alarms-azure-bgp-peer: stays silent, or does not say where, when tunnel1 has lost its BGP peer for 15 minutes",
      change: inputs("alarms-azure-bgp-peer", { windowSize: "PT1H" }),
    },
    {
      says: "alarms-azure-bgp-routes: stays silent, or does not say where, when tunnel2 has learned no route for 15 minutes",
      change: inputs("alarms-azure-bgp-routes", { evaluationFrequency: "PT1H", windowSize: "PT1H" }),
    },
    {
      says: "alarms-azure-bgp-peer: alarms while every tunnel is up and drops nothing",
      change: condition("alarms-azure-bgp-peer", { timeAggregation: "Average" }),
    },
    {
      says: "alarms-azure-ingress-mismatch: stays silent, or does not say where, when a packet of tunnel1 is dropped, because the ends disagree on its networks (Ingress)",
      of: single,
      change: condition("alarms-azure-ingress-mismatch", { threshold: 1 }),
    },
    {
      says: "alarms-azure-egress-mismatch: stays silent, or does not say where, when a packet of tunnel2 is dropped, because the ends disagree on its networks (Egress)",
      of: dual,
      change: condition("alarms-azure-egress-mismatch", { dimensions: [] }),
    },
    {
      says: "alarms-azure-egress-mismatch: alarms while every tunnel is up and drops nothing",
      of: dual,
      change: inputs("alarms-azure-egress-mismatch", { windowSize: "PT1H" }),
    },
    {
      says: "alarms-azure-egress-mismatch: watches a metric that does not concern this link: it is always or never in alarm",
      of: single,
      change: condition("alarms-azure-egress-mismatch", { metricName: "BgpPeerStatus" }),
    },
    {
      says: "alarms-azure-bgp-peer: is disabled: it notifies nobody",
      change: inputs("alarms-azure-bgp-peer", { enabled: false }),
    },
    {
      says: "alarms-azure-bgp-peer: notifies nobody of this stack",
      change: inputs("alarms-azure-bgp-peer", { actions: [] }),
    },
    {
      says: "alarms-azure-bgp-peer: watches no gateway of this stack",
      change: inputs("alarms-azure-bgp-peer", { scopes: ["/subscriptions/another"] }),
    },
    {
      says: "alarms-azure-bgp-peer: its name does not say that it is about prod",
      change: inputs("alarms-azure-bgp-peer", { ruleName: undefined }),
    },
    {
      says: "alarms-azure-bgp-peer: does not say what to do",
      change: inputs("alarms-azure-bgp-peer", { description: "A peer is lost." }),
    },
    {
      says: "alarms-azure-group: is disabled: it notifies nobody",
      change: inputs("alarms-azure-group", { enabled: false }),
    },
    {
      says: "alarms-azure-group: does not notify us@example.com",
      of: single,
      change: inputs("alarms-azure-group", { emailReceivers: [] }),
    },
    {
      says: "alarms-azure-group: notifies them@example.com, which the settings do not name",
      of: single,
      change: inputs("alarms-azure-group", {
        emailReceivers: ["us@example.com", "them@example.com"].map((address) => ({
          name: address,
          emailAddress: address,
        })),
      }),
    },
    {
      says: "alarms-azure-workspace: the gateway's logs are kept for less than 90 days",
      change: inputs("alarms-azure-workspace", { retentionInDays: 30 }),
    },
    {
      says: "vpn-azure-gateway: its IKEDiagnosticLog is kept nowhere: after a failure its cause could not be found",
      change: inputs("alarms-azure-logs", {
        logs: ["GatewayDiagnosticLog", "TunnelDiagnosticLog", "RouteDiagnosticLog"].map((category) => ({
          category,
          enabled: true,
        })),
      }),
    },
  ] as readonly { says: string; of?: StackCase; change: Change }[])
    it(`report ${says}`, async () => {
      const { recording, intent } = await rehearsedStack(of);
      expect(reported({ recording: change(recording), intent })).to.include(says);
    });
});
