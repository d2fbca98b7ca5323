import { createHash } from "node:crypto";
import { remembered } from "../model/remembered";

const digest = remembered((seed: string) => createHash("sha512").update(seed).digest("hex"), { most: 4096 });

/** Hexadecimal digits that look random and are the same from run to run. */
export function hexOf(seed: string, digits: number): string {
  return digest(seed).slice(0, digits);
}

/** A whole number from 0 up to, not including, `below`. */
export function numberOf(seed: string, below: number): number {
  return Number.parseInt(hexOf(seed, 12), 16) % below;
}

/** A string of `length` characters out of `alphabet`. */
export function stringOf(seed: string, length: number, alphabet: string): string {
  return Array.from({ length }, (_, at) => alphabet[numberOf(`${seed}/${String(at)}`, alphabet.length)]).join(
    "",
  );
}

/** A UUID shaped like a random one. */
export function uuidOf(seed: string): string {
  const hex = hexOf(seed, 32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}

/** The first candidate from a seeded start that nobody has taken; the seeded one itself when all are taken. */
export function freeOf(seed: string, candidates: readonly string[], taken: ReadonlySet<string>): string {
  const start = numberOf(seed, candidates.length);
  const round = [...candidates.slice(start), ...candidates.slice(0, start)];
  const free = round.find((candidate) => !taken.has(candidate)) ?? round[0];
  if (free === undefined) throw new Error("no candidates to choose from");
  return free;
}
