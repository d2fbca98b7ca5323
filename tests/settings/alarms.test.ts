import { expect } from "chai";
import { parseSettings } from "../../settings/settings";
import { refuses } from "./refusals";
import { configWith } from "./validConfig";

describe("the settings of alarms", () => {
  for (const { what, given, alarms } of [
    { what: "nothing by themselves", given: {}, alarms: undefined },
    { what: "nothing where alarms are off", given: { alarms: false, alarmEmails: [] }, alarms: undefined },
    {
      what: "alarms that others subscribe to",
      given: { alarms: true },
      alarms: { emails: [] },
    },
    {
      what: "alarms for those who are named",
      given: { alarms: true, alarmEmails: ["a.b+c@example.co.jp", "Data_Platform@example.com"] },
      alarms: { emails: ["a.b+c@example.co.jp", "Data_Platform@example.com"] },
    },
  ])
    it(`ask for ${what}`, () => {
      expect(parseSettings(configWith(given)).alarms).to.deep.equal(alarms);
    });
});

describe("a setting of alarms that is wrong", () => {
  const notAnAddress = (address: string, shown = address) => ({
    what: `the address ${address}`,
    given: { alarms: true, alarmEmails: [address] },
    says: `alarmEmails[0] is ${shown}, but it is not an e-mail address; write it as data-platform@example.com`,
  });
  refuses([
    notAnAddress("data-platform"),
    notAnAddress("data-platform@localhost"),
    notAnAddress("data-platform@example.com."),
    notAnAddress(".team@example.com"),
    notAnAddress("a@b@example.com"),
    notAnAddress("team@example.com,other@example.com"),
    notAnAddress("Data Platform <team@example.com>", '"Data Platform <team@example.com>"'),
    notAnAddress("", '""'),
    {
      what: "one address twice",
      given: { alarms: true, alarmEmails: ["team@example.com", "team@example.com"] },
      says: "alarmEmails[1] is team@example.com, but it is in the list already; list it once",
    },
    {
      what: "one address in capitals and in small letters",
      given: { alarms: true, alarmEmails: ["team@example.com", "Team@Example.com"] },
      says: "alarmEmails[1] is Team@Example.com, but it is in the list already; list it once",
    },
    {
      what: "addresses without alarms",
      given: { alarmEmails: ["team@example.com"] },
      says: 'alarmEmails is ["team@example.com"], but alarms is false, so nobody would be notified; set alarms to true, or remove alarmEmails',
    },
    {
      what: "an address that is no list",
      given: { alarms: true, alarmEmails: "team@example.com" },
      says: "alarmEmails is team@example.com, but it must be a list; for example [data-platform@example.com]",
    },
    {
      what: "a number for an address",
      given: { alarms: true, alarmEmails: [42] },
      says: 'alarmEmails[0] is 42, but it must be text; quote it: "42"',
    },
    {
      what: "a switch that is neither true nor false",
      given: { alarms: "on" },
      says: "alarms is on, but it must be true or false; for example true",
    },
  ]);
});
