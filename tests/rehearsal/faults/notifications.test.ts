import { expect } from "chai";
import { judgeFaults } from "../../../rehearsal/faults/faults";
import { type StackCase, rehearsedStack, stackCases } from "../fixtures/stacks";

const [dev, prod, dual] = stackCases;
if (dev === undefined || prod === undefined || dual === undefined) throw new Error("a case is missing");
const single: StackCase = {
  title: "dev with alarms",
  stack: "dev",
  config: { "azure-s3-privatelink:alarms": "true" },
};

async function toldOf(given: StackCase, failure: string): Promise<readonly string[] | undefined> {
  const { singles, pairs } = judgeFaults((await rehearsedStack(given)).recording);
  const found = [...singles, ...pairs].find(({ name }) => name === failure);
  if (found === undefined) throw new Error(`${given.title} has no failure ${failure}`);
  return found.notifications?.map(({ by, alarm, afterMinutes }) => `${by} ${alarm} ${afterMinutes}`);
}

describe("Who tells of a failure", () => {
  for (const { given, failure, told } of [
    { given: prod, failure: "tunnel3", told: ["AWS tunnel3 15", "Azure bgp-peer 5", "Azure bgp-routes 5"] },
    {
      given: prod,
      failure: "azure-instance2",
      told: [
        ...["AWS connection2 5", "AWS tunnel3 15", "AWS tunnel4 15"],
        ...["Azure bgp-peer 5", "Azure bgp-routes 5"],
      ],
    },
    { given: dual, failure: "tunnel2", told: ["AWS tunnel2 15"] },
    {
      given: dual,
      failure: "tunnel1+tunnel2",
      told: ["AWS connection1 5", "AWS tunnel1 15", "AWS tunnel2 15"],
    },
    { given: single, failure: "tunnel1", told: ["AWS connection1 5", "AWS tunnel1 15"] },
  ])
    it(`is for ${failure} of ${given.title} ${told.join(", ")}`, async () => {
      expect(await toldOf(given, failure)).to.have.members(told);
    });

  it("is nobody where packets are lost in silence, and static routes notice nothing", async () => {
    expect(await toldOf(single, "tunnel1-silent")).to.deep.equal([]);
  });

  it("is nobody where it is over before anybody would be told", async () => {
    expect(await toldOf(single, "azure-instance1")).to.deep.equal([]);
  });

  it("is not known of a resource that is gone, and of a link that nothing watches", async () => {
    expect(await toldOf(prod, "no-vpn-aws-attachment")).to.equal(undefined);
    expect(await toldOf(dev, "tunnel1")).to.equal(undefined);
  });

  it("stands among what is said of the failure", async () => {
    const { singles } = judgeFaults((await rehearsedStack(prod)).recording);
    expect(singles.find(({ name }) => name === "tunnel1")?.says).to.include(
      "If it lasts, alarms report it: AWS by tunnel1 after 15 minutes; Azure by bgp-peer after 5 minutes, bgp-routes after 5 minutes.",
    );
  });
});
