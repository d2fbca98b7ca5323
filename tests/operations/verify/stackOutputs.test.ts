import { expect } from "chai";
import { checkOutput } from "../../../examples/consumer/link";
import { parseOutputs, UsageError } from "../../../operations/verify/stackOutputs";
import type { StackOutputs } from "../../../outputs";
import { withUnknownField } from "../support/unknownFields";
import { writtenOutputs } from "../support/writtenOutputs";

const outputs: StackOutputs = {
  ...writtenOutputs("active-active"),
  clientVm: { id: "/machine", name: "client-machine" },
  alarms: { topicArn: "arn:aws:sns:x", actionGroupId: "/group", workspaceId: "/workspace" },
};
const names = Object.keys(outputs) as (keyof StackOutputs)[];

describe("a reader of the stack's outputs", () => {
  for (const { place, value } of withUnknownField(outputs)) {
    it(`drops a field of ${place} that it does not know, in verify`, () => {
      expect(parseOutputs(value, "prod")).to.deep.equal(outputs);
    });

    it(`drops a field of ${place} that it does not know, in another team's program`, () => {
      const read = names.map((name) => [name, checkOutput("prod", name, (value as StackOutputs)[name])]);
      expect(Object.fromEntries(read)).to.deep.equal(outputs);
    });
  }

  it("refuses outputs without a field that it needs, wherever it is", () => {
    const vpn = { ...outputs.vpn, tunnels: [{ ...outputs.vpn.tunnels[0], insideCidr: undefined }] };
    expect(() => parseOutputs({ ...outputs, vpn }, "prod")).to.throw(
      UsageError,
      /vpn\.tunnels\.0\.insideCidr/,
    );
    expect(() => checkOutput("prod", "vpn", vpn)).to.throw(/exports vpn\.tunnels\.0\.insideCidr outside/);
  });
});
