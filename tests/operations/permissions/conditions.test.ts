import { expect } from "chai";
import type { Statement } from "../../../docs/permissions/place";
import { deployerInAws, reviewerInAws, verifyInAws } from "../../../docs/permissions/roles";
import { wildcardMatch } from "../../rehearsal/iam/statements";
import { arnOfKind, awsAction, type Kind } from "./awsActions";
import { judged, judgedPlace } from "./places";

/** Keys that every request has. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const inEveryRequest = ["aws:RequestedRegion"];
const here = { region: "ap-northeast-1", account: "123456789012" };

/**
 * Pairs of an action and a key of its statement that AWS does not look at together, for any kind of resource that the
 * statement names: such a statement never applies. The tags of a resource count for every kind that the call must have.
 */
async function dead({ Sid, Action, Resource, Condition = {} }: Statement): Promise<readonly string[]> {
  const keys = Object.values(Condition).flatMap((wanted) => Object.keys(wanted));
  const found = await Promise.all(
    Action.map(async (action) => {
      const { kinds, keys: ofCall } = await awsAction(action);
      const named: Kind[] = [];
      for (const kind of kinds) {
        const arn = await arnOfKind(kind, here, "x");
        if ([Resource].flat().some((pattern) => wildcardMatch(pattern, arn))) named.push(kind);
      }
      return keys
        .filter((key) => !inEveryRequest.includes(key))
        .filter((key) => {
          const published = key.replace(/Tag\/.*/, "Tag/${TagKey}");
          if (ofCall.includes(published)) return false;
          const judgedKinds = named.filter(({ required, isCreated }) => required && !isCreated);
          if (key.startsWith("aws:ResourceTag/") && judgedKinds.length > 0)
            return !judgedKinds.every((kind) => kind.keys.includes(published));
          return !named.some((kind) => kind.keys.includes(published));
        })
        .map((key) => `${Sid}: ${action} with ${key}`);
    }),
  );
  return found.flat();
}

describe("the conditions of the roles", function () {
  this.timeout(60_000);

  for (const stack of judged)
    it(`are such as AWS looks at for each action and resource of ${stack.says}`, async () => {
      const place = await judgedPlace(stack);
      const statements = [deployerInAws, reviewerInAws, verifyInAws].flatMap((role) => role(place).Statement);
      expect((await Promise.all(statements.map(dead))).flat()).to.deep.equal([]);
    });

  for (const { action, key, resource } of [
    { action: "ec2:DeleteVpc", key: "aws:RequestTag/stack", resource: "*" },
    { action: "ec2:CreateVpc", key: "aws:ResourceTag/stack", resource: "arn:aws:ec2:*:*:vpc/*" },
    { action: "ec2:DescribeVpcs", key: "aws:ResourceTag/stack", resource: "*" },
    { action: "ec2:DeleteTags", key: "ec2:CreateAction", resource: "*" },
    { action: "ec2:GetActiveVpnTunnelStatus", key: "aws:ResourceTag/stack", resource: "*" },
    { action: "s3:PutBucketPolicy", key: "aws:RequestTag/stack", resource: "arn:aws:s3:::x" },
  ])
    it(`control: find ${key} for ${action} dead`, async () => {
      const Condition = { StringEquals: { [key]: "prod" } };
      const statement = {
        Sid: "A",
        Effect: "Allow",
        Action: [action],
        Resource: resource,
        Condition,
      } as const;
      expect(await dead(statement)).to.deep.equal([`A: ${action} with ${key}`]);
    });
});
