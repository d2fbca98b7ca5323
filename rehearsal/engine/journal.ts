import type { Operation, Target } from "./faults";

/** One operation on the clouds. `began` and `ended` count events of all operations, so they tell the order. */
export interface Entry extends Target {
  readonly operation: Operation;
  readonly id: string;
  readonly began: number;
  readonly ended?: number;
  readonly error?: string;
}

/** What happened in the clouds, in order; previews leave no trace here. */
export class Journal {
  private readonly log: Entry[] = [];
  private clock = 0;

  /** Notes the beginning; the returned function notes the end. */
  begin(operation: Operation, target: Target, id: string): (end: { id?: string; error?: string }) => void {
    const place = this.log.length;
    const entry: Entry = { operation, ...target, id, began: (this.clock += 1) };
    this.log.push(entry);
    return (end) => {
      this.log[place] = { ...entry, ...end, ended: (this.clock += 1) };
    };
  }

  get entries(): readonly Entry[] {
    return this.log;
  }

  /** Operations that change something. */
  get changes(): readonly Entry[] {
    return this.log.filter(({ operation }) => ["create", "update", "delete"].includes(operation));
  }

  clear(): void {
    this.log.length = 0;
    this.clock = 0;
  }
}
