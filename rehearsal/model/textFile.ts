// Pulumi's SDK loads this library anyway: docs/decisions/one-yaml-reader.md.
import { load, YAMLException } from "js-yaml";

/**
 * The text of a file as editors and shells write it, on Windows too: UTF-8, with or without its mark, and UTF-16 with it,
 * which is what PowerShell's `>` writes.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
 */
export function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  // An odd byte at the end is half a character.
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString("utf16le");
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

/** A file that is no YAML, in one line with what to do. */
export class YamlError extends Error {
  override readonly name = "YamlError";
}

/** By how js-yaml's reasons begin. */
const fixes: readonly (readonly [string, string])[] = [
  ["duplicated", "keep one of the two"],
  ["expected a single document", "keep one"],
  ["unexpected end of the stream within a flow", "close its bracket"],
  ["unexpected end of the stream within a", "close its quote"],
  ["unidentified alias", "quote the value"],
  ["unknown tag", "quote the value"],
];
const usualFix = "correct that line, indented by spaces alone";

/** What a YAML file holds. */
export function yamlOf(text: string, file: string): unknown {
  try {
    return load(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    // Several documents in one file have no place of their own, whatever the typings say.
    const mark = error.mark as typeof error.mark | undefined;
    const place = mark === undefined ? file : `${file}:${mark.line + 1}:${mark.column + 1}`;
    const fix = fixes.find(([reason]) => error.reason.startsWith(reason))?.[1] ?? usualFix;
    throw new YamlError(`${place} is no YAML: ${error.reason}; ${fix}`);
  }
}
