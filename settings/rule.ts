import type { z } from "zod";
import type { Broken } from "./problem";

/** Where a value breaks a rule: at itself, or at a place inside it. */
export type Breach = Broken & { readonly at?: readonly (string | number)[] };

/** What is wrong with a value; nothing where it keeps the rule. */
export type Rule<T> = (value: T) => readonly Breach[];

/** Parts the rule from the fix in the one message that zod carries; no rule contains it. */
const SEPARATOR = "; ";

/** A schema that also keeps our rules. All of them are tried, so one value can have several problems. */
export function ruled<S extends z.ZodType>(schema: S, ...rules: readonly Rule<z.output<S>>[]): S {
  return schema.superRefine((value, context) => {
    for (const { rule, fix, at } of rules.flatMap((check) => check(value))) {
      context.addIssue({ code: "custom", message: says({ rule, fix }), path: [...(at ?? [])] });
    }
  });
}

/** A message for zod that `understood` takes apart again. */
export function says({ rule, fix }: Broken): string {
  return rule + SEPARATOR + fix;
}

export function understood(message: string): Broken {
  const [rule = "", ...fix] = message.split(SEPARATOR);
  return { rule, fix: fix.join(SEPARATOR) };
}

/** A rule on text that must match a form. */
export function matches(form: RegExp, broken: (text: string) => Broken): Rule<string> {
  return (text) => (form.test(text) ? [] : [broken(text)]);
}

/** A breach for each text that stood earlier in the list already; undefined ones never repeat. */
export function distinct(
  texts: readonly (string | undefined)[],
  broken: (text: string) => Broken,
  place: readonly string[] = [],
): readonly Breach[] {
  return texts.flatMap((text, index) =>
    text !== undefined && texts.indexOf(text) < index ? [{ ...broken(text), at: [index, ...place] }] : [],
  );
}
