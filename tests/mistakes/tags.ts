import type { SettingMistake } from "./mistake";
import { many } from "../settings/many";

export const tagMistakes: readonly SettingMistake[] = [
  {
    what: "a tag that AWS keeps",
    given: { tags: { "aws:owner": "me" } },
    says: 'tags["aws:owner"] is me, but the clouds keep keys that begin with aws: for themselves; use another key',
  },
  {
    what: "a tag that Azure keeps",
    given: { tags: { "Microsoft.owner": "me" } },
    says: 'tags["Microsoft.owner"] is me, but the clouds keep keys that begin with microsoft for themselves; use another key',
  },
  {
    what: "a tag with a slash in its key",
    given: { tags: { "cost/center": "me" } },
    says: 'tags["cost/center"] is me, but a tag\'s key has letters, digits, spaces and _ . : = + - @ only; write it as cost-center',
  },
  {
    what: "a tag with an angle bracket in its value",
    given: { tags: { owner: "a<b" } },
    says: "tags.owner is a<b, but a tag's value has letters, digits, spaces and _ . : / = + - @ only; leave the others out",
  },
  {
    what: "a tag with a number for a value",
    given: { tags: { owner: 42 } },
    says: 'tags.owner is 42, but it must be text; quote it: "42"',
  },
  {
    what: "a tag with a key that is too long",
    given: { tags: { ["k".repeat(129)]: "me" } },
    says: `tags.${"k".repeat(129)} is me, but AWS takes keys of up to 128 characters; it has 129`,
  },
  {
    what: "a tag with a value that is too long",
    given: { tags: { owner: "v".repeat(257) } },
    says: "tags.owner is vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv…, but both clouds take values of up to 256 characters; it has 257",
  },
  {
    what: "too many tags",
    given: { tags: Object.fromEntries(many(48, (i) => [`k${i}`, "v"])) },
    says: 'tags is {"k0":"v","k1":"v","k2":"v","k3":"v","k4":"v","k5":"v","k6":"v","k7":"v","k8":"…, but both clouds take 50 tags, and with project, stack, Name of the program there are 51; drop 1',
  },
  {
    what: "two tags that differ in case only",
    given: { tags: { Owner: "a", owner: "b" } },
    says: "tags.owner is b, but another key differs from it in case only, and Azure takes both for one; keep one",
  },
  {
    what: "a tag called Name",
    given: { tags: { Name: "x" } },
    says: "tags.Name is x, but the program sets Name itself, and Azure compares keys without case; use another key",
  },
  {
    what: "a tag that differs from the program's in case only",
    given: { tags: { Project: "x" } },
    says: "tags.Project is x, but the program sets project itself, and Azure compares keys without case; use another key",
  },
  {
    what: "tags as a list",
    given: { tags: ["x"] },
    says: 'tags is ["x"], but it must be a map of keys and values; for example {owner: data-team}',
  },
  {
    what: "a tag without a key",
    given: { tags: { "": "x" } },
    says: 'tags[""] is x, but a tag\'s key has letters, digits, spaces and _ . : = + - @ only; write it as cost-center',
  },
  {
    what: "a misspelt setting",
    given: { azureCdir: "10.0.1.0/24" },
    says: "azureCdir is set, but there is no such setting; did you mean azureCidr?",
  },
  {
    what: "a setting that there is not",
    given: { colour: "red" },
    says: "colour is set, but there is no such setting; docs/settings.md lists all",
  },
];
