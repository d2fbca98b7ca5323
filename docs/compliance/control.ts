import type { Props, RecordedResource, Value } from "../../rehearsal/model/recording";

/** What a stack registers. */
export type Stack = readonly RecordedResource[];

/** What a control finds in a stack. */
export interface Judgement {
  /** Names of the resources that it is about; with none there is nothing to meet. */
  readonly judged: readonly string[];
  /** Those of them that do not meet it. */
  readonly broken: readonly string[];
}

/** What shows that a control is met: a rule of the policy pack, or a test by its file and title. */
export type Evidence = { readonly rule: string } | { readonly file: string; readonly test: string };

interface Described {
  /** As the standard writes it. */
  readonly id: string;
  /** What it asks for, in our own words. */
  readonly asks: string;
  /** The resource types that it is about, in Pulumi's words. */
  readonly types: readonly string[];
  /** What is not sure about it: how the standard counts, for example. */
  readonly uncertain?: string;
}

/** The recorded stacks decide. */
export interface JudgedControl extends Described {
  readonly judge: (stack: Stack) => Judgement;
  /** What keeps it met, where it is met in a stack at least. */
  readonly shownBy: readonly Evidence[];
  /** Why it is not met, where it is not in a stack at least. */
  readonly notMet?: string;
}

/** No stack decides: it is about the account, the subscription or the organisation. */
export interface OutsideControl extends Described {
  /** What its owner has to see to. */
  readonly account: string;
}

export type Control = JudgedControl | OutsideControl;

export interface Standard {
  readonly name: string;
  /** Where its ids can be looked up. */
  readonly source: string;
  readonly controls: readonly Control[];
}

export function ofType(stack: Stack, type: string): readonly RecordedResource[] {
  return stack.filter((resource) => resource.type === type);
}

/** Each resource of these types must hold. */
export function each(
  types: readonly string[],
  holds: (inputs: Props, stack: Stack, resource: RecordedResource) => boolean,
): (stack: Stack) => Judgement {
  return (stack) => {
    const judged = stack.filter(({ type }) => types.includes(type));
    return {
      judged: judged.map(({ name }) => name),
      broken: judged.filter((resource) => !holds(resource.inputs, stack, resource)).map(({ name }) => name),
    };
  };
}

/** The object at a property; empty where there is none. */
export function within(value: Value | undefined): Props {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Props) : {};
}

/** A list at a property; one value is a list of one, none is empty. */
export function listed(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : [value];
}

/** A string at a property; empty where it is anything else. */
export function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}
