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

/** What a YAML file holds. */
export function yamlOf(text: string, file: string): unknown {
  try {
    return load(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line, column } = error.mark;
    throw new YamlError(
      `${file}:${line + 1}:${column + 1} is no YAML: ${error.reason}; correct that line, indented by spaces alone`,
    );
  }
}
