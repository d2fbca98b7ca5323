import { expect } from "chai";
import { leaveOut, nearest, UnknownNameError } from "../../../rehearsal/run/leaveOut";
import { judge } from "../../../rehearsal/verdict/verdict";
import { resourceNamed } from "../fixtures/change";
import { rehearsedStack, devStack, stackCases } from "../fixtures/stacks";

describe("Leaving something out", function () {
  this.timeout("2m");

  it("takes a resource by its logical name or its URN", async () => {
    const { recording } = await devStack();
    const { urn } = resourceNamed(recording, "vpn-aws-propagation");
    for (const name of ["vpn-aws-propagation", urn]) {
      const without = leaveOut(recording, name);
      expect(without.names).to.deep.equal(["vpn-aws-propagation"]);
      expect(without.recording.resources).to.have.length(recording.resources.length - 1);
    }
  });

  it("takes a tunnel for its Azure connection", async () => {
    const [, prod] = stackCases;
    const { recording } = await rehearsedStack(prod ?? { title: "", stack: "prod" });
    expect(leaveOut(recording, "tunnel3").names).to.deep.equal(["vpn-tunnel3-azure-connection"]);
  });

  it("takes with a resource group what lies in it, and with a component what it made", async () => {
    const { recording } = await devStack();
    const azure = recording.resources.filter((resource) => resource.type.startsWith("azure-native:"));
    expect(leaveOut(recording, "azure-group").names).to.have.members(azure.map((resource) => resource.name));
    expect(leaveOut(recording, "aws").names).to.deep.equal([
      "aws",
      "aws-network",
      "aws-routes",
      "aws-subnet-any",
      "aws-routes-any",
    ]);
  });

  for (const given of stackCases)
    it(`of whatever resource is noticed: ${given.title}`, async () => {
      const { recording, intent } = await rehearsedStack(given);
      const unnoticed = recording.resources
        .filter((resource) => resource.type !== "pulumi:pulumi:Stack")
        .filter((resource) => judge(leaveOut(recording, resource.urn).recording, intent).ok);
      expect(unnoticed.map((resource) => resource.name)).to.deep.equal([]);
    });

  it("of an unknown name says what is near", async () => {
    const { recording } = await devStack();
    expect(() => leaveOut(recording, "vpn-aws-propagatoin")).to.throw(
      UnknownNameError,
      /^--break vpn-aws-propagatoin: the stack has no such resource or tunnel; did you mean vpn-aws-propagation, /,
    );
  });

  it("names those that contain the word before those that are spelt alike", () => {
    expect(nearest("route", ["aws-routes", "group", "vpn-route", "router"])).to.equal(
      "did you mean aws-routes, vpn-route, router?",
    );
    expect(nearest("x", [])).to.equal("there is none");
  });
});
