import path from "node:path";
import type { StackPlace } from "./place";
import {
  deployerInAws,
  deployerInAzure,
  joiningInAzure,
  reviewerInAws,
  reviewerInAzure,
  snapshotInAws,
  snapshotInAzure,
  verifyInAws,
  verifyInAzure,
} from "./roles";
import { placeOf } from "./stackPlace";

/**
 * The documents of a stack's roles, by file name; undefined where the stack needs none. Of a stack that joins nothing a
 * preview asks Azure nothing: its reviewer has no role there.
 */
export const documents: Readonly<Record<string, (place: StackPlace) => object | undefined>> = {
  "deployer.aws.json": deployerInAws,
  "deployer.azure.json": deployerInAzure,
  "reviewer.aws.json": reviewerInAws,
  "reviewer.azure.json": reviewerInAzure,
  "joining.azure.json": joiningInAzure,
  "verify.aws.json": verifyInAws,
  "verify.azure.json": verifyInAzure,
  "snapshot.aws.json": snapshotInAws,
  "snapshot.azure.json": snapshotInAzure,
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
/** What a stack that joins nothing does not need. */
const amongOthers = ["reviewer.azure.json", "joining.azure.json", "snapshot.aws.json", "snapshot.azure.json"];

const projectDir = path.resolve(__dirname, "../..");

/** The examples in this folder: the roles of the repository's stacks, which join nothing. */
export const roleFiles: Readonly<Record<string, () => Promise<string>>> = Object.fromEntries(
  [{ folder: "dev", stack: "dev" }, { folder: "prod", stack: "prod" }, madeGroup].flatMap(
    ({ folder, ...given }) => {
      let place: Promise<StackPlace> | undefined;
      return Object.entries(documents)
        .filter(([name]) => !amongOthers.includes(name))
        .filter(([name]) => folder !== madeGroup.folder || name.includes(".azure."))
        .map(([name, document]) => [
          `docs/permissions/${folder}/${name}`,
          async () => json(document(await (place ??= placeOf({ projectDir, ...given }))) ?? {}),
        ]);
    },
  ),
);
