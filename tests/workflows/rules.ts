import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { root } from "./actionlint";
import { parseWorkflow, type Job, type Step } from "./workflow";

/** What the rules need to know of the project around the workflows. */
export interface Project {
  readonly npmScripts: readonly string[];
  readonly pulumiVersion: string;
}

/** Whose actions run here: each can read what the job can. */
const trusted = ["actions", "aws-actions", "azure", "pulumi"];

/** What the house asks of a workflow beyond what actionlint knows. Answers what is wrong. */
export function problemsOf(text: string, project: Project): readonly string[] {
  const workflow = parseWorkflow(text);
  const { permissions } = workflow;
  return [
    ...("pull_request_target" in workflow.on
      ? ["pull_request_target gives secrets to code from anywhere"]
      : []),
    ...("pull_request" in workflow.on && /\$\{\{[^}]*\b(?:secrets|vars)\.|id-token/.test(text)
      ? ["the code of a pull request would run beside a secret, a variable or a role"]
      : []),
    ...(permissions === undefined || typeof permissions === "string" || "write" in invert(permissions)
      ? ["the workflow's own permissions must be none or read, so that a new job has no more"]
      : []),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) =>
      problemsOfJob(job, project).map((problem) => `${name}: ${problem}`),
    ),
  ];
}

function problemsOfJob(job: Job, project: Project): readonly string[] {
  return [
    ...(job.uses === undefined && job["timeout-minutes"] === undefined
      ? ["has no timeout-minutes; the default is six hours"]
      : []),
    ...(job.uses === undefined && job.permissions?.["id-token"] === "write" ? problemsOfIdentity(job) : []),
    ...(job.steps ?? []).flatMap((step) => [
      ...problemsOfAction(step, project),
      ...problemsOfRun(step, project),
    ]),
  ];
}

function problemsOfIdentity({ steps = [], environment }: Job): readonly string[] {
  return [
    ...(steps.some(usesIdentity) ? [] : ["has id-token: write and uses it for nothing"]),
    ...(environment === undefined
      ? ["has an identity outside an environment, which says whose branch may and who approves"]
      : []),
  ];
}

function problemsOfAction({ uses, with: given }: Step, project: Project): readonly string[] {
  if (uses === undefined) return [];
  const [, owner = "", name = ""] = /^([^/]+)\/([^@]+)@([0-9a-f]{40})$/.exec(uses) ?? [];
  return [
    ...(name === "" ? [`${uses} is pinned to no commit`] : []),
    ...(name !== "" && !trusted.includes(owner) ? [`${uses} is nobody's whom we trust`] : []),
    ...(name === "checkout" && given?.["persist-credentials"] !== false
      ? ["checkout leaves its token behind; set persist-credentials: false"]
      : []),
    ...(owner === "pulumi" && given?.["pulumi-version"] !== project.pulumiVersion
      ? [
          `pulumi-version is ${String(given?.["pulumi-version"])}, the engine tests run ${project.pulumiVersion}`,
        ]
      : []),
  ];
}

function problemsOfRun({ run }: Step, project: Project): readonly string[] {
  if (run === undefined) return [];
  const scripts = [...run.matchAll(/\bnpm (?:run (?:--silent )?)?(\S+)/g)].map(([, name]) => name ?? "");
  const installs = [...run.matchAll(/\bnpm (?:ci|install)\b.*/g)].map(([command]) => command);
  const files = [...run.matchAll(/(?:^|\s)((?:\.github|lab|tests)\/\S+\.sh)\b/g)].map(
    ([, file]) => file ?? "",
  );
  return [
    ...(run.includes("${{")
      ? ["an expression inside a script can bring commands along; pass it by env"]
      : []),
    ...installs
      .filter((command) => !command.includes("--ignore-scripts"))
      .map((command) => `${command} runs the scripts of every package; add --ignore-scripts`),
    ...scripts
      .filter((name) => name !== "ci" && !project.npmScripts.includes(name))
      .map((name) => `there is no npm script ${name}`),
    ...files.filter((file) => !isThere(file)).map((file) => `there is no script ${file} to run`),
  ];
}

function isThere(file: string): boolean {
  const place = path.join(root, file);
  return existsSync(place) && (!file.startsWith(".github/") || (statSync(place).mode & 0o111) !== 0);
}

/** Assumes a role, or attests who built something. */
function usesIdentity({ uses, env }: Step): boolean {
  return (
    uses?.startsWith("actions/attest@") === true ||
    uses?.startsWith("aws-actions/configure-aws-credentials@") === true ||
    env?.["ARM_USE_OIDC"] === "true"
  );
}

function invert(permissions: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(permissions).map(([what, level]) => [level, what]));
}
