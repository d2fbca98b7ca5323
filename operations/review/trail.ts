import { awsTypes } from "../../rehearsal/model/resourceTypes";
import type { Props } from "../../rehearsal/model/recording";
import { isProps, valuesAt } from "../../rehearsal/model/values";
import { type ImpactRule, none } from "../../rehearsal/clouds/impact";
import type { Step } from "./preview";

const source = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedEventSelector.html";

/** The rule for other selectors of a trail that still records all that it recorded; undefined for other changes. */
export function ruleOfSelectors({ type, op, changes, before, after }: Step): ImpactRule | undefined {
  if (type !== awsTypes.trail || op !== "update" || !changes.includes("advancedEventSelectors"))
    return undefined;
  const [was, is] = [before, after].map((inputs) =>
    valuesAt((inputs ?? {}) as Props, "advancedEventSelectors").filter(isProps),
  );
  if (was === undefined || is === undefined || was.length === 0) return undefined;
  return was.every((old) => is.some((one) => isWider(one, old)))
    ? none("more events are recorded than before, and none less; no request is touched", source)
    : undefined;
}

/** Every field selector narrows: an event needs to fit all of them. */
function isWider(one: Props, old: Props): boolean {
  const fields = (of: Props) => valuesAt(of, "fieldSelectors").filter(isProps);
  return fields(one).every((narrowing) =>
    fields(old).some((given) => narrowing["field"] === given["field"] && takesAll(narrowing, given)),
  );
}

/** Of one field, by the same operators: any value of `equals` will do, and none of `notEquals` may. */
function takesAll(one: Props, old: Props): boolean {
  const operators = new Set([...Object.keys(one), ...Object.keys(old)].filter((name) => name !== "field"));
  return [...operators].every((operator) => {
    const [now, then] = [valuesAt(one, operator), valuesAt(old, operator)];
    return operator.startsWith("not")
      ? operator in old && now.every((value) => then.includes(value))
      : operator in one && then.length > 0 && then.every((value) => now.includes(value));
  });
}
