import type { CloudType } from "../../../../rehearsal/clouds/cloudType";
import { type AwsNames, theirPath, withoutCounterpart } from "./awsNames";
import { requiredOf, schemaProperty, type SchemaProperty } from "./awsSchemas";
import { type Refuse, tryValues } from "./tries";

/** Where a record and AWS's own schema of the type say different things. */
export interface Difference {
  readonly path: string;
  /** What the record does; the schema does not. */
  readonly record: string;
}

/** Everything in which a record differs from the schema that the table of names gives it. */
export function differences(
  record: Pick<CloudType, "properties" | "required" | "replaces">,
  names: AwsNames,
  refuserAt: (path: string, isList: boolean) => Refuse,
): readonly Difference[] {
  return [
    ...pathsOf(record).flatMap((path) => {
      if (withoutCounterpart(names, path) !== undefined) return [];
      const theirs = schemaProperty(names.type, theirPath(names, path));
      if (theirs === undefined) return [{ path, record: "knows it" }];
      return [
        ...replacement(record, names, path, theirs),
        ...requirement(record, path, theirs),
        ...values(theirs, refuserAt(path, theirs.isList)),
      ].map((what) => ({ path, record: what }));
    }),
    ...unknownRequired(record, names),
  ];
}

/** Each path that the record knows, and the properties that they are in. */
function pathsOf({ properties }: Pick<CloudType, "properties">): readonly string[] {
  const paths = properties.map((path) => path.replace(/\.\*$/, ""));
  return [...new Set([...paths.map((path) => path.split(".")[0] ?? path), ...paths])];
}

function replacement(
  { replaces }: Pick<CloudType, "replaces">,
  names: AwsNames,
  path: string,
  theirs: SchemaProperty,
): readonly string[] {
  const [top = path] = path.split(".");
  const mine = Object.hasOwn(replaces, path) || Object.hasOwn(replaces, top);
  // `maybe` agrees with both: what it depends on, the record says by `inPlace`.
  if (theirs.createOnly === "maybe" || mine === (theirs.createOnly === "yes")) return [];
  // What is below a property that differs differs with it.
  const above = path === top ? undefined : schemaProperty(names.type, theirPath(names, top));
  if (above !== undefined && Object.hasOwn(replaces, top) !== (above.createOnly === "yes")) return [];
  return [mine ? "replaces" : "updates in place"];
}

/** What the record requires beyond the schema the provider does: properties.test.ts holds it against the SDK. */
function requirement({ required }: Pick<CloudType, "required">, path: string, theirs: SchemaProperty) {
  if (path.includes(".") || required.includes(path) || !theirs.required) return [];
  return ["does not require it"];
}

function values({ values: allowed }: SchemaProperty, refuse: Refuse): readonly string[] {
  if (allowed === undefined) return [];
  const { refused, accepted, open } = tryValues(allowed, refuse);
  return [
    ...refused.map((value) => `refuses ${value}`),
    ...accepted.map((value) => `accepts ${value}`),
    ...(open ? ["accepts anything"] : []),
  ];
}

/** What a template must say and no property of the record's says; a part of a larger type has nothing of the kind. */
function unknownRequired(record: Pick<CloudType, "properties">, names: AwsNames): readonly Difference[] {
  if (names.at !== undefined) return [];
  const said = pathsOf(record).map((path) => theirPath(names, path));
  return requiredOf(names.type)
    .filter((name) => !said.some((one) => one === name || one.startsWith(`${name}.`)))
    .map((name) => ({ path: name, record: "does not know it" }));
}
