import type { Props, Refusal } from "../model/recording";

/** The cloud has not done what it was told. */
export class OperationFailed extends Error {}

/** The cloud has made the resource, and something failed after that: the engine keeps it and repairs it next time. */
export class InitializationFailed extends Error {
  constructor(
    readonly id: string,
    readonly outputs: Props,
    readonly reason: string,
  ) {
    super(reason);
  }
}

export function refused(refusals: readonly Refusal[]): OperationFailed {
  return new OperationFailed(refusals.map(({ code, message }) => `${code}: ${message}`).join("\n"));
}
