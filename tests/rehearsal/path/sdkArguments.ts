import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { partsOf } from "../../../rehearsal/model/resourceTypes";

const sdks = join(__dirname, "../../../node_modules/@pulumi");

/**
 * Every property of a resource's arguments in the installed SDK, inner ones too: `ipConfigurations`,
 * `ipConfigurations.subnet.id`. Lists are left out of the path; a map with free keys ends in `*`.
 */
export function argumentPaths(token: string): readonly string[] {
  const { package: pack, module, kind } = partsOf(token);
  const file = kind.replace(/^(\w)/, (first) => first.toLowerCase());
  const source = parsed(join(sdks, pack, module, `${file}.d.ts`));
  const args = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === `${kind}Args`,
  );
  if (args === undefined) throw new Error(`${token} has no arguments in the SDK`);
  return membersOf(args.members, "", pack, []);
}

function membersOf(
  members: ts.NodeArray<ts.TypeElement>,
  prefix: string,
  pack: string,
  above: readonly string[],
): readonly string[] {
  return members.flatMap((member) => {
    if (ts.isIndexSignatureDeclaration(member)) return [`${prefix}*`];
    if (!ts.isPropertySignature(member) || member.type === undefined) return [];
    const path = prefix + member.name.getText();
    return [path, ...pathsInside(member.type, `${path}.`, pack, above)];
  });
}

/** The paths inside of a type: through `pulumi.Input<…>`, lists and unions to the interfaces that it names. */
function pathsInside(
  type: ts.TypeNode,
  prefix: string,
  pack: string,
  above: readonly string[],
): readonly string[] {
  if (ts.isUnionTypeNode(type)) return type.types.flatMap((one) => pathsInside(one, prefix, pack, above));
  if (ts.isArrayTypeNode(type)) return pathsInside(type.elementType, prefix, pack, above);
  if (ts.isTypeLiteralNode(type)) return membersOf(type.members, prefix, pack, above);
  if (!ts.isTypeReferenceNode(type)) return [];
  const [, inputs, namespace, name] = /^(inputs)\.(\w+)\.(\w+)$/.exec(type.typeName.getText()) ?? [];
  if (inputs === undefined || namespace === undefined || name === undefined)
    return (type.typeArguments ?? []).flatMap((one) => pathsInside(one, prefix, pack, above));
  // Azure's types contain themselves: a rule has groups, which have rules. Once around is enough.
  const full = `${namespace}.${name}`;
  return above.includes(full)
    ? []
    : membersOf(interfaceNamed(pack, namespace, name).members, prefix, pack, [...above, full]);
}

const interfaces = new Map<string, ReadonlyMap<string, ts.InterfaceDeclaration>>();

function interfaceNamed(pack: string, namespace: string, name: string): ts.InterfaceDeclaration {
  const all = interfaces.get(pack) ?? readInterfaces(pack);
  interfaces.set(pack, all);
  const found = all.get(`${namespace}.${name}`);
  if (found === undefined) throw new Error(`the SDK ${pack} has no ${namespace}.${name}`);
  return found;
}

function readInterfaces(pack: string): ReadonlyMap<string, ts.InterfaceDeclaration> {
  const found = new Map<string, ts.InterfaceDeclaration>();
  for (const statement of parsed(join(sdks, pack, "types/input.d.ts")).statements) {
    if (!ts.isModuleDeclaration(statement) || statement.body === undefined) continue;
    if (!ts.isModuleBlock(statement.body)) continue;
    for (const inner of statement.body.statements)
      if (ts.isInterfaceDeclaration(inner)) found.set(`${statement.name.text}.${inner.name.text}`, inner);
  }
  return found;
}

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
}
