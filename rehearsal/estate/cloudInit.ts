import { load } from "js-yaml";
import { isMap } from "../model/stackFile";

/** What a machine does on its first start, read from its custom data as cloud-init reads it. */
export interface CloudInit {
  readonly files: readonly CloudInitFile[];
  readonly sshByPassword: boolean;
  /** Commands of every start, early, and of the first start, late; each as one line. */
  readonly bootCommands: readonly string[];
  readonly firstCommands: readonly string[];
  /** Keys that fetch something from the internet. */
  readonly downloads: readonly string[];
}

export interface CloudInitFile {
  readonly path: string;
  readonly owner: string;
  readonly permissions: string;
  readonly content: string;
}

type Document = Readonly<Record<string, unknown>>;

/** Undefined where cloud-init would not know what to do: no base64, no `#cloud-config`, no YAML, no map. */
export function readCloudInit(customData: string | undefined): CloudInit | undefined {
  if (customData === undefined) return undefined;
  const bytes = Buffer.from(customData, "base64");
  if (bytes.toString("base64") !== customData) return undefined;
  const source = bytes.toString("utf8");
  if (!source.startsWith("#cloud-config\n")) return undefined;
  const document = parsed(source);
  if (document === undefined) return undefined;
  return {
    files: listOf(document["write_files"]).flatMap(fileOf),
    // Azure switches it on for a machine with a password, unless told otherwise.
    sshByPassword: document["ssh_pwauth"] !== false,
    bootCommands: listOf(document["bootcmd"]).map(commandOf),
    firstCommands: listOf(document["runcmd"]).map(commandOf),
    downloads: ["packages", "apt", "snap", "package_update", "package_upgrade"].filter(
      (key) => document[key] !== undefined && document[key] !== false,
    ),
  };
}

function parsed(source: string): Document | undefined {
  try {
    const document = load(source);
    return isMap(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function fileOf(entry: unknown): readonly CloudInitFile[] {
  if (!isMap(entry)) return [];
  const textOf = (key: string, otherwise: string) => {
    const value = entry[key];
    return typeof value === "string" ? value : otherwise;
  };
  // Without an encoding the content is as it stands; cloud-init's own defaults for the others.
  if (entry["encoding"] !== undefined) return [];
  return [
    {
      path: textOf("path", ""),
      owner: textOf("owner", "root:root"),
      permissions: textOf("permissions", "0644"),
      content: textOf("content", ""),
    },
  ];
}

function commandOf(command: unknown): string {
  return Array.isArray(command) ? command.join(" ") : String(command);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The options of a configuration file of curl, each once, as `url = "https://…"`. */
export function curlOptions(content: string): Readonly<Record<string, string>> {
  const lines = content.split("\n").map((line) => /^\s*([\w-]+)\s*[=:]\s*"(.*)"\s*$/.exec(line));
  return Object.fromEntries(
    lines.flatMap((line) =>
      line === null ? [] : [[line[1] ?? "", (line[2] ?? "").replace(/\\(.)/g, "$1")]],
    ),
  );
}
