import { distinct, type Breach, type Rule } from "./rule";

/** The program's own tags: index.ts, and `Name` on AWS's side. Azure compares keys without case. */
export const programTags = ["project", "stack", "Name"];

/** Of one resource, in either cloud. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const MOST_TAGS = 50;

/** AWS's lengths; Azure takes 512 and 256. */
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

/** @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations */
const reservedBeginnings = ["aws:", "azure", "microsoft", "windows"];

/**
 * What both clouds take: AWS's characters, less the slash in keys, which Azure refuses.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
const keyForm = /^[\p{L}\p{N} _.:=+@-]+$/u;
const valueForm = /^[\p{L}\p{N} _.:/=+@-]*$/u;

export const tagsRule: Rule<Readonly<Record<string, string>>> = (tags) => [
  ...tooMany(Object.keys(tags)),
  ...repeatedKeys(Object.keys(tags)),
  ...Object.entries(tags).flatMap(([key, value]) =>
    [...keyBreaches(key), ...valueBreaches(value)].map((breach) => ({ ...breach, at: [key] })),
  ),
];

function tooMany(keys: readonly string[]): Breach[] {
  const own = new Set([...programTags, ...keys]).size;
  if (own <= MOST_TAGS) return [];
  const rule = `both clouds take ${MOST_TAGS} tags, and with ${programTags.join(", ")} of the program there are ${own}`;
  return [{ rule, fix: `drop ${own - MOST_TAGS}` }];
}

function keyBreaches(key: string): Breach[] {
  const own = programTags.find((tag) => tag.toLowerCase() === key.toLowerCase());
  if (own !== undefined) {
    const rule = `the program sets ${own} itself, and Azure compares keys without case`;
    return [{ rule, fix: "use another key" }];
  }
  const reserved = reservedBeginnings.find((beginning) => key.toLowerCase().startsWith(beginning));
  if (reserved !== undefined) {
    return [
      { rule: `the clouds keep keys that begin with ${reserved} for themselves`, fix: "use another key" },
    ];
  }
  if (key.length > LONGEST_KEY) {
    return [{ rule: `AWS takes keys of up to ${LONGEST_KEY} characters`, fix: `it has ${key.length}` }];
  }
  if (keyForm.test(key)) return [];
  return [
    {
      rule: "a tag's key has letters, digits, spaces and _ . : = + - @ only",
      fix: "write it as cost-center",
    },
  ];
}

function valueBreaches(value: string): Breach[] {
  if (value.length > LONGEST_VALUE) {
    return [
      { rule: `both clouds take values of up to ${LONGEST_VALUE} characters`, fix: `it has ${value.length}` },
    ];
  }
  if (valueForm.test(value)) return [];
  return [
    {
      rule: "a tag's value has letters, digits, spaces and _ . : / = + - @ only",
      fix: "leave the others out",
    },
  ];
}

/** Azure's tag names ignore case, so `Owner` and `owner` would be one. */
function repeatedKeys(keys: readonly string[]): readonly Breach[] {
  return distinct(
    keys.map((key) => key.toLowerCase()),
    () => ({
      rule: "another key differs from it in case only, and Azure takes both for one",
      fix: "keep one",
    }),
  ).map((breach) => ({ ...breach, at: breach.at?.map((index) => keys[Number(index)] ?? "") ?? [] }));
}
