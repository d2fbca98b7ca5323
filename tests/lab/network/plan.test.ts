import { expect } from "chai";
import { planNetwork } from "../../../lab/network/plan";
import { planLab } from "../../../lab/plan/labPlan";
import { handRecording } from "../support/handRecording";

describe("the lab's network", () => {
  for (const topology of ["single-tunnel", "dual-tunnel", "active-active"] as const) {
    it(`joins the private networks to nothing but their tunnels: ${topology}`, () => {
      const { links } = planNetwork(planLab(handRecording({ topology })));
      const outside = new Set(["internet", "edge", "internet-host", "public-s3"]);
      const isOutside = (role: string): boolean => outside.has(role) || role.includes("-ike");
      const crossing = links.filter(([one, other]) => isOutside(one.role) !== isOutside(other.role));
      expect(crossing).to.deep.equal([]);
    });
  }

  it("gives two tunnels of one Azure address a namespace each, chosen by the peer's address", () => {
    const { commands } = planNetwork(planLab(handRecording({ topology: "dual-tunnel" })));
    expect(commands["edge"]?.filter((command) => command.startsWith("rule"))).to.deep.equal([
      "rule add from 203.0.113.11 to 198.51.100.11 lookup 101 pref 101",
      "rule add from 203.0.113.12 to 198.51.100.11 lookup 102 pref 102",
    ]);
  });

  it("sends nothing back from a subnet whose routes do not lead to the gateway", () => {
    const plan = planLab(handRecording());
    const without = {
      ...plan.aws,
      subnets: plan.aws.subnets.map((subnet) => ({ ...subnet, returns: false })),
    };
    expect(planNetwork(plan).commands["vpc"]).to.deep.equal([]);
    expect(planNetwork({ ...plan, aws: without }).commands["vpc"]).to.deep.equal([
      "rule add iif subnet1 to 10.0.1.0/24 prohibit pref 100",
    ]);
  });
});
