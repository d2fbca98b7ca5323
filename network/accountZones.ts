/** What to tell of the zones that a stack names and the account lacks; undefined where it has them all. */
export function missingZones(zones: {
  readonly named: readonly string[];
  readonly ofAccount: readonly string[];
}): string | undefined {
  const missing = zones.named.filter((zone) => !zones.ofAccount.includes(zone));
  if (missing.length === 0) return undefined;
  return `awsZones names ${missing.join(" and ")}, but this AWS account has no such zone, because the letters differ between accounts; use some of ${[...zones.ofAccount].sort().join(", ")}`;
}
