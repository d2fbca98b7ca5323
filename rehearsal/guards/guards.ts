import { alarmGuards } from "./awsAlarms";
import { bucketGuards } from "./buckets";
import type { Intent } from "../access/callers";
import { endpointGuards } from "./endpoint";
import { clientGuards } from "./client";
import type { Estate } from "../estate/estate";
import type { Finding } from "../model/findings";
import { logGuards } from "./logs";
import { networkGuards } from "./networks";
import { optionGuards } from "./options";
import { placeGuards } from "./places";
import { secretGuards } from "./secrets";
import { vpnGuards } from "./vpn";

/** Every resource has a purpose that a working path does not show; its absence or weakening is reported here. */
export function judgeGuards(estate: Estate, intent: Intent): readonly Finding[] {
  return [
    ...networkGuards(estate),
    ...endpointGuards(estate),
    ...vpnGuards(estate),
    ...alarmGuards(estate, intent),
    ...bucketGuards(estate, intent),
    ...logGuards(estate, intent),
    ...clientGuards(estate),
    ...secretGuards(estate),
    ...optionGuards(estate),
    ...placeGuards(estate),
  ];
}
