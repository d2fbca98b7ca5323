import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Session } from "../session";
import type { Check } from "./check";

/** No key lies on the disk or stands in a process's arguments; the search finds what does. */
export function checkSecrets(session: Session): Check[] {
  const { ground, plan } = session.lab;
  const keys = [
    ...plan.tunnels.flatMap((tunnel) => [tunnel.azure.key, tunnel.aws.key]),
    plan.storage.reader.secretAccessKey,
    "PRIVATE KEY",
  ];
  const files = [ground.directory, ...hostDirectories(ground.name)].flatMap(filesIn).map(readOrEmpty);
  const argumentLists = allArguments();
  const found = (texts: readonly string[], words: readonly string[]): number =>
    texts.filter((text) => words.some((word) => text.includes(word))).length;
  const publicName = plan.storage.endpoint.names[0] ?? "";
  return [
    {
      name: "no key lies in a file",
      holds: found(files, keys) === 0 && found(files, [publicName]) > 0,
      found: `in ${found(files, keys)} of ${files.length} files; the endpoint's name is in ${found(files, [publicName])}`,
    },
    {
      name: "no key stands in a process's arguments",
      holds: found(argumentLists, keys) === 0 && found(argumentLists, [publicName]) > 0,
      found: `in ${found(argumentLists, keys)} of ${argumentLists.length}; the endpoint's name is in ${found(argumentLists, [publicName])}`,
    },
  ];
}

function hostDirectories(name: string): string[] {
  return entries("/etc/netns")
    .filter((entry) => entry.startsWith(name))
    .map((entry) => join("/etc/netns", entry));
}

function filesIn(directory: string): string[] {
  return entries(directory).flatMap((entry) => {
    const path = join(directory, entry);
    const status = lstatSync(path);
    if (status.isDirectory()) return filesIn(path);
    return status.isFile() ? [path] : [];
  });
}

function allArguments(): string[] {
  return entries("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map((pid) => readOrEmpty(`/proc/${pid}/cmdline`))
    .filter((text) => text !== "");
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** A process may end while its arguments are read. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
