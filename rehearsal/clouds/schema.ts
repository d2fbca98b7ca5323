import type { Props, Refusal } from "../model/recording";
import type { CloudType, CloudView, LiveResource, Reference } from "./cloudType";
import { refuseOthers } from "./rules";
import { azureTypes } from "../model/resourceTypes";
import { knownStrings, pathsOf } from "../model/values";

const providerSchema = "https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/";

/** Properties that the provider does not have, each once. */
export function unknownProperties(inputs: Props, type: CloudType): readonly Refusal[] {
  const found = [...new Set(pathsOf(inputs).filter((path) => !knows(type, path)))];
  // A wrong node makes everything below it wrong; one message is enough.
  const outermost = found.filter((path) => !found.some((other) => path.startsWith(`${other}.`)));
  return outermost.map((property) => ({
    code: "UnknownProperty",
    message: `the provider has no property '${property}'`,
    property,
    source: providerSchema,
  }));
}

interface Known {
  /** Listed properties and the nodes above them. */
  readonly paths: ReadonlySet<string>;
  /** Known whatever follows: `tags.` of `tags.*`. */
  readonly open: readonly string[];
}

const knownByType = new WeakMap<CloudType, Known>();

function knows(type: CloudType, path: string): boolean {
  const { paths, open } = knownByType.get(type) ?? remember(type);
  return paths.has(path) || open.some((start) => path.startsWith(start));
}

function remember(type: CloudType): Known {
  const nodes = type.properties.flatMap((property) => {
    const parts = property.split(".");
    return parts.map((_, at) => parts.slice(0, at + 1).join("."));
  });
  const open = type.properties.filter((property) => property.endsWith(".*"));
  const known = { paths: new Set(nodes), open: open.map((property) => property.slice(0, -1)) };
  knownByType.set(type, known);
  return known;
}

export function missingProperties(inputs: Props, type: CloudType): readonly Refusal[] {
  return type.required
    .filter((property) => inputs[property] === undefined || inputs[property] === null)
    .map((property) => ({
      code: "MissingRequiredProperty",
      message: `missing required property '${property}'`,
      property,
      source: providerSchema,
    }));
}

/** Values that are not in a closed list. guess: the code; bridged providers and Azure each have words of their own. */
export function wrongValues(inputs: Props, type: CloudType): readonly Refusal[] {
  return Object.entries(type.values ?? {}).flatMap(([property, allowed]) =>
    refuseOthers(inputs, property, allowed, (message) => ({
      code: "InvalidEnumValue",
      message,
      property,
      source: providerSchema,
    })),
  );
}

/** Known values that should name a live resource and do not. */
export function danglingReferences(inputs: Props, type: CloudType, cloud: CloudView): readonly Refusal[] {
  return Object.entries(type.references ?? {}).flatMap(([property, reference]) =>
    knownStrings(inputs, property)
      .filter((value) => target(reference, value, cloud) === undefined)
      .filter((value) => !isGroupOfOthers(reference, value, cloud))
      .map((value) => ({
        code: reference.missing,
        message: `'${value}' (${property}) does not exist`,
        property,
        source: reference.source,
      })),
  );
}

function isGroupOfOthers({ types }: Reference, value: string, { resourceGroups = [] }: CloudView): boolean {
  return types.includes(azureTypes.resourceGroup) && resourceGroups.includes(value);
}

/** The live resource that a reference's value names. */
export function target(reference: Reference, value: string, cloud: CloudView): LiveResource | undefined {
  const { types, by } = reference;
  if (by === undefined)
    return types.map((type) => cloud.find(type, value)).find((found) => found !== undefined);
  return types.flatMap((type) => cloud.all(type)).find((candidate) => candidate.outputs[by] === value);
}

/** Why a resource cannot be deleted yet: others that point at it, one refusal each. */
export function holders(
  resource: LiveResource,
  live: readonly LiveResource[],
  types: Readonly<Record<string, CloudType>>,
): readonly Refusal[] {
  return live.flatMap((other) =>
    Object.entries(types[other.type]?.references ?? {}).flatMap(([property, reference]) => {
      if (reference.inUse === undefined || !reference.types.includes(resource.type)) return [];
      const value = reference.by === undefined ? resource.id : resource.outputs[reference.by];
      if (!knownStrings(other.inputs, property).some((held) => held === value)) return [];
      const message = `${resource.id} is in use by ${other.type} ${other.id} (${property})`;
      const procedure = reference.procedure === undefined ? {} : { procedure: reference.procedure };
      return [{ code: reference.inUse, message, source: reference.source, heldBy: other.urn, ...procedure }];
    }),
  );
}
