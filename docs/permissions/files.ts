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

/** Where a stack goes to a resource group made beforehand: only its roles in Azure are others. */
const madeGroup = {
  folder: "prod-made-group",
  stack: "prod",
  config: { "azure-s3-privatelink:azureResourceGroup": "rg-s3-link-prod" },
};

const projectDir = path.resolve(__dirname, "../..");

/** The examples in this folder: the roles of the stacks that the repository has. */
export const roleFiles: Readonly<Record<string, () => Promise<string>>> = Object.fromEntries(
  [{ folder: "dev", stack: "dev" }, { folder: "prod", stack: "prod" }, madeGroup].flatMap(
    ({ folder, ...given }) => {
      let place: Promise<StackPlace> | undefined;
      return Object.entries(documents)
        .filter(([name]) => folder !== madeGroup.folder || name.includes(".azure."))
        .map(([name, document]) => [
          `docs/permissions/${folder}/${name}`,
          async () => json(document(await (place ??= placeOf({ projectDir, ...given })))),
        ]);
    },
  ),
);
