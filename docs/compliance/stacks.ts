import path from "node:path";
import { record } from "../../rehearsal/run/record";
import type { Stack } from "./control";

const projectDir = path.join(__dirname, "../..");

/** The stacks that the page judges, by the heading of their column. */
export const columns = ["dev", "prod", "prod with every log"] as const;
export type Column = (typeof columns)[number];

const everyLog = {
  "azure-s3-privatelink:flowLogs": "true",
  "azure-s3-privatelink:accessLogs": "true",
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
    "prod with every log": await resourcesOf("prod", everyLog),
  };
}

async function resourcesOf(stack: string, config?: Readonly<Record<string, string>>): Promise<Stack> {
  const { errors, resources } = await record({ projectDir, stack, ...(config && { config }) });
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return resources;
}
