import { partsOf, resourceTypes, type ResourceType } from "../../rehearsal/model/resourceTypes";
import { actionsByType, otherActions } from "./actions";
import { deployerStatements, reviewerStatements, type StatementPlan } from "./statements";

const operations = { deployer: ["create", "read", "update", "delete"], reviewer: ["read"] } as const;

export type Role = keyof typeof operations;

/** The documents of both roles, by their files. */
export const roleFiles: Readonly<Record<string, () => string>> = {
  "docs/permissions/deployer.aws.json": () => json(awsPolicy(deployerStatements, awsActions("deployer"))),
  "docs/permissions/deployer.azure.json": () =>
    json(
      azureRole(
        "deployer",
        "Makes, changes and deletes what the stacks have in Azure. Grants nobody anything.",
      ),
    ),
  "docs/permissions/reviewer.aws.json": () => json(awsPolicy(reviewerStatements, awsActions("reviewer"))),
  "docs/permissions/reviewer.azure.json": () =>
    json(azureRole("reviewer", "Reads what a preview with a refresh compares.")),
};

/** An IAM policy in which each action stands in one statement. */
export function awsPolicy(statements: readonly StatementPlan[], actions: readonly string[]): object {
  const taken = actions.map((action) => ({ action, by: statementOf(action, statements) }));
  return {
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      Sid: statement.sid,
      Effect: "Allow",
      Action: taken.filter(({ by }) => by === statement).map(({ action }) => action),
      Resource: statement.resource,
      ...(statement.condition === undefined ? {} : { Condition: statement.condition }),
    })),
  };
}

function azureRole(role: Role, description: string): object {
  return {
    Name: `azure-s3-privatelink ${role}`,
    Description: description,
    IsCustom: true,
    Actions: sorted(actionsIn("azure-native", role)),
    NotActions: [],
    AssignableScopes: ["/subscriptions/00000000-0000-0000-0000-000000000000"],
  };
}

function awsActions(role: Role): readonly string[] {
  return sorted([...actionsIn("aws", role), ...otherActions.map(({ action }) => action)]);
}

function actionsIn(provider: "aws" | "azure-native", role: Role): readonly string[] {
  return resourceTypes
    .filter((type) => partsOf(type).package === provider)
    .flatMap((type) => operations[role].flatMap((operation) => permissionsOf(type)[operation]));
}

function permissionsOf(type: ResourceType) {
  const permissions = actionsByType[type];
  if (permissions === undefined)
    throw new Error(`${type} has no permissions: add them to its record in rehearsal/clouds`);
  return permissions;
}

function statementOf(action: string, statements: readonly StatementPlan[]): StatementPlan {
  const [longest] = statements
    .flatMap((statement) => statement.takes.map((pattern) => ({ statement, pattern })))
    .filter(({ pattern }) => fits(action, pattern))
    .sort((one, other) => other.pattern.length - one.pattern.length);
  if (longest === undefined)
    throw new Error(`no statement takes ${action}: add it to one in docs/permissions/statements.ts`);
  return longest.statement;
}

function fits(action: string, pattern: string): boolean {
  return pattern.endsWith("*") ? action.startsWith(pattern.slice(0, -1)) : action === pattern;
}

function sorted(actions: readonly string[]): readonly string[] {
  return [...new Set(actions)].sort();
}

function json(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
