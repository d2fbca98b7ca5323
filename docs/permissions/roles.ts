import { joinSubnet } from "../../rehearsal/clouds/azure/permissions";
import { azureTypes, partsOf, resourceTypes, type ResourceType } from "../../rehearsal/model/resourceTypes";
import { actionsByType, otherActions } from "./actions";
import { joinedStatements, readsInAws, readsInAzure, typesInsideOthers } from "./joining";
import { namedBy } from "./names";
import { networkStatements } from "./network";
import { allow, partitionOf, sorted, type StackPlace, type StackResource, type Statement } from "./place";
import { snapshotAws, snapshotAzure } from "./snapshot";
import { unscoped } from "./unscoped";
import { verifyAws, verifyAzure } from "./verify";

/** An IAM policy. */
export interface AwsPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** A custom role of Azure, as `az role definition create` takes it. */
export interface AzureRole {
  readonly Name: string;
  readonly Description: string;
  readonly IsCustom: true;
  readonly Actions: readonly string[];
  readonly NotActions: readonly [];
  readonly AssignableScopes: readonly string[];
}

const operations = ["create", "read", "update", "delete"] as const;

/** Makes, changes and deletes what the stack has in AWS. */
export function deployerInAws(place: StackPlace): AwsPolicy {
  return policy(place, needsIn("aws", place), place.deployers);
}

/** Previews without a refresh: Pulumi reads the state, and of AWS what the program itself asks. */
export function reviewerInAws(place: StackPlace): AwsPolicy {
  return policy(place, [], [roleArn(place, "reviewer")]);
}

/** Reads what verify compares. */
export function verifyInAws(place: StackPlace): AwsPolicy {
  const needs = place.resources.flatMap((resource) =>
    (verifyAws[resource.type] ?? []).map((action) => ({ action, resource })),
  );
  return { Version: "2012-10-17", Statement: statements(place, needs) };
}

export function deployerInAzure(place: StackPlace): AzureRole {
  return azureRole(
    place,
    "deployer",
    "Makes, changes and deletes what the stack has in its resource group. Grants nobody anything.",
    needsIn("azure-native", place).map(({ action }) => action),
  );
}

export function verifyInAzure(place: StackPlace): AzureRole {
  return azureRole(
    place,
    "verify",
    "Reads the VPN gateway, its tunnels, the network, its routes and the client's serial log. Reads no shared key.",
    verifyAzure,
  );
}

/** Asks about the networks of others that the stack joins, as each preview does; undefined where it joins none. */
export function reviewerInAzure(place: StackPlace): AzureRole | undefined {
  return roleAmongOthers(place, {
    role: "reviewer",
    description: "Reads networks, their routes and rules, and VPN gateways, as a preview does.",
    actions: readsInAzure,
  });
}

/** Puts subnets and peerings of the stack into networks of others; undefined where it needs none. */
export function joiningInAzure(place: StackPlace): AzureRole | undefined {
  const inside = place.resources.filter(({ type }) => typesInsideOthers.includes(type));
  const isHubOthers = place.named["azureVirtualNetworkId"] !== undefined;
  const needs = needsIn("azure-native", {
    ...place,
    resources: inside.filter(({ type }) => isHubOthers || type !== azureTypes.subnet),
  });
  return roleAmongOthers(place, {
    role: "joining",
    description: "Makes, changes and deletes subnets and peerings of the stack in networks of others.",
    actions: [...needs.map(({ action }) => action), ...(isHubOthers ? [joinSubnet] : [])],
  });
}

/** Reads what others have around the VPC that the stack joins; undefined where it joins none. */
export function snapshotInAws(place: StackPlace): AwsPolicy | undefined {
  const { awsVpcId: vpcId } = place.named;
  if (typeof vpcId !== "string") return undefined;
  const [free, held] = [true, false].map((isFree) => snapshotAws.filter((one) => one in unscoped === isFree));
  const vpc = `arn:${partitionOf(place)}:ec2:${place.region}:${place.account}:vpc/${vpcId}`;
  const Statement = [
    ...allow("WhatAwsTiesToNoResource", free ?? [], ["*"], {
      StringEquals: { "aws:RequestedRegion": place.region },
    }),
    ...allow("ReadTheVpcThatTheStackJoins", held ?? [], [vpc]),
  ];
  return { Version: "2012-10-17", Statement };
}

/** Reads what others have around the network and the spokes that the stack joins; undefined where it joins none. */
export function snapshotInAzure(place: StackPlace): AzureRole | undefined {
  return roleAmongOthers(place, {
    role: "snapshot",
    description:
      "Reads networks, their routes and rules, and VPN gateways with their connections. Reads no shared key.",
    actions: snapshotAzure,
  });
}

/** Can be assigned in every subscription that the settings name; undefined where they name none, or it may nothing. */
function roleAmongOthers(
  place: StackPlace,
  wanted: { readonly role: string; readonly description: string; readonly actions: readonly string[] },
): AzureRole | undefined {
  const { azureVirtualNetworkId, azureGatewayId, azureSpokes } = place.named;
  const ids = [azureVirtualNetworkId, azureGatewayId, azureSpokes].flat().filter((id) => id !== undefined);
  if (ids.length === 0 || wanted.actions.length === 0) return undefined;
  const role = azureRole(place, wanted.role, wanted.description, wanted.actions);
  // What is peered with them, and their rules, may be in any group.
  const scopes = ids.flatMap((id) => /^\/subscriptions\/[^/]+/i.exec(id)?.[0] ?? []);
  return { ...role, AssignableScopes: sorted(scopes) };
}

/** The name that a role of the stack has in this documentation. */
export function roleArn(place: Omit<StackPlace, "deployers" | "resources" | "named">, role: string): string {
  return `arn:${partitionOf(place)}:iam::${place.account}:role/${place.project}-${place.stack}-${role}`;
}

/** An action, and the resource that needs it. */
interface Need {
  readonly action: string;
  readonly resource: StackResource;
}

function policy(place: StackPlace, needs: readonly Need[], self: readonly string[]): AwsPolicy {
  const joins = place.named["awsVpcId"] === undefined ? [] : readsInAws;
  const beside = [...otherActions.map(({ action }) => action), ...joins];
  const own = allow("KnowMyself", ["iam:GetRole"], self);
  return { Version: "2012-10-17", Statement: [...own, ...statements(place, needs, beside)] };
}

/** Statements that allow each action where a resource of the stack needs it, and nowhere else if AWS can tell. */
function statements(
  place: StackPlace,
  needs: readonly Need[],
  beside: readonly string[] = [],
): readonly Statement[] {
  const all = sorted([...needs.map(({ action }) => action), ...beside]);
  const everywhere = all.filter((action) => action in unscoped);
  const network = all.filter((action) => action.startsWith("ec2:") && !(action in unscoped));
  const named = needs.filter(({ action }) => !(action in unscoped) && !action.startsWith("ec2:"));
  return [
    ...allow("WhatAwsTiesToNoResource", everywhere, ["*"], {
      StringEquals: { "aws:RequestedRegion": place.region },
    }),
    ...networkStatements(place, network),
    ...joinedStatements(place, network),
    ...namedStatements(place, named),
  ];
}

/** One statement for all actions with the same names, so that none is written twice for one purpose. */
function namedStatements(place: StackPlace, needs: readonly Need[]): readonly Statement[] {
  const purposes = new Map<string, { sid: string; action: string; arns: Set<string> }>();
  for (const { action, resource } of needs) {
    const named = namedBy(resource, action, place);
    if (named === undefined)
      throw new Error(`${action} of ${resource.type} has no place: add it to docs/permissions/names.ts`);
    const key = `${named.sid} ${action}`;
    const { arns } = purposes.get(key) ?? { arns: new Set<string>() };
    purposes.set(key, { sid: named.sid, action, arns: new Set([...arns, ...named.arns]) });
  }
  const groups = new Map<string, { sid: string; actions: readonly string[]; arns: readonly string[] }>();
  for (const { sid, action, arns: all } of purposes.values()) {
    const arns = sorted([...all]);
    const key = [sid, ...arns].join(" ");
    groups.set(key, { sid, actions: [...(groups.get(key)?.actions ?? []), action], arns });
  }
  const taken: string[] = [];
  return [...groups.values()].flatMap(({ sid, actions, arns }) => {
    taken.push(sid);
    const nth = taken.filter((one) => one === sid).length;
    return allow(nth === 1 ? sid : `${sid}${String(nth)}`, actions, arns);
  });
}

function azureRole(
  { project, stack, subscription, resourceGroup }: StackPlace,
  role: string,
  description: string,
  actions: readonly string[],
): AzureRole {
  return {
    Name: `${project} ${stack} ${role}`,
    Description: description,
    IsCustom: true,
    Actions: sorted(actions),
    NotActions: [],
    AssignableScopes: [`/subscriptions/${subscription}/resourceGroups/${resourceGroup}`],
  };
}

function needsIn(provider: "aws" | "azure-native", { resources }: StackPlace): readonly Need[] {
  return resources.flatMap((resource) => {
    const type = resourceTypes.find((known) => known === resource.type);
    if (type === undefined || partsOf(type).package !== provider) return [];
    return operations.flatMap((operation) =>
      permissionsOf(type)[operation].map((action) => ({ action, resource })),
    );
  });
}

function permissionsOf(type: ResourceType) {
  const permissions = actionsByType[type];
  if (permissions === undefined)
    throw new Error(`${type} has no permissions: add them to its record in rehearsal/clouds`);
  return permissions;
}
