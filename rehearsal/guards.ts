import { alarmGuards } from "./alarmGuards";
import { bucketGuards } from "./bucketGuards";
import type { Intent } from "./callers";
import { endpointGuards } from "./endpointGuards";
import { clientGuards } from "./clientGuards";
import type { Estate } from "./estate";
import type { Finding } from "./findings";
import { logGuards } from "./logGuards";
import { networkGuards } from "./networkGuards";
import { optionGuards } from "./optionGuards";
import { placeGuards } from "./placeGuards";
import { secretGuards } from "./secretGuards";
import { vpnGuards } from "./vpnGuards";

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
