import { settingKeys, settingsSchema } from "../../settings/schema";

const setting = (name: string) => `azure-s3-privatelink:${name}`;

/** Every switch that is off by default, switched on, so that a new one is tried wherever all that is optional is. */
export const everySwitch: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    settingKeys
      .filter((key) => settingsSchema.shape[key].safeParse(undefined).data === false)
      .map((key) => [setting(key), "true"]),
  ),
  [setting("alarmEmails")]: '["one@example.com", "another@example.com"]',
};
