import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { load } from "js-yaml";
import { tmpdir } from "node:os";
import path from "node:path";
import { pinnedVersion } from "../rehearsal/engine/pulumiCli";
import { stacksOf } from "../rehearsal/run/stackConfig";
import { hasPython } from "./suites/machine";
import { actionlint, root } from "./workflows/actionlint";
import { problemsOf, type Project } from "./workflows/rules";
import { parseWorkflow, readWorkflow, workflowFiles } from "./workflows/workflow";

const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const project: Project = { npmScripts: Object.keys(scripts), pulumiVersion: pinnedVersion() };
const zizmorScript = path.join(root, "tests/workflows/zizmor.sh");
const jobsOf = (file: string) => parseWorkflow(readWorkflow(file)).jobs;

describe("the workflows", () => {
  it("are five", () => {
    expect(workflowFiles).to.have.members([
      "check.yml",
      "deploy.yml",
      "preview.yml",
      "release.yml",
      "up.yml",
    ]);
  });

  for (const file of workflowFiles)
    it(`keep the house rules in ${file}`, () => {
      expect(problemsOf(readWorkflow(file), project)).to.deep.equal([]);
    });

  const setUpNode = "actions/setup-node@53b83947a5a98c8d113130e565377fae1a50d02f";
  for (const { that, file = "preview.yml", from, to, says } of [
    {
      that: "a branch of an action",
      from: setUpNode,
      to: "actions/setup-node@main",
      says: "preview: actions/setup-node@main is pinned to no commit",
    },
    {
      that: "a version of an action, which its owner can move",
      from: setUpNode,
      to: "actions/setup-node@v6",
      says: "preview: actions/setup-node@v6 is pinned to no commit",
    },
    {
      that: "an action of nobody",
      from: setUpNode,
      to: "somebody/setup-node@53b83947a5a98c8d113130e565377fae1a50d02f",
      says: "preview: somebody/setup-node@53b83947a5a98c8d113130e565377fae1a50d02f is nobody's whom we trust",
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
      from: "run: npm ci --ignore-scripts",
      to: "run: npm run gone",
      says: "preview: there is no npm script gone",
    },
    {
      that: "packages that run scripts of their own",
      from: "run: npm ci --ignore-scripts",
      to: "run: npm ci",
      says: "preview: npm ci runs the scripts of every package; add --ignore-scripts",
    },
    {
      that: "a shell script that is gone",
      file: "deploy.yml",
      from: "scripts/plan.sh",
      to: "scripts/gone.sh",
      says: "plan: there is no script .github/scripts/gone.sh to run",
    },
    {
      that: "an expression in a script",
      from: '"$STACK" preview base',
      to: "${{ github.head_ref }} preview base",
      says: "preview: an expression inside a script can bring commands along; pass it by env",
    },
    {
      that: "code from anywhere with secrets",
      from: "pull_request:",
      to: "pull_request_target:",
      says: "pull_request_target gives secrets to code from anywhere",
    },
    {
      that: "a pull request's code beside the state's passphrase",
      from: "STACK: ${{ matrix.stack }}",
      to: "STACK: ${{ matrix.stack }}\n          PULUMI_CONFIG_PASSPHRASE: ${{ secrets.PULUMI_CONFIG_PASSPHRASE }}",
      says: "the code of a pull request would run beside a secret, a variable or a role",
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
      file: "check.yml",
      from: "    timeout-minutes: 15\n",
      to: "    timeout-minutes: 15\n    environment: dev\n    permissions:\n      id-token: write\n",
      says: "check: has id-token: write and uses it for nothing",
    },
    {
      that: "a role that any branch may assume",
      file: "deploy.yml",
      from: "    environment: ${{ inputs.stack }}-plan\n",
      to: "",
      says: "plan: has an identity outside an environment, which says whose branch may and who approves",
    },
  ])
    it(`would be told of ${that}`, () => {
      const text = readWorkflow(file);
      const broken = text.replace(from, to);
      expect(broken).not.to.equal(text);
      expect(problemsOf(broken, project)).to.include(says);
    });

  it("check without secrets and without roles", () => {
    expect(readWorkflow("check.yml")).not.to.match(/\$\{\{ *(secrets|vars)|id-token/);
  });

  it("check on every version of Node.js that the project promises", () => {
    expect(jobsOf("check.yml")["test"]?.strategy?.matrix["node"]).to.deep.equal([20, 22, 24]);
  });

  it("preview every stack, with neither roles nor secrets", () => {
    const { preview, comment } = jobsOf("preview.yml");
    expect(preview?.strategy?.matrix["stack"]).to.deep.equal(stacksOf(root));
    expect(preview?.permissions).to.deep.equal({ contents: "read" });
    expect(comment?.permissions).to.deep.equal({ contents: "read", "pull-requests": "write" });
  });

  it("judge and comment with what the base branch has, not with what the pull request brings", () => {
    const { preview, comment } = jobsOf("preview.yml");
    const base = "${{ github.event.pull_request.base.sha }}";
    const [, second] = (preview?.steps ?? []).filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(second?.with).to.include({ path: "base", ref: base });
    expect(preview?.steps?.flatMap(({ run }) => (run?.includes(".sh") === true ? run : []))).to.deep.equal([
      'base/.github/scripts/preview.sh "$STACK" preview base change',
    ]);
    expect(comment?.steps?.[0]?.with?.["ref"]).to.equal(base);
  });

  it("deploy one stack after the other, so that a failure stops the next", () => {
    const jobs = Object.entries(jobsOf("up.yml"));
    const stacks = jobs.map(([, job]) => job.with?.["stack"]);
    expect(stacks).to.deep.equal(stacksOf(root));
    for (const [index, [, job]] of jobs.entries()) {
      expect(job.uses).to.equal("./.github/workflows/deploy.yml");
      expect(job.needs).to.equal(jobs[index - 1]?.[0]);
      expect(job.if).to.equal(undefined);
    }
  });

  it("plan what is on main, and apply exactly that once it is approved", () => {
    const { plan, apply } = jobsOf("deploy.yml");
    expect(plan?.if).to.equal("github.ref == 'refs/heads/main'");
    expect(plan?.environment).to.equal("${{ inputs.stack }}-plan");
    expect(apply).to.include({ needs: "plan", environment: "${{ inputs.stack }}" });
    expect(apply?.if).to.equal(undefined);
    const runs = apply?.steps?.flatMap(({ run }) => run ?? []) ?? [];
    expect(runs.filter((run) => run.startsWith("pulumi "))).to.deep.equal([
      'pulumi up --stack "$STACK" --plan "plan/$STACK.plan.json" --policy-pack policy --yes --skip-preview --non-interactive',
    ]);
    expect(runs.at(-1)).to.match(/^npm run --silent verify -- /);
  });

  it("release what is tested, by a job of its own that runs none of its packages", () => {
    const { release } = jobsOf("release.yml");
    expect(release).to.include({ needs: "test", environment: "release" });
    expect(release?.steps?.flatMap(({ run }) => run ?? []).join("\n")).not.to.match(
      /npm (ci|install|run|test)/,
    );
  });

  it("have their versions moved by Dependabot, Go modules included", () => {
    const { updates } = load(readFileSync(path.join(root, ".github/dependabot.yml"), "utf8")) as {
      updates: readonly {
        directory?: string;
        directories?: readonly string[];
        "package-ecosystem": string;
      }[];
    };
    const modules = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => path.basename(file) === "go.mod" && !file.includes("node_modules"))
      .map((file) => `/${path.dirname(file)}`);
    expect(updates.find((update) => update["package-ecosystem"] === "gomod")?.directories).to.have.members(
      modules,
    );
    expect(updates.map((update) => update["package-ecosystem"])).to.have.members([
      "npm",
      "github-actions",
      "gomod",
      "pip",
    ]);
  });

  it("never cancel an update", () => {
    expect(parseWorkflow(readWorkflow("up.yml")).concurrency).to.deep.equal({
      group: "up",
      "cancel-in-progress": false,
    });
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
      const { status, stdout } = lint(readWorkflow("preview.yml").replace("matrix.stack", "matrix.stuck"));
      expect(stdout).to.include('property "stuck" is not defined');
      expect(status).to.equal(1);
    });
  });

  describe("to zizmor", () => {
    let zizmor: string;
    before(function () {
      if (hasPython()) zizmor = execFileSync(zizmorScript, { encoding: "utf8" }).trim();
      else this.skip();
    }).timeout(120_000);
    const audit = (folder: string) =>
      spawnSync(zizmor, ["--offline", "--no-progress", folder], { encoding: "utf8" });

    it("are without findings", () => {
      const { status, stdout } = audit(path.join(root, ".github"));
      expect(stdout).to.include("No findings to report");
      expect(status).to.equal(0);
    });

    it("would be wrong with a title that brings commands along", () => {
      const folder = mkdtempSync(path.join(tmpdir(), "zizmor-"));
      try {
        mkdirSync(path.join(folder, ".github/workflows"), { recursive: true });
        const text = readWorkflow("preview.yml").replace(
          "base change",
          "${{ github.event.pull_request.title }}",
        );
        writeFileSync(path.join(folder, ".github/workflows/preview.yml"), text);
        const { status, stdout } = audit(folder);
        expect(stdout).to.include("error[template-injection]");
        expect(status).to.be.above(0);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
});
