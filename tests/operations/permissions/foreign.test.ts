import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { StackPlace, Statement } from "../../../docs/permissions/place";
import { deployerInAws, reviewerInAws, verifyInAws } from "../../../docs/permissions/roles";
import { unscoped } from "../../../docs/permissions/unscoped";
import { awsAction } from "./awsActions";
import { allowedOnForeign, foreignEstate } from "./foreign";
import { judged, judgedPlace, thingsOf } from "./places";

const roles = { deployer: deployerInAws, reviewer: reviewerInAws, verify: verifyInAws };
type Policy = { readonly Statement: readonly Statement[] };

/** The deployer's policy as it was before roles were made for each stack. */
const unscopedDeployer = JSON.parse(
  readFileSync(path.join(__dirname, "unscopedDeployer.json"), "utf8"),
) as Policy;

async function found(policy: Policy, place: StackPlace): Promise<readonly string[]> {
  const ours = thingsOf(place);
  const actions = policy.Statement.flatMap(({ Action }) => Action);
  const all = await allowedOnForeign(policy, ours, await foreignEstate(ours, actions, place), place);
  return all.filter((line) => !((line.split(" ")[0] ?? "") in unscoped));
}

for (const stack of judged)
  describe(`what the roles of ${stack.says} may do with what is not the stack's`, function () {
    this.timeout(60_000);
    let place: StackPlace;
    before(async () => (place = await judgedPlace(stack)));

    for (const [name, policy] of Object.entries(roles))
      it(`is nothing for ${name}`, async () => {
        expect(await found(policy(place), place)).to.deep.equal([]);
      });

    it("control: was much for the deployer of before", async () => {
      const lines = await found(unscopedDeployer, place);
      for (const part of [
        /^ec2:CreateTags on .*:vpn-connection\/.* of somebody without tags$/,
        /^ec2:DeleteVpnConnection on .* of the stack test /,
        /^s3:PutBucketPolicy on .* of the stack test /,
        /^s3:PutLifecycleConfiguration on .* of a stack from before/,
        /^iam:CreateAccessKey on .* of the stack test /,
        /^ec2:EnableVgwRoutePropagation on .*:route-table\/.* of somebody without tags$/,
      ])
        expect(
          lines.some((line) => part.test(line)),
          String(part),
        ).to.equal(true);
    });

    it("control: is something without any one of the deployer's conditions, or with wider names", async () => {
      const policy = deployerInAws(place);
      for (const statement of policy.Statement) {
        if (statement.Resource === "*" || statement.Sid === "KnowMyself") continue;
        const { Condition, ...rest } = statement;
        // A request with our tags creates nothing foreign: the condition keeps what is created from being without them.
        if (statement.Sid.startsWith("CreateWith")) continue;
        const wider: Statement =
          Condition === undefined ? { ...rest, Resource: widened(statement.Resource) } : rest;
        // For one action of it, which is enough.
        const Action = statement.Action.slice(0, 1);
        const Statement = policy.Statement.filter((one) => one !== statement)
          .concat(wider)
          .filter((one) => Action.some((action) => one.Action.includes(action)))
          .map((one) => ({ ...one, Action }));
        expect(await found({ Statement }, place), statement.Sid).to.not.deep.equal([]);
      }
    });
  });

describe("the actions that AWS ties to no resource", () => {
  it("are those alone that the roles may call on everything", async function () {
    this.timeout(60_000);
    const everywhere = new Set<string>();
    for (const stack of judged) {
      const place = await judgedPlace(stack);
      for (const policy of Object.values(roles))
        for (const { Action, Resource } of policy(place).Statement)
          if (Resource === "*") Action.forEach((action) => everywhere.add(action));
    }
    expect([...everywhere].sort()).to.deep.equal(Object.keys(unscoped).sort());
  });

  it("have no resource in AWS's reference, but for those that a request does not name", async () => {
    const withResource = await Promise.all(
      Object.keys(unscoped).map(async (action) =>
        (await awsAction(action)).kinds.length > 0 ? [action] : [],
      ),
    );
    expect(withResource.flat()).to.deep.equal(["cloudwatch:GetMetricData", "ec2:GetActiveVpnTunnelStatus"]);
  });

  it("change nothing of others, but for the delivery of logs", async () => {
    const changing = await Promise.all(
      Object.keys(unscoped).map(async (action) =>
        /Write|Permissions|Tagging/.test((await awsAction(action)).accessLevel) ? [action] : [],
      ),
    );
    expect(changing.flat()).to.deep.equal([
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ]);
  });

  it("show keys to those alone who need the tunnels' state", async () => {
    for (const stack of judged) {
      const actions = reviewerInAws(await judgedPlace(stack)).Statement.flatMap(({ Action }) => Action);
      expect([...actions].sort()).to.deep.equal(["ec2:DescribeAvailabilityZones", "iam:GetRole"]);
    }
  });
});

/** As the names were before: without the stack. */
function widened(resource: string | readonly string[]): readonly string[] {
  return [resource].flat().map((arn) => arn.replace(/(dev|prod)(?=-\?|:|-|$).*$/, "*").replace(/-\*$/, "*"));
}
