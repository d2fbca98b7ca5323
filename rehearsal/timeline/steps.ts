import { awsTypes, azureTypes, randomTypes } from "../model/resourceTypes";
import type { CloudType, Minutes } from "../clouds/cloudType";
import type { RecordedResource } from "../model/recording";
import type { Step } from "./schedule";

/** How long each type takes: `cloudTypes`, or a table of a test. */
export type Durations = Readonly<
  Record<string, Pick<CloudType, "create" | "update" | "delete" | "replaces">>
>;

const noTime: Minutes = { min: 0, typical: 0, max: 0, source: "stays as it is" };

/** Everything made from nothing; components take no time, and a type nobody knows is left out. */
export function creationSteps(resources: readonly RecordedResource[], durations: Durations): readonly Step[] {
  // A component waits for its arguments, and what is in it for the component.
  const components = new Map(resources.filter(({ custom }) => !custom).map((one) => [one.urn, one]));
  return timed(resources, durations).map(({ resource, type }) => ({
    ...named(resource),
    action: "create",
    minutes: type.create,
    waitsFor: [
      ...new Set([...resource.dependencies, ...(components.get(resource.parent ?? "")?.dependencies ?? [])]),
    ],
  }));
}

/** Everything unmade: nothing goes before what was made of it. */
export function destructionSteps(
  resources: readonly RecordedResource[],
  durations: Durations,
): readonly Step[] {
  return timed(resources, durations).map(({ resource, type }) => ({
    ...named(resource),
    action: "delete",
    minutes: type.delete,
    waitsFor: resources.filter((other) => other.dependencies.includes(resource.urn)).map(({ urn }) => urn),
  }));
}

/** The same graph, but AWS is told of Azure only once Azure's gateway stands. */
export function gatewayFirst(steps: readonly Step[]): readonly Step[] {
  const gateways = steps
    .filter((step) => step.type === azureTypes.virtualNetworkGateway)
    .map((step) => step.urn);
  return steps.map((step) =>
    step.type === awsTypes.customerGateway ? { ...step, waitsFor: [...step.waitsFor, ...gateways] } : step,
  );
}

/** The generated keys that Azure connections hold: what a rotation may begin with. */
export function rotatableKeys(resources: readonly RecordedResource[]): readonly RecordedResource[] {
  const used = new Set(
    resources
      .filter((resource) => resource.type === azureTypes.virtualNetworkGatewayConnection)
      .flatMap((connection) => connection.propertyDependencies["sharedKey"] ?? []),
  );
  return resources.filter(
    (resource) => resource.type === randomTypes.randomPassword && used.has(resource.urn),
  );
}

/**
 * An update in which one generated key is made anew. Whoever is made of it is updated or replaced by its type's
 * rules; what is replaced has a new id, so whoever is made of that follows; what is updated keeps its outputs.
 */
export function rotationSteps(
  resources: readonly RecordedResource[],
  durations: Durations,
  key: string,
): readonly Step[] {
  const actions = new Map<string, Step["action"]>([[key, "replace"]]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { resource, type } of timed(resources, durations)) {
      const action = actionOn(resource, type, actions);
      if (action === "nothing" || actions.get(resource.urn) === "replace") continue;
      if (actions.get(resource.urn) === action) continue;
      actions.set(resource.urn, action);
      grown = true;
    }
  }
  return timed(resources, durations).map(({ resource, type }) => {
    const action = actions.get(resource.urn) ?? "nothing";
    return {
      ...named(resource),
      action,
      minutes: minutesOf(resource, type, action),
      waitsFor: resource.dependencies,
    };
  });
}

function actionOn(
  resource: RecordedResource,
  type: Durations[string],
  actions: ReadonlyMap<string, Step["action"]>,
): Step["action"] {
  const { replaceOnChanges, replaceWith, ignoreChanges } = resource.options;
  const isReplaced = (urn: string) => actions.get(urn) === "replace";
  if (replaceWith.some(isReplaced)) return "replace";
  const changed = Object.entries(resource.propertyDependencies)
    .filter(([property, urns]) => !ignoreChanges.includes(property) && urns.some(isReplaced))
    .map(([property]) => property);
  if (changed.length === 0) return "nothing";
  const replaces = [...Object.keys(type.replaces), ...replaceOnChanges];
  const replaced = (property: string) =>
    replaces.some((path) => path === property || path.startsWith(`${property}.`));
  return changed.some(replaced) ? "replace" : "update";
}

/** A replacement counts both halves where the old goes first; else the old goes later, in nobody's way. */
function minutesOf(resource: RecordedResource, type: Durations[string], action: Step["action"]): Minutes {
  switch (action) {
    case "nothing":
      return noTime;
    case "create":
    case "update":
    case "delete":
      return type[action];
    case "replace":
      return resource.options.deleteBeforeReplace ? sum(type.delete, type.create) : type.create;
  }
}

function sum(one: Minutes, other: Minutes): Minutes {
  return {
    min: one.min + other.min,
    typical: one.typical + other.typical,
    max: one.max + other.max,
    source: one.source === other.source ? one.source : `${one.source}; ${other.source}`,
  };
}

function timed(
  resources: readonly RecordedResource[],
  durations: Durations,
): readonly { readonly resource: RecordedResource; readonly type: Durations[string] }[] {
  return resources.flatMap((resource) => {
    const type = durations[resource.type];
    return resource.custom && type !== undefined ? [{ resource, type }] : [];
  });
}

function named({ urn, name, type }: RecordedResource): Pick<Step, "urn" | "name" | "type"> {
  return { urn, name, type };
}
