import { randomInt } from "node:crypto";
import type { Recording } from "../../rehearsal/model/recording";
import { LabError } from "../machine/processes";
import { mapResources, mapScalars } from "./edit";

const passwordType = "random:index/randomPassword:RandomPassword";
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A key as the program's generator makes them: letters alone. */
export function generateKey(length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
}

/**
 * The recording of a stack whose key of one tunnel has another generation, with a new key everywhere in place of the
 * old one. Each run of the rehearsal begins with empty clouds, which generate a first key: the lab generates the key of
 * a replaced generator.
 */
export function withRotatedKey(before: Recording, after: Recording, newKey: string): Recording {
  const keepers = (recording: Recording, urn: string): string =>
    JSON.stringify(recording.resources.find((one) => one.urn === urn)?.inputs["keepers"]);
  const replaced = after.resources.filter(
    (one) => one.type === passwordType && keepers(before, one.urn) !== keepers(after, one.urn),
  );
  const oldKey = replaced[0]?.outputs["result"];
  if (replaced.length !== 1 || typeof oldKey !== "string") {
    throw new LabError(`one key generator should be replaced, not ${replaced.length}`);
  }
  const renew = (scalar: string | number) => (scalar === oldKey ? newKey : scalar);
  return mapResources(after, ({ inputs, outputs }) => ({
    inputs: mapScalars(inputs, renew),
    outputs: mapScalars(outputs, renew),
  }));
}
