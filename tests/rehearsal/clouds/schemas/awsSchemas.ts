import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { Property, PropertyType } from "@aws-cdk/service-spec-types";
import type { Plain } from "./tries";

/** What AWS's own schema says of one property. */
export interface SchemaProperty {
  /** `yes`, or `maybe` where it depends on the values. */
  readonly createOnly: "yes" | "maybe" | "no";
  readonly required: boolean;
  readonly isList: boolean;
  readonly values: readonly Plain[] | undefined;
}

const database = loadAwsServiceSpecSync();

/** The property at a path such as `DnsOptions.DnsRecordIpType` of a type of CloudFormation's; undefined where there is none. */
export function schemaProperty(type: string, path: string): SchemaProperty | undefined {
  let properties = propertiesOf(type);
  let found: SchemaProperty | undefined;
  for (const name of path.split(".")) {
    const property = properties[name];
    if (property === undefined) return undefined;
    const { inner, isList } = itemOf(property.type);
    properties = inner.type === "ref" ? database.get("typeDefinition", inner.reference).properties : {};
    found = {
      // What is below a property that cannot change cannot, either.
      createOnly: found?.createOnly === "yes" ? "yes" : (property.causesReplacement ?? "no"),
      required: property.required === true,
      isList,
      values: valuesOf(property.type),
    };
  }
  return found;
}

/** What a template must say of a type. */
export function requiredOf(type: string): readonly string[] {
  return Object.entries(propertiesOf(type)).flatMap(([name, { required }]) =>
    required === true ? [name] : [],
  );
}

function propertiesOf(type: string): Readonly<Record<string, Property>> {
  return database.lookup("resource", "cloudFormationType", "equals", type).only().properties;
}

function itemOf(type: PropertyType): { inner: PropertyType; isList: boolean } {
  return type.type === "array"
    ? { inner: itemOf(type.element).inner, isList: true }
    : { inner: type, isList: false };
}

/** A list of objects with one `Value` each stands for a list of plain values. */
function valuesOf(type: PropertyType): readonly Plain[] | undefined {
  const { inner } = itemOf(type);
  if (inner.type === "string" || inner.type === "integer") return inner.allowedValues;
  if (inner.type !== "ref") return undefined;
  const { Value: value, ...others } = database.get("typeDefinition", inner.reference).properties;
  return value !== undefined && Object.keys(others).length === 0 ? valuesOf(value.type) : undefined;
}
