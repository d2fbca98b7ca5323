import { type Block, blockOf, covers, holdsBlock } from "./addresses";

/**
 * Divides an IPv4 network at the borders of others, asks about each part and joins neighbours with the same answer.
 * For each answer: the networks that it holds for, in order. What is no IPv4 network draws no border, and has no parts.
 */
export function divide<Answer>(
  network: string,
  borders: readonly string[],
  ask: (part: string) => Answer,
): ReadonlyMap<Answer, readonly string[]> {
  const whole = blockOf(network);
  const blocks = borders.map(blockOf).filter((block) => block !== undefined);
  const parts = whole === undefined ? [] : partsOf(whole, blocks, ask);
  const found = new Map<Answer, string[]>();
  for (const { block, answer } of parts) found.set(answer, [...(found.get(answer) ?? []), written(block)]);
  return found;
}

/** The parts of a network that none of some others covers; all of it where it is no network. */
export function uncovered(network: string, by: readonly string[]): readonly string[] {
  if (blockOf(network) === undefined) return [network];
  const parts = divide(network, by, (part) => by.some((whole) => covers(whole, part)));
  return parts.get(false) ?? [];
}

interface Part<Answer> {
  readonly block: Block;
  readonly answer: Answer;
}

function partsOf<Answer>(
  block: Block,
  borders: readonly Block[],
  ask: (part: string) => Answer,
): readonly Part<Answer>[] {
  const inside = borders.filter((border) => border.length > block.length && holdsBlock(block, border));
  if (inside.length === 0) return [{ block, answer: ask(written(block)) }];
  const length = block.length + 1;
  const [low, high] = [block.start, block.start + 2 ** (32 - length)].map((start) =>
    partsOf({ start, length }, inside, ask),
  ) as [readonly Part<Answer>[], readonly Part<Answer>[]];
  const [one, other] = [low[0], high[0]];
  const joins = low.length === 1 && high.length === 1 && one !== undefined && one.answer === other?.answer;
  return joins ? [{ block, answer: one.answer }] : [...low, ...high];
}

function written({ start, length }: Block): string {
  const bytes = [24, 16, 8, 0].map((bits) => String(Math.floor(start / 2 ** bits) % 256));
  return `${bytes.join(".")}/${String(length)}`;
}
