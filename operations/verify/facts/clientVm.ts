import type { Answer } from "./answer";
import type { ClientLine } from "./clientLine";

/** What Azure reports of the client inside. */
export interface ClientVmFacts {
  readonly machine: Answer<MachineFacts>;
  /** Asked only where the machine runs and its boot diagnostics are on. */
  readonly console: Answer<ConsoleFacts> | undefined;
}

export interface MachineFacts {
  readonly provisioningState: string;
  /** `running`, `stopped`, `deallocated` …; `unknown` where Azure reports none. */
  readonly powerState: string;
  readonly bootDiagnostics: boolean;
}

export interface ConsoleFacts {
  /** Undefined where the serial log has none. */
  readonly line: ClientLine | undefined;
  /** How old the line was when it was read, in minutes. */
  readonly ageMinutes: number | undefined;
}
