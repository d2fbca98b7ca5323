import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { awsTypes, randomTypes } from "../../../rehearsal/model/resourceTypes";
import { disagreements } from "../support/agreement";
import { fill, openBuckets } from "../support/contents";
import { deployedOnce } from "../support/deployed";
import type { Run } from "../support/engineStack";
import { planOf } from "../support/plan";
import { commandsOf, give } from "../support/runbook";

/** What the runbook leaves out: secrets that nobody can read again, and what the provider cannot import. */
const leftOut: readonly string[] = [
  randomTypes.randomPassword,
  awsTypes.accessKey,
  awsTypes.vpnGatewayRoutePropagation,
  awsTypes.vpnConnectionRoute,
];
const tunnels = ["tunnel1", "tunnel2", "tunnel3", "tunnel4"];

describe("the runbook of a state that is lost", function () {
  this.timeout(300_000);
  const deployed = deployedOnce({ stack: "prod" });

  /** Everything up to the deployment, by one who looks the ids up in the clouds. */
  async function rebuild(forgotten: readonly string[] = []): Promise<Run> {
    const { stack } = deployed;
    const gone = await stack.pulumi(["stack", "rm", "--force", "--yes", "--preserve-config"]);
    expect(gone.code, gone.output).to.equal(0);
    const [init = "", preview = "", jq = "", bring = ""] = commandsOf("recovery.md", "The state is lost");
    await give(stack, init);
    await give(stack, preview);
    const ids = stack.clouds
      .resources()
      .filter(({ type, name }) => !leftOut.includes(type) && !forgotten.includes(name))
      .map(({ name, id }) => [name, id]);
    const inProject = (file: string) => path.join(stack.projectFolder, file);
    writeFileSync(inProject("ids.json"), JSON.stringify(Object.fromEntries(ids)));
    const program = /'([^']+)'/.exec(jq)?.[1] ?? "";
    expect(jq).to.match(/^jq --slurpfile ids ids\.json '.*' import\.json > ready\.json$/);
    const ready = execFileSync("jq", ["--slurpfile", "ids", inProject("ids.json"), program], {
      input: readFileSync(inProject("import.json")),
    });
    writeFileSync(inProject("ready.json"), ready);
    // The old key by hand, in the console.
    for (const { type, id } of stack.clouds.all(awsTypes.accessKey)) stack.clouds.remove(type, id);
    stack.simulation.journal.clear();
    await give(stack, bring);
    expect(stack.simulation.journal.changes).to.deep.equal([]);
    return stack.preview();
  }

  it("brings back what is deployed, with new keys for tunnels and reader, and nothing else anew", async () => {
    const { stack } = deployed;
    for (const name of ["s3-reports", "s3-uploads"]) fill(stack, name);
    const buckets = stack.clouds.all(awsTypes.bucket).map(({ id }) => id);
    const preview = await rebuild();
    expect(planOf(preview)).to.deep.equal({
      create: ["s3-reader-key", "vpn-aws-propagation", ...tunnels.map((name) => `vpn-${name}-key`)],
      update: ["vpn-aws-connection1", "vpn-aws-connection2"],
      replace: tunnels.map((name) => `vpn-${name}-azure-connection`),
      delete: [],
    });
    const [up = "", check = ""] = commandsOf("recovery.md", "The state is lost").slice(-2);
    await give(stack, up);
    await give(stack, check);
    expect(stack.clouds.all(awsTypes.bucket).map(({ id }) => id)).to.deep.equal(buckets);
    expect(openBuckets(stack)).to.deep.equal([]);
    expect(disagreements(stack).filter((one) => !one.includes("/written"))).to.deep.equal([]);
  });

  it("control: an id that is forgotten shows as something to create", async () => {
    const preview = await rebuild(["s3-reports-policy"]);
    expect(planOf(preview).create).to.include("s3-reports-policy");
  });
});
