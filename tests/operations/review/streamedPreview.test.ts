import { expect } from "chai";
import { PreviewError, readPreview } from "../../../operations/review/preview";

const urn = "urn:pulumi:dev::p::aws:ec2/vpnConnection:VpnConnection::vpn-aws-connection1";
const events = [
  { sequence: 0, timestamp: 1, preludeEvent: { config: { "p:vpnTopology": "dual-tunnel" } } },
  {
    sequence: 1,
    timestamp: 1,
    resourcePreEvent: {
      metadata: {
        op: "replace",
        urn,
        keys: ["type"],
        diffs: ["type"],
        detailedDiff: { type: { diffKind: "update-replace", inputDiff: true } },
        old: { urn, inputs: { type: "ipsec.1" }, outputs: {} },
        new: { urn, inputs: { type: "ipsec.2" }, outputs: {} },
      },
      planning: true,
    },
  },
  { sequence: 2, timestamp: 1, summaryEvent: { resourceChanges: { replace: 1 } } },
];

describe("the streaming form of a preview", () => {
  it("is read like the whole document, with the line ends of Windows too", () => {
    for (const end of ["\n", "\r\n"]) {
      const { steps, config, isNew } = readPreview(events.map((event) => JSON.stringify(event)).join(end));
      expect({ config, isNew }).to.deep.equal({ config: { "p:vpnTopology": "dual-tunnel" }, isNew: false });
      expect(steps).to.deep.equal([
        {
          op: "replace",
          urn,
          type: "aws:ec2/vpnConnection:VpnConnection",
          name: "vpn-aws-connection1",
          changes: ["type"],
          forcing: ["type"],
          before: { type: "ipsec.1" },
          after: { type: "ipsec.2" },
        },
      ]);
    }
  });

  it("is refused where it ends before its summary", () => {
    const half = events.slice(0, 2).map((event) => JSON.stringify(event));
    expect(() => readPreview(half.join("\n"))).to.throw(PreviewError);
  });
});
