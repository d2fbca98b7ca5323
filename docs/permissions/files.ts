import path from "node:path";
import type { StackPlace } from "./place";
import { deployerInAws, deployerInAzure, reviewerInAws, verifyInAws, verifyInAzure } from "./roles";
import { placeOf } from "./stackPlace";

/** The documents of a stack's roles, by file name. A preview asks Azure nothing: its reviewer has no role there. */
export const documents: Readonly<Record<string, (place: StackPlace) => object>> = {
  "deployer.aws.json": deployerInAws,
  "deployer.azure.json": deployerInAzure,
  "reviewer.aws.json": reviewerInAws,
  "verify.aws.json": verifyInAws,
  "verify.azure.json": verifyInAzure,
};

export function json(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const projectDir = path.resolve(__dirname, "../..");

/** The examples in this folder: the roles of the stacks that the repository has. */
export const roleFiles: Readonly<Record<string, () => Promise<string>>> = Object.fromEntries(
  ["dev", "prod"].flatMap((stack) => {
    let place: Promise<StackPlace> | undefined;
    return Object.entries(documents).map(([name, document]) => [
      `docs/permissions/${stack}/${name}`,
      async () => json(document(await (place ??= placeOf({ projectDir, stack })))),
    ]);
  }),
);
