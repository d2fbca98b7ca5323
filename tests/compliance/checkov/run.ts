import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { RecordedResource } from "../../../rehearsal/model/recording";
import { armTemplate } from "./arm";
import { cloudFormation } from "./cloudFormation";

/** What checkov says of one resource. */
export interface Finding {
  /** As `CKV_AWS_18`. */
  readonly check: string;
  /** As `AWS::S3::Bucket.S3Data`. */
  readonly resource: string;
}

export interface Report {
  readonly failed: readonly Finding[];
  readonly passed: readonly Finding[];
}

/** Installs checkov on the first run, a minute and 300 MB; answers its command. */
export function checkov(): string {
  return execFileSync(path.join(__dirname, "checkov.sh"), { encoding: "utf8" }).trim();
}

interface Record {
  readonly check_id: string;
  readonly resource: string;
}

interface Output {
  readonly results: { readonly failed_checks: readonly Record[]; readonly passed_checks: readonly Record[] };
  readonly summary: { readonly parsing_errors: number };
}

/** What it finds in both halves of a stack, converted; it reads nothing but the two templates, and no network. */
export function reportOn(stack: readonly RecordedResource[]): Report {
  const folder = mkdtempSync(path.join(tmpdir(), "checkov-"));
  try {
    writeFileSync(path.join(folder, "aws.json"), JSON.stringify(cloudFormation(stack), null, 1));
    writeFileSync(path.join(folder, "azure.json"), JSON.stringify(armTemplate(stack), null, 1));
    const options = ["--framework", "cloudformation", "arm", "--output", "json", "--skip-download"];
    const run = spawnSync(checkov(), ["--directory", folder, "--compact", "--soft-fail", ...options], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      env: { PATH: process.env["PATH"], HOME: folder, LOG_LEVEL: "ERROR" },
    });
    if (run.status !== 0) throw new Error(`checkov ended with ${String(run.status)}:\n${run.stderr}`);
    const outputs = [JSON.parse(run.stdout) as Output | readonly Output[]].flat();
    if (outputs.length !== 2 || outputs.some(({ summary }) => summary.parsing_errors > 0))
      throw new Error(`checkov did not read both templates:\n${run.stderr}`);
    const found = (records: readonly Record[]): Finding[] =>
      records.map(({ check_id: check, resource }) => ({ check, resource }));
    return {
      failed: outputs.flatMap(({ results }) => found(results.failed_checks)),
      passed: outputs.flatMap(({ results }) => found(results.passed_checks)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every type of either cloud that a check is about. */
export function checkedTypes(): readonly string[] {
  const options = ["--list", "--skip-download", "--framework", "cloudformation", "arm"];
  const table = execFileSync(checkov(), options, {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return table.split("\n").flatMap((line) => line.split("|")[4]?.trim() ?? []);
}
