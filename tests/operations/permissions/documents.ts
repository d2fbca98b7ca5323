import { readFileSync } from "node:fs";
import path from "node:path";

type Role = "verify" | "reviewer";

const folder = path.resolve(__dirname, "../../../docs/permissions");

/** The actions of a documented IAM policy. */
export function awsActions(role: Role): readonly string[] {
  const { Statement } = read(`${role}.aws.json`) as { Statement: readonly { Action: readonly string[] }[] };
  return Statement.flatMap(({ Action }) => Action);
}

/** The actions of a documented Azure role. */
export function azureActions(role: Role): readonly string[] {
  return (read(`${role}.azure.json`) as { Actions: readonly string[] }).Actions;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, file), "utf8"));
}
