import path from "node:path";
import { record } from "../../rehearsal/run/record";
import type { Stack } from "./control";

const projectDir = path.join(__dirname, "../..");

/** The stacks that the page judges, by the heading of their column. */
export const columns = ["dev", "prod", "prod with retention"] as const;
export type Column = (typeof columns)[number];

/** Prod's own buckets, locked, and what becomes of their old versions. */
const retention = {
  "azure-s3-privatelink:oldVersionDays": "90",
  "azure-s3-privatelink:buckets": JSON.stringify([
    { name: "reports", access: "read", lockDays: 30 },
    { name: "uploads", access: "readWrite", lockDays: 30 },
  ]),
};

let recorded: Promise<Readonly<Record<Column, Stack>>> | undefined;

/** What each of them registers; recorded once. */
export function recordedStacks(): Promise<Readonly<Record<Column, Stack>>> {
  return (recorded ??= recordAll());
}

async function recordAll(): Promise<Readonly<Record<Column, Stack>>> {
  return {
    dev: await resourcesOf("dev"),
    prod: await resourcesOf("prod"),
    "prod with retention": await resourcesOf("prod", retention),
  };
}

async function resourcesOf(stack: string, config?: Readonly<Record<string, string>>): Promise<Stack> {
  const { errors, resources } = await record({ projectDir, stack, ...(config && { config }) });
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return resources;
}
