import type { StackOutputs } from "../../outputs";
import type { Access } from "./collect/access";
import { collectFacts } from "./collect/collect";
import type { SnapshotSource } from "./collect/surroundings";
import { judge } from "./judge/judge";
import type { Verdict } from "./judge/verdict";

/** Collects the facts of a deployed stack once, and judges them. */
export async function verifyStack(
  outputs: StackOutputs,
  access: Access = {},
  source?: SnapshotSource,
): Promise<Verdict> {
  return judge(outputs, await collectFacts(outputs, access, source));
}
