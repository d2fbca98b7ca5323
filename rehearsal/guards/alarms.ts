import { awsAlarmGuards } from "./awsAlarms";
import { azureAlertGuards } from "./azureAlerts";
import type { Guard } from "./guard";

/** Everybody who must be told of a failure is told, by either cloud, and nobody is told of a link that works. */
export const alarmGuards: readonly Guard[] = [...awsAlarmGuards, ...azureAlertGuards].map(
  (guard): Guard =>
    (estate, intent) =>
      intent.switches.has("alarms") ? guard(estate, intent) : [],
);
