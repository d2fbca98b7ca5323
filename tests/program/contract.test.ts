import { expect } from "chai";
import { composed, type OutputsOf } from "../../contract";

/** What must not compile: `npm run check` fails where one of these does. */
const refused = {
  missing: (): OutputsOf<"clientVm"> => ({
    // @ts-expect-error: a field is missing.
    clientVm: composed({ id: "id" }),
  }),
  extra: (): OutputsOf<"clientVm"> => ({
    // @ts-expect-error: a field is not in the contract.
    clientVm: composed({ id: "id", name: "name", size: "small" }),
  }),
  missingInside: (): OutputsOf<"awsNetwork"> => ({
    // @ts-expect-error: all fields but one.
    awsNetwork: composed({ vpcId: "vpc-1", cidr: "10.0.0.0/24", routeTableId: "rtb-1", subnetIds: {} }),
  }),
  // @ts-expect-error: a component with alarms exports them.
  absent: (): OutputsOf<"alarms"> => ({}),
  // @ts-expect-error: this output belongs to another component.
  foreign: (): OutputsOf<"clientVm"> => ({ clientVm: composed({ id: "id", name: "name" }), awsRegion: "x" }),
};

describe("a component's part of the contract", () => {
  it("compiles with exactly its fields only", () => {
    expect(Object.keys(refused)).to.have.length(5);
  });
});
