import type { Estate } from "../estate/estate";
import type { Finding } from "../model/findings";
import type { Intent } from "../model/intent";
import { alarmGuards } from "./alarms";
import { auditTrailGuards } from "./auditTrail";
import { bucketGuards } from "./buckets";
import { clientGuards } from "./client";
import { dnsGuards } from "./dns";
import { endpointGuards } from "./endpoint";
import type { Guard } from "./guard";
import { logGuards } from "./logs";
import { networkGuards } from "./networks";
import { optionGuards } from "./options";
import { otherGuards } from "./others";
import { placeGuards } from "./places";
import { secretGuards } from "./secrets";
import { vpnGuards } from "./vpn";

/** Every resource has a purpose that a working path does not show; its absence or weakening is reported here. */
const guards: readonly Guard[] = [
  ...networkGuards,
  ...dnsGuards,
  ...endpointGuards,
  ...vpnGuards,
  ...alarmGuards,
  ...bucketGuards,
  ...logGuards,
  ...auditTrailGuards,
  ...clientGuards,
  ...secretGuards,
  ...optionGuards,
  ...otherGuards,
  ...placeGuards,
];

export function judgeGuards(estate: Estate, intent: Intent): readonly Finding[] {
  return guards.flatMap((guard) => guard(estate, intent));
}
