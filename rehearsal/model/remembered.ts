/**
 * As a function without effects, whose latest answers are given again where it is asked the same: of an estate that is
 * judged again after one change, most is as it was. What is asked is plain data, as JSON writes it; what it throws is
 * not remembered. Whoever asks shares the answer.
 */
export function remembered<Asked extends readonly unknown[], Answer>(
  ask: (...asked: Asked) => Answer,
  { most }: { readonly most: number },
): (...asked: Asked) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (...asked) => {
    const key = JSON.stringify(asked);
    const known = answers.get(key) ?? { answer: ask(...asked) };
    // The latest come last, and the first goes.
    answers.delete(key);
    answers.set(key, known);
    const [oldest] = answers.keys();
    if (answers.size > most && oldest !== undefined) answers.delete(oldest);
    return known.answer;
  };
}
