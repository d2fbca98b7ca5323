import { readFileSync } from "node:fs";
import path from "node:path";
import type { Props } from "../../../rehearsal/model/recording";

type Role = "verify" | "reviewer" | "deployer";
type Stack = "dev" | "prod";

export interface AwsStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Props;
}

export const folder = path.resolve(__dirname, "../../../docs/permissions");

/** A documented IAM policy. */
export function awsPolicy(role: Role, stack: Stack): { readonly Statement: readonly AwsStatement[] } {
  return read(`${stack}/${role}.aws.json`) as { Statement: readonly AwsStatement[] };
}

/** The actions of a documented IAM policy. */
export function awsActions(role: Role, stack: Stack): readonly string[] {
  return awsPolicy(role, stack).Statement.flatMap(({ Action }) => Action);
}

/** The actions of a documented Azure role. */
export function azureActions(role: Exclude<Role, "reviewer">, stack: Stack): readonly string[] {
  return (read(`${stack}/${role}.azure.json`) as { Actions: readonly string[] }).Actions;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, file), "utf8"));
}
