import { lstatSync } from "node:fs";
import { join } from "node:path";
import { entriesOf, readOrEmpty } from "../machine/files";
import { entriesWith, netnsFiles } from "../machine/namespaces";
import type { Session } from "../session";
import { check, type Check } from "./check";

/** No key is in a file or in a process's arguments. The endpoint's name, which is in both, shows that the search works. */
export function checkSecrets(session: Session): Check[] {
  const { namespaces, plan } = session.lab;
  const keys = [
    ...plan.tunnels.flatMap((tunnel) => [tunnel.azure.key, tunnel.aws.key]),
    ...(plan.site?.tunnels ?? []).map((tunnel) => tunnel.gateway.key),
    plan.storage.reader.secretAccessKey,
    "PRIVATE KEY",
  ];
  const hostDirectories = entriesWith(namespaces.name, netnsFiles).map((entry) => join(netnsFiles, entry));
  const files = [namespaces.directory, ...hostDirectories].flatMap(filesIn);
  // A process may end while its arguments are read.
  const processes = entriesOf("/proc").filter((entry) => /^\d+$/.test(entry));
  const search = (name: string, paths: readonly string[]): Check => {
    const texts = paths.map((path) => ({ path, text: readOrEmpty(path) })).filter(({ text }) => text !== "");
    const containing = (words: readonly string[]): string[] =>
      texts.filter(({ text }) => words.some((word) => text.includes(word))).map(({ path }) => path);
    const withKey = containing(keys);
    const withName = containing([plan.storage.endpoint.names[0] ?? ""]);
    return check(name, {
      holds: withKey.length === 0 && withName.length > 0,
      at: withKey[0] ?? "the search itself, which does not find the endpoint's name",
      found: `in ${withKey.length} of ${texts.length}; the endpoint's name is in ${withName.length}`,
    });
  };
  return [
    search("no key is in a file", files),
    search(
      "no key is in a process's arguments",
      processes.map((pid) => `/proc/${pid}/cmdline`),
    ),
  ];
}

function filesIn(directory: string): string[] {
  return entriesOf(directory).flatMap((entry) => {
    const path = join(directory, entry);
    const status = lstatSync(path);
    if (status.isDirectory()) return filesIn(path);
    return status.isFile() ? [path] : [];
  });
}
