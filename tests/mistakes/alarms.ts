import type { SettingMistake } from "./mistake";

const notAnAddress = (address: string, shown = address) => ({
  what: `the address ${address}`,
  given: { alarms: true, alarmEmails: [address] },
  says: `alarmEmails[0] is ${shown}, but it is not an e-mail address; write it as data-platform@example.com`,
});
export const alarmMistakes: readonly SettingMistake[] = [
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
];
