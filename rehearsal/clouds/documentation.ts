/**
 * Public addresses that belong to nobody (RFC 5737): a rehearsal's packets can reach no stranger.
 * Azure's and Amazon's are told apart at a glance.
 */
const ranges = { azure: "203.0.113", aws: "198.51.100" } as const;

export function addressesOf(cloud: keyof typeof ranges): readonly string[] {
  return Array.from({ length: 254 }, (_, at) => `${ranges[cloud]}.${String(at + 1)}`);
}
