import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pinnedVersion } from "../rehearsal/engine/pulumiCli";
import { stacksOf } from "../rehearsal/run/stackConfig";
import { actionlint, root } from "./workflows/actionlint";
import { problemsOf, type Project } from "./workflows/rules";
import { parseWorkflow, readWorkflow, workflowFiles } from "./workflows/workflow";

const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const project: Project = { npmScripts: Object.keys(scripts), pulumiVersion: pinnedVersion() };
const jobsOf = (file: string) => parseWorkflow(readWorkflow(file)).jobs;

describe("the workflows", () => {
  it("are three", () => {
    expect(workflowFiles).to.have.members(["check.yml", "preview.yml", "up.yml"]);
  });

  for (const file of workflowFiles)
    it(`keep the house rules in ${file}`, () => {
      expect(problemsOf(readWorkflow(file), project)).to.deep.equal([]);
    });

  const preview = readWorkflow("preview.yml");
  for (const { that, from, to, says } of [
    {
      that: "a branch of an action",
      from: "actions/setup-node@v6",
      to: "actions/setup-node@main",
      says: "preview: actions/setup-node@main is pinned neither to a major version nor to a commit",
    },
    {
      that: "an action of nobody",
      from: "actions/upload-artifact@v7",
      to: "somebody/upload@v1",
      says: "preview: somebody/upload@v1 is nobody's whom we trust",
    },
    {
      that: "a token left behind",
      from: "persist-credentials: false",
      to: "persist-credentials: true",
      says: "preview: checkout leaves its token behind; set persist-credentials: false",
    },
    {
      that: "another version of Pulumi",
      from: "pulumi-version: 3.259.0",
      to: "pulumi-version: 3.1.0",
      says: "preview: pulumi-version is 3.1.0, the engine tests run 3.259.0",
    },
    {
      that: "an npm script that is gone",
      from: "run: npm ci",
      to: "run: npm run gone",
      says: "preview: there is no npm script gone",
    },
    {
      that: "a shell script that is gone",
      from: "scripts/preview.sh",
      to: "scripts/gone.sh",
      says: "preview: there is no script .github/scripts/gone.sh to run",
    },
    {
      that: "an expression in a script",
      from: '"$STACK" preview pulumi',
      to: "${{ github.head_ref }} preview pulumi",
      says: "preview: an expression inside a script can bring commands along; pass it by env",
    },
    {
      that: "code from anywhere with secrets",
      from: "pull_request:",
      to: "pull_request_target:",
      says: "pull_request_target gives secrets to code from anywhere",
    },
    {
      that: "permissions for every job",
      from: "permissions: {}",
      to: "permissions:\n  contents: write",
      says: "the workflow's own permissions must be none or read, so that a new job has no more",
    },
    {
      that: "permissions by default",
      from: "permissions: {}\n",
      to: "",
      says: "the workflow's own permissions must be none or read, so that a new job has no more",
    },
    {
      that: "a job without end",
      from: "    timeout-minutes: 30\n",
      to: "",
      says: "preview: has no timeout-minutes; the default is six hours",
    },
    {
      that: "a token for roles that nobody assumes",
      from: "      pull-requests: write",
      to: "      id-token: write",
      says: "comment: has id-token: write and assumes no role",
    },
  ])
    it(`would be told of ${that}`, () => {
      const broken = preview.replace(from, to);
      expect(broken).not.to.equal(preview);
      expect(problemsOf(broken, project)).to.deep.equal([says]);
    });

  it("check without secrets and without roles", () => {
    expect(readWorkflow("check.yml")).not.to.match(/\$\{\{ *(secrets|vars)|id-token/);
  });

  it("check on every version of Node.js that the project promises", () => {
    expect(jobsOf("check.yml")["test"]?.strategy?.matrix["node"]).to.deep.equal([20, 22, 24]);
  });

  it("preview every stack, and give a fork neither roles nor secrets", () => {
    const { preview: own, simulated, comment } = jobsOf("preview.yml");
    expect(own?.strategy?.matrix["stack"]).to.deep.equal(stacksOf(root));
    expect(simulated?.strategy?.matrix["stack"]).to.deep.equal(stacksOf(root));
    expect(simulated?.permissions).to.deep.equal({ contents: "read" });
    expect(JSON.stringify(simulated)).not.to.match(/secrets\.|vars\./);
    expect(comment?.permissions).to.deep.equal({ contents: "read", "pull-requests": "write" });
  });

  it("comment with the base branch's script, not with what the pull request brings", () => {
    const [checkout] = jobsOf("preview.yml")["comment"]?.steps ?? [];
    expect(checkout?.with?.["ref"]).to.equal("${{ github.event.pull_request.base.sha }}");
  });

  it("deploy one stack at a time, each in its environment, and verify at the end", () => {
    const { up } = jobsOf("up.yml");
    expect(up?.environment).to.equal("${{ matrix.stack }}");
    expect(up?.concurrency).to.deep.equal({ group: "up-${{ matrix.stack }}", "cancel-in-progress": false });
    expect(up?.strategy).to.include({ "max-parallel": 1 });
    for (const stack of stacksOf(root))
      expect(String(up?.strategy?.matrix["stack"])).to.include(`"${stack}"`);
    expect(up?.steps.at(-1)?.run).to.match(/^npm run --silent verify -- /);
    expect(up?.steps.some(({ run }) => run?.includes("--policy-pack policy"))).to.equal(true);
  });

  describe("to actionlint", () => {
    before(function () {
      if (existsSync(actionlint())) return;
      process.stdout.write("      actionlint is not built; `npm run lint:workflows` builds it (needs Go)\n");
      this.skip();
    });
    const lint = (text: string) =>
      spawnSync(actionlint(), ["-no-color", "-shellcheck=", "-"], {
        cwd: root,
        input: text,
        encoding: "utf8",
      });

    for (const file of workflowFiles)
      it(`are right in ${file}`, () => {
        const { status, stdout } = lint(readWorkflow(file));
        expect(stdout).to.equal("");
        expect(status).to.equal(0);
      });

    it("would be wrong with a misspelt expression", () => {
      const { status, stdout } = lint(preview.replace("matrix.stack", "matrix.stuck"));
      expect(stdout).to.include('property "stuck" is not defined');
      expect(status).to.equal(1);
    });
  });
});
