import type { Around } from "./around";

/** Whether tags say that something is the stack's own: the program puts both on everything that takes tags. */
export function isOwn(around: Around, tags: Readonly<Record<string, string>> | undefined): boolean {
  return tags?.["project"] === around.project && tags["stack"] === around.stack;
}

/** Whether a name is one that the program gives in networks of others: for subnets and peerings, which have no tags. */
export function isOwnName({ project, stack }: Around, name: string): boolean {
  const own = `${project}-${stack}`;
  return name === own || name.startsWith(`${own}-to-`);
}
