import { readFileSync } from "node:fs";
import { join } from "node:path";

const sdks = join(__dirname, "../../../node_modules/@pulumi");

export interface TypedProperty {
  readonly name: string;
  readonly optional: boolean;
  /** The interface of a nested object or list item, as `network.SubResourceArgs`; undefined for plain values. */
  readonly nested: string | undefined;
  readonly isList: boolean;
  /** Its enum, as `network.VpnType`; undefined where it has none. */
  readonly enum: string | undefined;
}

/** What the installed SDK's typings say of a resource type: its arguments and the properties it has afterwards. */
export interface TypedResource {
  readonly args: readonly TypedProperty[];
  readonly outputs: readonly string[];
  nested(name: string): readonly TypedProperty[];
}

export function typedResource(token: string): TypedResource {
  const [packageName = "", module = "", name = ""] = token.split(":");
  const folder = module.split("/")[0] ?? "";
  const file = name.replace(/^(\w)/, (first) => first.toLowerCase());
  const typings = read(join(packageName, folder === "index" ? "" : folder, `${file}.d.ts`));
  return {
    args: properties(block(typings, `export interface ${name}Args {`), /^ {4}(\w+)(\?)?: (.*)$/gm),
    outputs: [...block(typings, `export declare class ${name} `).matchAll(/^ {4}readonly (\w+)/gm)].map(
      ([, output = ""]) => output,
    ),
    nested: (reference) => {
      const [namespace = "", item = ""] = reference.split(".");
      const inputs = read(join(packageName, "types/input.d.ts"));
      const inside = block(inputs, `export declare namespace ${namespace} {`);
      return properties(block(inside, `interface ${item} {`, "\n    }"), /^ {8}(\w+)(\?)?: (.*)$/gm);
    },
  };
}

/** The property at a path such as `sku.name`; undefined where the typings have none, or know no more of it. */
export function typedProperty(typed: TypedResource, path: string): TypedProperty | undefined {
  const [head = "", ...rest] = path.split(".");
  let property = typed.args.find(({ name }) => name === head);
  for (const part of rest) {
    const inside = property?.nested === undefined ? [] : typed.nested(property.nested);
    property = inside.find(({ name }) => name === part);
  }
  return property;
}

const files = new Map<string, string>();

function read(path: string): string {
  const known = files.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(join(sdks, path), "utf8");
  files.set(path, text);
  return text;
}

function block(text: string, head: string, end = "\n}"): string {
  const from = text.indexOf(head);
  if (from === -1) throw new Error(`the typings have no '${head}'`);
  return text.slice(from, text.indexOf(end, from));
}

function properties(text: string, pattern: RegExp): readonly TypedProperty[] {
  return [...text.matchAll(pattern)].map(([, name = "", question, rest = ""]) => ({
    name,
    optional: question !== undefined,
    nested: /\binputs\.(\w+\.\w+)/.exec(rest)?.[1],
    isList: rest.includes(">[]"),
    enum: /\benums\.(\w+\.\w+)/.exec(rest)?.[1],
  }));
}

/** The values of one of azure-native's enums. */
export function azureEnum(reference: string): readonly string[] {
  const [namespace = "", name = ""] = reference.split(".");
  const declared = read(join("azure-native/types/enums", namespace, "index.d.ts"));
  const members = block(declared, `export declare const ${name}: {`);
  return [...members.matchAll(/^ {4}readonly \w+: "(.*)";$/gm)].map(([, value = ""]) => value);
}
