/** A finding about something that no judge covers. */
export const notJudged = {
  ...({ kind: "guard", outcome: "not judged", place: "urn::a", others: [] } as const),
  problem: "no rule covers it",
  fix: "look",
};
