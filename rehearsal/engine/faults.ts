/** What the engine asks of a provider that can go wrong in the cloud. */
export type Operation = "create" | "read" | "update" | "delete" | "invoke";

/** The resource (or function) that an operation is about. */
export interface Target {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

/**
 * How an operation goes wrong:
 * - `instead`: an error, and the cloud has done nothing;
 * - `after`: the cloud has done it, then something failed. A create answers with the id it has made, as the real
 *   providers do once the cloud has accepted the request (`ErrorResourceInitFailed`);
 * - `unseen`: an error first, and the cloud does it all the same; the engine never learns of it;
 * - `hang`: the cloud has done it and never answers.
 */
export type Going = "instead" | "after" | "unseen" | "hang";

export interface Fault {
  readonly operation: Operation;
  readonly going: Going;
  /** The error as the cloud words it. */
  readonly error: string;
  readonly hits: (target: Target) => boolean;
  /** How many operations it hits. @default 1 */
  readonly times?: number;
  /** Awaited before the error is told: what else is under way meanwhile goes on. */
  readonly heldBack?: () => Promise<void>;
}

/** Faults that wait for their operation. */
export class Faults {
  private waiting: { readonly fault: Fault; left: number }[] = [];

  inject(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** The fault that hits this operation, used up once more. */
  take(operation: Operation, target: Target): Fault | undefined {
    const hit = this.waiting.find(({ fault }) => fault.operation === operation && fault.hits(target));
    if (hit === undefined) return undefined;
    hit.left -= 1;
    if (hit.left === 0) this.waiting = this.waiting.filter((other) => other !== hit);
    return hit.fault;
  }

  /** Faults that have not hit anything, or not often enough: a test that leaves one has tested nothing. */
  get unused(): readonly Fault[] {
    return this.waiting.map(({ fault }) => fault);
  }

  clear(): void {
    this.waiting = [];
  }
}
