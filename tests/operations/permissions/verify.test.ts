import { expect } from "chai";
import { collectFacts } from "../../../operations/verify/collect/collect";
import { Clouds } from "../support/clouds";
import { hasPython } from "../../suites/machine";
import { awsActions, azureActions } from "./documents";
import { idOf } from "../support/place";

/** Nobody needs a permission for it. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const free = ["sts:GetCallerIdentity"];

describe("the permissions that verify is documented to need", function () {
  this.timeout(60_000);
  let clouds: Clouds;
  let asked: { aws: readonly string[]; azure: readonly string[] };

  before(async function () {
    this.timeout(300_000);
    if (!hasPython()) this.skip();
    clouds = await Clouds.start();
    const { outputs } = await clouds.deploy("active-active");
    // Only a subnet with a route table leads to one.
    putRouteTable(clouds, idOf(outputs.azureNetwork.clientSubnetId));
    await collectFacts(outputs, clouds.access());
    asked = { aws: clouds.aws.asked, azure: clouds.azure.asked };
  });
  after(() => {
    clouds.stop();
  });

  it("are those that it asks AWS with, and no more", () => {
    const needed = [...new Set(asked.aws)].filter((action) => !free.includes(action)).sort();
    expect(needed).to.deep.equal([...awsActions("verify", "prod")].sort());
  });

  it("are those that it asks Azure with, and no more", () => {
    // Azure does not care for the case of an action.
    const plain = (actions: readonly string[]) =>
      [...new Set(actions.map((one) => one.toLowerCase()))].sort();
    expect(plain(asked.azure)).to.deep.equal(plain(azureActions("verify", "prod")));
  });

  it("let it change nothing", () => {
    for (const action of awsActions("verify", "prod")) expect(action).to.match(/^\w+:(Describe|Get|List)/);
    for (const action of azureActions("verify", "prod"))
      expect(action).to.match(/\/(read|(get|retrieve)\w+\/action)$/);
  });
});

function putRouteTable({ azure }: Clouds, subnetId: string): void {
  const subnet = azure.resources.get(subnetId.toLowerCase());
  if (subnet === undefined) throw new Error(`no subnet ${subnetId}`);
  const id = subnetId.replace(/(Microsoft\.Network)\/.*/, "$1/routeTables/table");
  azure.resources.set(id.toLowerCase(), { id, name: "table", properties: { routes: [] } });
  subnet["properties"] = { ...(subnet["properties"] as object), routeTable: { id } };
}
