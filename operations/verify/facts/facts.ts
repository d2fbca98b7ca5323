import type { Answer } from "./answer";
import type { AwsFacts } from "./aws";
import type { AzureFacts } from "./azure";
import type { ClientFacts } from "./client";
import type { Destinations } from "./destinations";
import type { SurroundingsFacts } from "./surroundings";

/** All that was collected of one stack. */
export interface Facts {
  readonly aws: Answer<AwsFacts>;
  readonly azure: Answer<AzureFacts>;
  readonly client: ClientFacts;
  /** Only of a stack that joins what others have. */
  readonly surroundings: Answer<SurroundingsFacts> | undefined;
  readonly destinations: Destinations;
}
