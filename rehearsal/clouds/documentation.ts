/** Addresses reserved for documentation (RFC 5737), so that none belongs to anybody; each cloud has a range of its own. */
const ranges = { azure: "203.0.113", aws: "198.51.100" } as const;

export function addressesOf(cloud: keyof typeof ranges): readonly string[] {
  return Array.from({ length: 254 }, (_, at) => `${ranges[cloud]}.${String(at + 1)}`);
}
