import type { StackOutputs } from "../../../outputs";
import type { Value } from "../../../rehearsal/model/recording";
import { isAws } from "../../../rehearsal/model/resourceTypes";
import { type Difference, differencesOf } from "../../snapshot/differences";
import type { Facts } from "../facts/facts";
import { nameOf } from "../facts/ids";
import { finding } from "./findings";
import { type Judgement, read } from "./judgement";
import { weigherOf } from "./surroundingsWeight";

/** What others changed around the stack since its snapshot was read, and whether the path may depend on it. */
export function* judgeSurroundings(outputs: StackOutputs, { surroundings, aws, azure }: Facts): Judgement {
  const facts = surroundings === undefined ? undefined : yield* read(surroundings);
  if (facts === undefined) return;
  for (const { about, problem } of facts.missing) yield { about, reason: problem.says };
  if (facts.missing.length > 0) return;
  // In another account, or without a sign-in, everything would look gone.
  const [ofAws, ofAzure] = [yield* read(aws), yield* read(azure)];
  const isAnswered = ({ type }: { readonly type: string }) => (isAws(type) ? ofAws : ofAzure) !== undefined;
  const found = differencesOf(facts.before.filter(isAnswered), facts.now.filter(isAnswered));
  const weigh = weigherOf(outputs, facts);
  const weighed = found.map((difference) => ({ difference, ...weigh(difference) }));
  for (const { difference, matters, why } of weighed)
    if (matters)
      yield finding("surroundings-changed", subjectOf(difference), `${saysOf(difference)}: ${why}`);
  const harmless = weighed.filter(({ matters }) => !matters);
  for (const why of new Set(harmless.map((one) => one.why))) {
    const all = harmless.filter((one) => one.why === why).map((one) => one.difference);
    const shown = all.slice(0, 3).map((one) => `${subjectOf(one)}: ${saysOf(one)}`);
    const more = all.length - shown.length;
    const says = `${shown.join("; ")}${more > 0 ? `; and ${String(more)} more` : ""}. It does not matter: ${why}`;
    yield finding("snapshot-outdated", `the snapshot of ${facts.readAt.slice(0, 10)}`, says);
  }
}

function subjectOf({ before, after }: Difference): string {
  const { type, id } = after ?? before ?? { type: "", id: "" };
  return `${type.slice(type.lastIndexOf(":") + 1)} ${nameOf(id)}`;
}

function saysOf({ kind, changes }: Difference): string {
  if (kind === "added") return "it is new since the snapshot";
  if (kind === "gone") return "it is gone since the snapshot";
  return changes
    .map(({ property, gone, added }) => {
      const [was, is] = [gone, added].map((values) => values.map(short).join(", "));
      if (!was) return `${property} has ${String(is)} now`;
      return is ? `${property} is ${is}, and was ${was}` : `${property} no longer has ${was}`;
    })
    .join("; ");
}

/** Characters of one value that help to find it. */
const longest = 120;

function short(value: Value): string {
  const text = typeof value === "object" ? JSON.stringify(value).replaceAll('"', "") : String(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
