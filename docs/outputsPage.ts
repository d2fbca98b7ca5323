import { z } from "zod";
import { contractVersion, outputsSchema, secretOutputs } from "../outputs";

/** docs/outputs.md: every stack output with its type and meaning, nested ones beneath. */
export function outputsPage(): string {
  return [
    "# Outputs",
    "",
    "<!-- Generated from outputs.ts by `npm run docs`. -->",
    "",
    `What a stack exports, for other teams and for operators; contract version ${contractVersion}. \`pulumi stack output listCommand\` shows one; another program reads them through a \`StackReference\` (with \`requireOutput\`, which fails where a name is missing). Secret: ${secretOutputs.map((name) => `\`${name}\``).join(", ")}.`,
    "",
    "| output | type | meaning |",
    "| --- | --- | --- |",
    ...rows("", outputsSchema),
    "",
  ].join("\n");
}

function rows(prefix: string, object: z.ZodObject): string[] {
  return Object.entries(object.shape).flatMap(([key, schema]) => row(prefix + key, schema as z.ZodType));
}

function row(path: string, given: z.ZodType): string[] {
  const schema = given instanceof z.ZodOptional ? (given.unwrap() as z.ZodType) : given;
  const type = typeName(schema) + (given === schema ? "" : ", perhaps absent");
  const line = `| \`${path}\` | ${type} | ${given.description ?? ""} |`;
  const inner = innerObject(schema);
  return inner === undefined ? [line] : [line, ...rows(path + inner.suffix, inner.object)];
}

/** The object whose fields deserve rows of their own: the value itself, a list's entry, or a map's value. */
function innerObject(
  schema: z.ZodType,
): { readonly object: z.ZodObject; readonly suffix: string } | undefined {
  if (schema instanceof z.ZodOptional) return innerObject(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodObject) return { object: schema, suffix: "." };
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) {
    return { object: schema.element, suffix: "[]." };
  }
  if (schema instanceof z.ZodRecord && schema.valueType instanceof z.ZodObject) {
    return { object: schema.valueType, suffix: ".<key>." };
  }
  return undefined;
}

function typeName(schema: z.ZodType): string {
  if (schema instanceof z.ZodOptional) return `${typeName(schema.unwrap() as z.ZodType)}, optional`;
  if (schema instanceof z.ZodEnum) return schema.options.map((option) => `\`${option}\``).join(" or ");
  if (schema instanceof z.ZodLiteral) return `\`${[...schema.values].map(String).join(" or ")}\``;
  if (schema instanceof z.ZodArray) return `list of ${typeName(schema.element as z.ZodType)}`;
  if (schema instanceof z.ZodRecord) return `map of ${typeName(schema.valueType as z.ZodType)}`;
  return schema.type;
}
