/** The tags of the AWS provider's `defaultTags`, as the engine and a stack file hand them over: JSON with `tags` in it. */
export function readDefaultTags(config: unknown): Readonly<Record<string, string>> {
  const { tags } = (typeof config === "string" ? parsed(config) : config) as { tags?: unknown };
  if (typeof tags !== "object" || tags === null) return {};
  return Object.fromEntries(
    Object.entries(tags).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function parsed(json: string): unknown {
  try {
    return (JSON.parse(json) as unknown) ?? {};
  } catch {
    return {};
  }
}
