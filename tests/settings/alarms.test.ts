import { expect } from "chai";
import { parseSettings } from "../../settings/settings";
import { configWith } from "./validConfig";

describe("the settings of alarms", () => {
  for (const { what, given, alarms } of [
    { what: "nothing by themselves", given: {}, alarms: undefined },
    { what: "nothing where alarms are off", given: { alarms: false, alarmEmails: [] }, alarms: undefined },
    {
      what: "alarms that others subscribe to",
      given: { alarms: true },
      alarms: { emails: [], protection: false },
    },
    {
      what: "alarms for those who are named",
      given: { alarms: true, alarmEmails: ["a.b+c@example.co.jp", "Data_Platform@example.com"] },
      alarms: { emails: ["a.b+c@example.co.jp", "Data_Platform@example.com"], protection: false },
    },
  ])
    it(`ask for ${what}`, () => {
      expect(parseSettings(configWith(given)).alarms).to.deep.equal(alarms);
    });
});
