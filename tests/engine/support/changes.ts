import type { Settings } from "./engineStack";
import type { Plan } from "./plan";

/** One change of the settings of a deployed stack, and everything that it moves. */
export interface Change {
  /** The setting that it is a row for; several, separated by spaces, where none of them changes alone. */
  readonly of: string;
  readonly says: string;
  readonly settings: Settings;
  readonly plan: Plan | "everything with tags";
  /** The properties that change, where it matters that no other does. */
  readonly properties?: Readonly<Record<string, readonly string[]>>;
  /** Operations in this order, each as `update vpn-aws-connection1`. */
  readonly inOrder?: readonly string[];
  /** Where the clouds do not let it pass in one deployment. */
  readonly refused?: Refused;
}

/** How the clouds say no, and what docs/engine.md advises after that, about the resource of that name. */
export type Refused =
  | { readonly says: RegExp; readonly instead: "up --replace"; readonly of: string }
  | { readonly says: RegExp; readonly instead: "destroy, then up"; readonly of: string };

const parts = ["public-access", "ownership", "versioning", "encryption", "policy"];

/** The bucket for logs, all its guards, and what expires its contents. */
export const logBucket = [
  "logs-bucket",
  ...[...parts, "lifecycle"].map((part) => `logs-bucket-${part}`),
].join(" ");

/** A bucket and all its guards. */
export function bucket(name: string): string {
  return [`s3-${name}`, ...parts.map((part) => `s3-${name}-${part}`)].join(" ");
}
