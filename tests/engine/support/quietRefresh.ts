import { expect } from "chai";
import { azureTypes } from "../../../rehearsal/model/resourceTypes";
import type { EngineStack } from "./engineStack";

interface Export {
  readonly deployment: {
    readonly resources: readonly (Readonly<Record<string, unknown>> & {
      readonly type: string;
      readonly urn: string;
    })[];
  };
}

/**
 * Refreshes, and fails where that finds anything changed but the pre-shared keys, which Azure does not return. What the
 * program only reads of others does not count: the engine keeps its inputs after a refresh, and after an update none.
 */
export async function expectQuietRefresh(stack: EngineStack): Promise<void> {
  const before = await resources(stack);
  const run = await stack.refresh();
  expect(run.code, run.output).to.equal(0);
  expect(await resources(stack)).to.deep.equal(before);
}

async function resources(stack: EngineStack) {
  const { output } = await stack.pulumi(["stack", "export", "--show-secrets"]);
  return (JSON.parse(output) as Export).deployment.resources
    .filter(({ external }) => external !== true)
    .map(({ urn, type, id, inputs, outputs }) =>
      type === azureTypes.virtualNetworkGatewayConnection
        ? { urn, id, inputs: withoutKey(inputs), outputs: withoutKey(outputs) }
        : { urn, id, inputs, outputs },
    )
    .sort((one, other) => one.urn.localeCompare(other.urn));
}

function withoutKey(props: unknown): object {
  return { ...(props as object), sharedKey: undefined };
}
