import { expect } from "chai";
import path from "node:path";
import { cloudTypes } from "../../rehearsal/clouds/cloudTypes";
import type { Recording } from "../../rehearsal/model/recording";
import { azureTypes } from "../../rehearsal/model/resourceTypes";
import { record } from "../../rehearsal/run/record";

const projectDir = path.resolve(__dirname, "../..");

/** Registered resource groups, and the groups that everything in Azure is in. */
function groupsOf({ resources }: Recording) {
  const own = resources.filter(({ type }) => type === azureTypes.resourceGroup);
  const used = resources
    .filter(({ type }) => cloudTypes[type]?.properties.includes("resourceGroupName") === true)
    .filter(({ type }) => type !== azureTypes.resourceGroup)
    .map(({ inputs }) => inputs["resourceGroupName"]);
  return { own: own.map(({ outputs }) => outputs["name"]), used: [...new Set(used)] };
}

describe("everything in Azure", function () {
  this.timeout(60_000);

  it("goes to the resource group that azureResourceGroup names, and the stack makes none", async () => {
    const config = { "azure-s3-privatelink:azureResourceGroup": "rg-s3-link-dev" };
    const recording = await record({ projectDir, stack: "dev", config });
    expect(recording.errors).to.deep.equal([]);
    expect(groupsOf(recording)).to.deep.equal({ own: [], used: ["rg-s3-link-dev"] });
    expect(recording.outputs["azureNetwork"]).to.deep.include({ resourceGroupName: "rg-s3-link-dev" });
  });

  it("goes to the stack's own where none is named", async () => {
    const { own, used } = groupsOf(await record({ projectDir, stack: "dev" }));
    expect(own).to.have.lengthOf(1);
    expect(used).to.deep.equal(own);
  });
});
