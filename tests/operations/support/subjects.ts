import type { Subject } from "../../../operations/verify/judge/verdict";

/** Every subject of verify, in the order of its report. */
export const allSubjects = [
  "tunnels",
  "gateway",
  "routes",
  "client network",
  "client VM",
  "endpoint",
  "policies",
  "buckets",
  "logs",
  "reader",
  "client",
] as const satisfies readonly Subject[];
