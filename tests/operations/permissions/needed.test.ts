import { expect } from "chai";
import { deployerInAws } from "../../../docs/permissions/roles";
import type { StackPlace } from "../../../docs/permissions/place";
import { questionsOf, refused, type Operation } from "./needed";
import { concrete, judged, judgedPlace } from "./places";
import type { Question } from "./identityPolicy";

const operations: readonly Operation[] = ["create", "read", "update", "delete"];

for (const stack of judged)
  describe(`the deployer of ${stack.says}`, function () {
    this.timeout(60_000);
    let place: StackPlace;
    let questions: readonly Question[];
    before(async () => {
      place = await judgedPlace(stack);
      const resources = concrete(place.resources);
      const asked = await Promise.all(
        resources.flatMap((resource) =>
          operations.map((operation) => questionsOf(operation, resource, resources, place)),
        ),
      );
      questions = asked.flat();
    });

    it("may create, read, update and delete each resource of the stack", () => {
      expect(questions).to.have.length.greaterThan(100);
      expect(refused(deployerInAws(place), questions)).to.deep.equal([]);
    });

    it("is given no action that no resource needs", () => {
      const needed = new Set(questions.map(({ action }) => action));
      const given = deployerInAws(place).Statement.flatMap(({ Action }) => Action);
      const idle = given.filter((action) => !needed.has(action));
      expect([...new Set(idle)].sort()).to.deep.equal(["ec2:DescribeAvailabilityZones", "iam:GetRole"]);
    });

    it("control: could not without any one of its actions in any one statement", () => {
      const policy = deployerInAws(place);
      const beside = ["ec2:DescribeAvailabilityZones", "iam:GetRole"];
      const idle = policy.Statement.flatMap((statement) =>
        statement.Action.filter((action) => !beside.includes(action)).flatMap((action) => {
          const Action = statement.Action.filter((one) => one !== action);
          const Statement = policy.Statement.map((one) => (one === statement ? { ...one, Action } : one));
          const asked = questions.filter((question) => question.action === action);
          return refused({ Statement }, asked).length > 0 ? [] : [`${statement.Sid}: ${action}`];
        }),
      );
      expect(idle).to.deep.equal([]);
    });

    it("control: could not with the tags of another stack", () => {
      const { Statement } = deployerInAws({ ...place, stack: "test" });
      expect(refused({ Statement }, questions)).to.include.members([
        ...new Set(
          questions
            .filter(({ action }) => action === "ec2:DeleteVpc")
            .map(({ action, resource }) => `${action} on ${resource}`),
        ),
      ]);
    });
  });
