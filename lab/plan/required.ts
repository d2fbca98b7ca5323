import { LabError } from "../machine/processes";

/** A value that the lab cannot do without. */
export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new LabError(`the recording has no ${what}`);
  return value;
}
