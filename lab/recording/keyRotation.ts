import { randomInt } from "node:crypto";
import type { Props, Recording, Value } from "../../rehearsal/model/recording";
import { LabError } from "../machine/processes";

const passwordType = "random:index/randomPassword:RandomPassword";
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A key as the program's generator draws them: letters alone. */
export function drawKey(length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
}

/**
 * The recording of a stack whose key of one tunnel has another generation, with a new key in place of the old one
 * wherever it stands. Each run of the rehearsal begins with empty clouds, which draw a first key: what a replaced
 * generator draws, the lab has to.
 */
export function withRotatedKey(before: Recording, after: Recording, newKey: string): Recording {
  const keepers = (recording: Recording, urn: string): string =>
    JSON.stringify(recording.resources.find((one) => one.urn === urn)?.inputs["keepers"]);
  const replaced = after.resources.filter(
    (one) => one.type === passwordType && keepers(before, one.urn) !== keepers(after, one.urn),
  );
  const [generator] = replaced;
  const oldKey = generator?.outputs["result"];
  if (replaced.length !== 1 || typeof oldKey !== "string") {
    throw new LabError(`one generator of keys should be replaced, not ${replaced.length}`);
  }
  const renew = (value: Value): Value => {
    if (value === oldKey) return newKey;
    if (Array.isArray(value)) return (value as readonly Value[]).map(renew);
    return typeof value === "object" && value !== null ? renewProps(value as Props) : value;
  };
  const renewProps = (props: Props): Props =>
    Object.fromEntries(Object.entries(props).map(([name, value]) => [name, renew(value)]));
  return {
    ...after,
    resources: after.resources.map((one) => ({
      ...one,
      inputs: renewProps(one.inputs),
      outputs: renewProps(one.outputs),
    })),
  };
}
