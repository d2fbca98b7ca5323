import { isDeepStrictEqual } from "node:util";
import { isCollection, isMap, isScalar, parseDocument, type Pair, type YAMLMap } from "yaml";

/** Thrown for what somebody can mend by reading the message. */
export class StackFileError extends Error {
  override readonly name = "StackFileError";
}

export interface Raised {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const setting = "presharedKeyGenerations";

/** A stack's file with one tunnel's key generation raised, and every other byte as it was. */
export function raiseGeneration(text: string, project: string, tunnel: string): Raised {
  const document = parseDocument(text);
  const [wrong] = document.errors;
  if (wrong !== undefined)
    throw new StackFileError(`the stack's file is no YAML: ${wrong.message.split("\n", 1)[0] ?? ""}`);
  const config = document.get("config");
  if (!isMap(config)) throw new StackFileError("the stack's file has no config");
  const key = `${project}:${setting}`;
  const from = generationOf(document.getIn(["config", key]), tunnel);
  const to = from + 1;
  const raised = spliced(text, raise(text, config, key, tunnel, to));
  document.setIn(["config", key, tunnel], to);
  // The file is edited by hand here; YAML's own idea of the same change says whether that went well.
  if (!isDeepStrictEqual(parseDocument(raised).toJS(), document.toJS()))
    throw new StackFileError(`${setting} cannot be changed here; set ${tunnel} to ${to} by hand`);
  return { text: raised, from, to };
}

/** Tunnels left out are at 1. */
function generationOf(value: unknown, tunnel: string): number {
  if (value === undefined) return 1;
  if (!isMap(value) || value.has("secure"))
    throw new StackFileError(
      `${setting} is no map of tunnels to numbers; write it as one, as docs/settings.md shows`,
    );
  const now: unknown = value.get(tunnel) ?? 1;
  if (typeof now !== "number" || !Number.isInteger(now) || now < 1)
    throw new StackFileError(`${setting}.${tunnel} is ${String(now)}, and must be a whole number from 1`);
  return now;
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

function spliced(text: string, { start, end, insert }: Splice): string {
  return text.slice(0, start) + insert + text.slice(end);
}

function raise(text: string, config: YAMLMap, key: string, tunnel: string, to: number): Splice {
  const generations = config.get(key, true) as unknown;
  if (generations === undefined) {
    const indent = indentOf(text, config);
    return newLine(
      text,
      endOf(config),
      `${indent}${key}:${eol(text)}${indent}${indent || "  "}${tunnel}: ${to}`,
    );
  }
  if (!isMap(generations)) throw new StackFileError(`${setting} is no map`);
  const [start = 0, end = 0] = generations.range ?? [];
  const there: unknown = generations.get(tunnel, true);
  if (isScalar(there)) {
    const [from = 0, until = 0] = there.range ?? [];
    return { start: from, end: until, insert: String(to) };
  }
  if (generations.items.length === 0) return { start, end, insert: `{ ${tunnel}: ${to} }` };
  const last = endOf(generations);
  if (generations.flow === true) {
    const after = endOfPair(generations.items.at(-1));
    return { start: after, end: after, insert: `, ${tunnel}: ${to}` };
  }
  return newLine(text, last, `${indentOf(text, generations)}${tunnel}: ${to}`);
}

/** A line of its own below the one that holds a position, comment and all. */
function newLine(text: string, position: number, line: string): Splice {
  // A block of text ends with its own line break.
  const from = text[position - 1] === "\n" ? position - 1 : position;
  const next = text.indexOf("\n", from);
  if (next < 0) return { start: text.length, end: text.length, insert: `${eol(text)}${line}${eol(text)}` };
  return { start: next + 1, end: next + 1, insert: `${line}${eol(text)}` };
}

/** Where the last value in a block ends, leaving out the comments after it. */
function endOf(map: YAMLMap): number {
  return endOfPair(map.items.at(-1));
}

function endOfPair(pair: Pair | undefined): number {
  const node = pair?.value ?? pair?.key;
  if (isMap(node) && node.flow !== true && node.items.length > 0) return endOf(node);
  if (isCollection(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (isMap(last) && last.flow !== true) return endOf(last);
    if (isScalar(last) || isCollection(last)) return last.range?.[1] ?? 0;
  }
  if (isScalar(node) || isCollection(node)) return node.range?.[1] ?? 0;
  return 0;
}

/** The white space before the map's first key. */
function indentOf(text: string, map: YAMLMap): string {
  const [first] = map.items;
  const start = (isScalar(first?.key) ? first.key.range?.[0] : undefined) ?? 0;
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
}

function eol(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
