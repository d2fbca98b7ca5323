import { createHash } from "node:crypto";

/** How `pulumi stack export --show-secrets` writes a secret: its JSON, as text. */
const signature = "4dabf18193072939515e22adb298388d";

/**
 * An export without its secrets: each is replaced by a stand-in of the same length and alphabet, the same one wherever
 * it stands, so that today's program still finds one key at both ends of a tunnel.
 */
export function dummySecrets(exported: string): string {
  const found = new Set<string>();
  JSON.parse(exported, (_, value: unknown) => {
    for (const secret of secretsIn(value)) found.add(secret);
    return value;
  });
  // The longest first: one secret may hold another, as a connection's configuration holds its keys.
  const longestFirst = [...found].sort((a, b) => b.length - a.length);
  const inJson = (text: string, times: number): string =>
    times === 0 ? text : inJson(JSON.stringify(text).slice(1, -1), times - 1);
  return longestFirst.reduce((text, secret) => {
    const dummy = standIn(secret);
    // A secret stands once escaped in the file, and twice escaped inside the text of another.
    return [1, 2, 3].reduce(
      (inner, times) => inner.replaceAll(inJson(secret, times), inJson(dummy, times)),
      text,
    );
  }, exported);
}

/** An export without the places in files that its resources were registered from: they name the machine that ran it. */
export function withoutPlaces(exported: string): string {
  return JSON.stringify(
    JSON.parse(exported, (key, value: unknown) =>
      key === "sourcePosition" || key === "stackTrace" ? undefined : value,
    ),
  );
}

export function secretsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null || !(signature in value) || !("plaintext" in value))
    return [];
  const { plaintext } = value;
  const strings: string[] = [];
  if (typeof plaintext === "string") {
    JSON.parse(plaintext, (_, inner: unknown) => {
      if (typeof inner === "string" && inner.length > 7) strings.push(inner);
      return inner;
    });
  }
  return strings;
}

function standIn(secret: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return Array.from({ length: secret.length }, (_, place) => {
    const byte = createHash("sha256")
      .update(`dummy of ${String(secret.length)} ${hashOf(secret)} ${String(place)}`)
      .digest()[0];
    return letters[(byte ?? 0) % letters.length];
  }).join("");
}

/** Nothing of the secret can be told from its stand-in: sixteen bits only tell two secrets apart. */
function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex").slice(0, 4);
}
