import type { StackOutputs } from "../../outputs";
import type { Review } from "../review/judge";
import type { Verdict } from "../verify/judge/verdict";

/** Why a key must not be changed now; undefined where nothing speaks against it. */
export function objectionBefore(tunnel: string, outputs: StackOutputs, verdict: Verdict): string | undefined {
  const others = verdict.tunnels.filter(({ name }) => name !== tunnel);
  const used = outputs.vpn.tunnels.some(({ name }) => name === tunnel);
  // AWS has a key for its unused tunnel as well; nothing goes down with it.
  if (!used) return undefined;
  if (others.length === 0)
    return `${tunnel} is the only tunnel of ${outputs.vpn.topology}: nothing passes while its key changes, some minutes at best`;
  const down = others.filter(({ up }) => !up);
  if (down.length === 0) return undefined;
  const states = down.map(
    ({ name, awsUp, azureStatus }) =>
      `${name} (AWS ${awsUp === undefined ? "unknown" : awsUp ? "UP" : "DOWN"}, Azure ${azureStatus ?? "unknown"})`,
  );
  return `not all other tunnels are known to be up: ${states.join(", ")}`;
}

/** Why a preview is not just this one key; undefined where it is. */
export function objectionAfter(tunnel: string, review: Review): string | undefined {
  const touched = review.tunnels.filter((name) => name !== tunnel);
  if (touched.length > 0) return `this deployment would also take down ${touched.join(", ")}`;
  const more = review.steps.filter(({ impact }) =>
    ["less-access", "access", "address", "data-loss", "unknown", "refused"].includes(impact),
  );
  if (more.length > 0) {
    const names = more.map(({ step }) => `${step.op} ${step.name}`);
    return `this deployment would do more than change the key: ${names.join(", ")}`;
  }
  return review.steps.length === 0 ? "this deployment would change nothing" : undefined;
}
