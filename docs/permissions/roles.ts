import { partsOf, resourceTypes, type ResourceType } from "../../rehearsal/model/resourceTypes";
import { actionsByType, otherActions } from "./actions";
import { deployerStatements, reviewerStatements, type StatementPlan } from "./statements";

const operations = { deployer: ["create", "read", "update", "delete"], reviewer: ["read"] } as const;

export type Role = keyof typeof operations;

/** The documents of both roles, by their files. */
export const roleFiles: Readonly<Record<string, () => string>> = {
  "docs/permissions/deployer.aws.json": () => json(awsPolicy(deployerStatements, awsNeeds("deployer"))),
  "docs/permissions/deployer.azure.json": () =>
    json(
      azureRole(
        "deployer",
        "Makes, changes and deletes what the stacks have in Azure. Grants nobody anything.",
      ),
    ),
  "docs/permissions/reviewer.aws.json": () => json(awsPolicy(reviewerStatements, awsNeeds("reviewer"))),
  "docs/permissions/reviewer.azure.json": () =>
    json(azureRole("reviewer", "Reads what a preview with a refresh compares.")),
};

/** An action, and the type that needs it; undefined for what the program asks beside resources. */
export interface Need {
  readonly action: string;
  readonly type: ResourceType | undefined;
}

/** An IAM policy in which each need is met by one statement. */
export function awsPolicy(statements: readonly StatementPlan[], needs: readonly Need[]): object {
  const taken = needs.map((need) => ({ ...need, by: statementOf(need, statements) }));
  return {
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      Sid: statement.sid,
      Effect: "Allow",
      Action: sorted(taken.filter(({ by }) => by === statement).map(({ action }) => action)),
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
    Actions: sorted(needsIn("azure-native", role).map(({ action }) => action)),
    NotActions: [],
    AssignableScopes: ["/subscriptions/00000000-0000-0000-0000-000000000000"],
  };
}

function awsNeeds(role: Role): readonly Need[] {
  return [...needsIn("aws", role), ...otherActions.map(({ action }) => ({ action, type: undefined }))];
}

function needsIn(provider: "aws" | "azure-native", role: Role): readonly Need[] {
  return resourceTypes
    .filter((type) => partsOf(type).package === provider)
    .flatMap((type) =>
      operations[role].flatMap((operation) =>
        permissionsOf(type)[operation].map((action) => ({ action, type })),
      ),
    );
}

function permissionsOf(type: ResourceType) {
  const permissions = actionsByType[type];
  if (permissions === undefined)
    throw new Error(`${type} has no permissions: add them to its record in rehearsal/clouds`);
  return permissions;
}

function statementOf({ action, type }: Need, statements: readonly StatementPlan[]): StatementPlan {
  const [longest] = statements
    .filter(({ types }) => types === undefined || (type !== undefined && types.includes(type)))
    .flatMap((statement) => statement.takes.map((pattern) => ({ statement, pattern })))
    .filter(({ pattern }) => fits(action, pattern))
    .sort((one, other) => other.pattern.length - one.pattern.length);
  if (longest === undefined)
    throw new Error(
      `no statement takes ${action} of ${type ?? "the program"}: add it to one in docs/permissions/statements.ts`,
    );
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
