import type { Answer } from "./answer";
import type { AwsFacts } from "./aws";
import type { AzureFacts } from "./azure";
import type { ClientFacts } from "./client";
import type { Destinations } from "./destinations";

/** All that was collected of one stack. */
export interface Facts {
  readonly aws: Answer<AwsFacts>;
  readonly azure: Answer<AzureFacts>;
  readonly client: ClientFacts;
  readonly destinations: Destinations;
}
