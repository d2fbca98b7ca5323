import type { Problem } from "./problem";
import type { GivenSettings } from "./schema";

/** Addresses without alarms would look as if somebody were notified. */
export function checkAlarmEmails({ alarms, alarmEmails = [] }: Partial<GivenSettings>): readonly Problem[] {
  if (alarms !== false || alarmEmails.length === 0) return [];
  const rule = "alarms is false, so nobody would be notified";
  return [
    { setting: "alarmEmails", value: alarmEmails, rule, fix: "set alarms to true, or remove alarmEmails" },
  ];
}
