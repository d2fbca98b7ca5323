import type { Estate } from "../estate/estate";
import { awsTypes, azureTypes, randomTypes, type ResourceType } from "../model/resourceTypes";
import type { RecordedOptions, RecordedResource } from "../model/recording";
import { guard } from "./guard";

/** What must happen when a property changes, beyond what the provider does by itself. */
interface Rule {
  readonly types: readonly ResourceType[];
  readonly holds: (options: RecordedOptions, resource: RecordedResource) => boolean;
  readonly problem: string;
  readonly fix: string;
}

const replacedWith = (type: ResourceType, property: string, problem: string): Rule => ({
  types: [type],
  holds: ({ replaceOnChanges }) => replaceOnChanges.includes(property),
  problem,
  fix: `add ${property} to replaceOnChanges`,
});

const createdWithin = (type: ResourceType, least: number, problem: string): Rule => ({
  types: [type],
  holds: ({ customTimeouts }) => minutes(customTimeouts.create) >= least,
  problem,
  fix: `set customTimeouts.create to ${least}m`,
});

const replacingOfMachines = [
  "osProfile",
  "storageProfile.imageReference",
  "storageProfile.osDisk.createOption",
  "securityProfile",
  "networkProfile",
];

/** Where a change says nothing: Azure answers differently from what it was told. Or where it must do nothing. */
const ignored: Readonly<Partial<Record<string, readonly string[]>>> = {
  [azureTypes.virtualNetworkGatewayConnection]: ["sharedKey"],
  // The name of a group from before, whose replacement would delete its logs.
  [awsTypes.logGroup]: ["name", "namePrefix"],
};

/** What is set on a bucket and keeps it closed. */
const bucketGuardTypes: readonly ResourceType[] = [
  awsTypes.bucketPublicAccessBlock,
  awsTypes.bucketOwnershipControls,
  awsTypes.bucketVersioning,
  awsTypes.bucketServerSideEncryptionConfiguration,
  awsTypes.bucketPolicy,
];

const rules: readonly Rule[] = [
  {
    types: [awsTypes.logGroup],
    holds: ({ ignoreChanges }) =>
      ["name", "namePrefix"].every((property) => ignoreChanges.includes(property)),
    problem: "a group of an earlier release would be replaced for its name, and its logs with it",
    fix: "set ignoreChanges for name and namePrefix",
  },
  {
    types: [azureTypes.virtualNetworkGatewayConnection],
    holds: ({ replacementTrigger, replaceWith }, { propertyDependencies }) =>
      replacementTrigger !== undefined &&
      replaceWith.length > 0 &&
      replaceWith.every((urn) => propertyDependencies["sharedKey"]?.includes(urn)),
    problem:
      "a changed key would have no effect: Azure accepts the update and keeps the old one (azurerm #11673)",
    fix: "set replacementTrigger to the key, and replaceWith to its generator",
  },
  {
    types: [azureTypes.virtualNetworkGatewayConnection],
    holds: ({ ignoreChanges, replaceOnChanges }) =>
      ignoreChanges.includes("sharedKey") && !replaceOnChanges.includes("sharedKey"),
    problem: "a refresh could replace every connection: Azure may leave the key out of what it answers",
    fix: "add sharedKey to ignoreChanges, and take it out of replaceOnChanges",
  },
  replacedWith(
    azureTypes.virtualNetworkGatewayConnection,
    "connectionProtocol",
    "the protocol of a connection cannot change in place",
  ),
  replacedWith(
    azureTypes.virtualNetworkGatewayConnection,
    "virtualNetworkGateway1",
    "a connection cannot move to another gateway",
  ),
  {
    types: [azureTypes.virtualNetworkGatewayConnection],
    holds: (options) => options.additionalSecretOutputs.includes("sharedKey"),
    problem: "the provider's answer would put the key into the state in plain text",
    fix: "add sharedKey to additionalSecretOutputs",
  },
  replacedWith(
    azureTypes.publicIPAddress,
    "zones",
    "Azure cannot move an address between zones, and the provider does not replace it",
  ),
  replacedWith(
    azureTypes.virtualNetworkGateway,
    "vpnGatewayGeneration",
    "Azure resizes a gateway within its generation only",
  ),
  replacedWith(
    azureTypes.virtualNetworkGateway,
    "ipConfigurations[*].publicIPAddress.id",
    "a gateway never moves to another address",
  ),
  ...replacingOfMachines.map((property) =>
    replacedWith(
      azureTypes.virtualMachine,
      property,
      `Azure reads the ${property} when it creates the machine, and rejects changes afterwards`,
    ),
  ),
  {
    types: [azureTypes.virtualMachine],
    holds: (options) => options.additionalSecretOutputs.includes("osProfile"),
    problem: "if Azure ever returned the custom data, it would be in the state in plain text",
    fix: "add osProfile to additionalSecretOutputs",
  },
  replacedWith(
    azureTypes.networkInterface,
    "ipConfigurations[*].subnet.id",
    "an interface cannot move to another virtual network",
  ),
  replacedWith(
    azureTypes.metricAlert,
    "scopes",
    "the alert might keep watching a deleted gateway: its replacement has the same id",
  ),
  {
    types: [
      azureTypes.virtualMachine,
      azureTypes.virtualNetworkGatewayConnection,
      azureTypes.virtualNetworkGateway,
      awsTypes.subnet,
      awsTypes.routeTableAssociation,
      awsTypes.vpnGatewayAttachment,
      awsTypes.vpnConnection,
      awsTypes.vpnConnectionRoute,
      awsTypes.logGroup,
      azureTypes.diagnosticSetting,
      azureTypes.metricAlert,
    ],
    holds: (options) => options.deleteBeforeReplace,
    problem:
      "the replacement cannot exist beside it: its name, addresses or place are taken until it is deleted",
    fix: "set deleteBeforeReplace",
  },
  {
    types: bucketGuardTypes,
    holds: ({ retainOnDelete }) => retainOnDelete,
    problem: "it would be taken off a bucket that S3 then refuses to delete because it is not empty",
    fix: "set retainOnDelete: it goes with its bucket",
  },
  {
    types: [
      awsTypes.bucketLogging,
      awsTypes.bucketLifecycleConfiguration,
      awsTypes.bucketObjectLockConfiguration,
    ],
    holds: ({ deletedWith }, { propertyDependencies }) =>
      deletedWith !== undefined && propertyDependencies["bucket"]?.includes(deletedWith) === true,
    problem: "it would be taken off a bucket that S3 then refuses to delete because it is not empty",
    fix: "set deletedWith to its bucket",
  },
  {
    types: [awsTypes.vpc],
    holds: (options) => options.deleteBeforeReplace,
    problem: "its subnets would have to be deleted while the endpoint is still in them",
    fix: "set deleteBeforeReplace",
  },
  {
    types: [azureTypes.virtualNetworkGateway],
    holds: ({ customTimeouts }) =>
      minutes(customTimeouts.create) >= 60 && minutes(customTimeouts.delete) >= 30,
    problem: "the engine may time out before Azure is done: 45 minutes or more to create, 20 to delete",
    fix: "set customTimeouts of an hour and more",
  },
  createdWithin(
    azureTypes.virtualNetworkGatewayConnection,
    60,
    "the engine may time out while Azure's gateway is busy with another change",
  ),
  createdWithin(awsTypes.vpnConnection, 40, "the engine may time out before AWS is done: up to 40 minutes"),
  createdWithin(
    awsTypes.vpcEndpoint,
    20,
    "the engine may time out before the endpoint has an interface in every zone",
  ),
];

/** A change reaches the clouds, and the engine waits long enough for it. */
export const optionGuards = [
  ...rules.map(({ types, holds, problem, fix }) =>
    guard({
      of: (estate) => types.flatMap((type) => estate.ofType(type)),
      holds: (resource) => holds(resource.options, resource),
      problem,
      fix,
    }),
  ),
  // A subnet whose name is fixed; another gets a new name with its successor.
  guard({
    of: ({ azure }) => azure.subnets.filter(({ name }) => name === "GatewaySubnet"),
    holds: ({ resource }) => resource.options.deleteBeforeReplace,
    problem: "its name is taken until it is gone",
    fix: "set deleteBeforeReplace",
  }),
  // Other changes that are ignored, and leftovers after a teardown, are nowhere wanted.
  guard({
    of: ({ resources }) => resources.filter(({ custom }) => custom),
    holds: (resource) => ignoredBy(resource).length === 0,
    problem: (resource) => `changes of ${ignoredBy(resource).join(", ")} would be ignored`,
    fix: "remove them from ignoreChanges",
  }),
  guard({
    of: ({ resources }) => resources.filter(({ custom, type }) => custom && !isOf(bucketGuardTypes, type)),
    holds: ({ options, ...resource }, estate, { switches }) =>
      !options.retainOnDelete || (switches.has("protection") && isLogs(resource.urn, estate)),
    problem: "would remain after a teardown",
    fix: "remove retainOnDelete",
  }),
  guard({
    of: (estate, { switches }) =>
      switches.has("protection") ? estate.resources.filter(({ urn }) => isLogs(urn, estate)) : [],
    holds: ({ options }) => options.retainOnDelete,
    problem: "it would be deleted with its logs by a setting or a teardown, in spite of protection",
    fix: "set retainOnDelete",
  }),
  guard({
    of: (estate, { switches }) => {
      const lasting = [
        ...estate.dataBuckets,
        ...estate.ofType(azureTypes.publicIPAddress),
        ...estate.ofType(awsTypes.vpnConnection),
      ];
      return switches.has("protection") ? lasting : [];
    },
    holds: ({ options }) => options.protect,
    problem: "a mistaken change could delete or replace it, in spite of protection",
    fix: "set protect",
  }),
  guard({
    of: ({ resources }, { switches }) =>
      resources.filter(({ type }) => !switches.has("protection") || isRenewed(type)),
    holds: ({ options }) => !options.protect,
    problem: "protect would refuse a change that the settings ask for",
    fix: "remove protect",
  }),
];

/** A new key replaces it. */
function isRenewed(type: string): boolean {
  return type === azureTypes.virtualNetworkGatewayConnection || type === randomTypes.randomPassword;
}

function isOf(types: readonly string[], type: string): boolean {
  return types.includes(type);
}

/** What holds logs, and the resource group that Azure would delete with the logs in it. */
function isLogs(urn: string, estate: Estate): boolean {
  return [
    ...estate.logBuckets,
    ...estate.ofType(awsTypes.logGroup),
    ...estate.ofType(azureTypes.workspace),
    ...estate.ofType(azureTypes.resourceGroup),
  ].some((one) => one.urn === urn);
}

function ignoredBy({ type, options }: RecordedResource): readonly string[] {
  return options.ignoreChanges.filter((property) => ignored[type]?.includes(property) !== true);
}

/** A Go duration of hours, minutes and seconds, in minutes; 0 where there is none. */
function minutes(duration: string | undefined): number {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration ?? "");
  const [hours = 0, mins = 0, seconds = 0] = (parts?.slice(1) ?? []).map((part) => Number(part || 0));
  return hours * 60 + mins + seconds / 60;
}
