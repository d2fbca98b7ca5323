import { grouped } from "./grouped";
import type { ReportDocument, ReportedFinding } from "./schema";
import { count, listed, placeInWords } from "./words";

/** What is wrong by itself, and what would not be wrong without it. */
export interface Cause {
  readonly problem: string;
  /** Undefined where somebody asked for it, and where the problem itself says it. */
  readonly fix: string | undefined;
  /** The finding that says it; undefined for what was left out. */
  readonly root: ReportedFinding | undefined;
  readonly follows: readonly ReportedFinding[];
}

type Kind = ReportedFinding["kind"];

/** What each kind of finding is about. */
const kindTitles: Readonly<Record<Kind, string>> = {
  error: "the program",
  refusal: "rejected",
  tunnel: "tunnels",
  guard: "resources",
  path: "the path",
  access: "access",
  contract: "outputs",
  output: "outputs",
};

/** A kind follows from the kinds before it on its line, if there are any. */
const chains: readonly (readonly Kind[])[] = [
  ["error", "refusal", "tunnel", "guard", "path", "contract", "output"],
  ["access"],
];

/** The causes of all that is broken, root causes first. What was left out on purpose is the one cause of everything. */
export function causesOf({
  leftOut,
  findings,
}: Pick<ReportDocument, "leftOut" | "findings">): readonly Cause[] {
  const broken = findings.filter(({ outcome }) => outcome === "broken");
  if (broken.length === 0) return [];
  if (leftOut.length > 0)
    return [
      {
        problem: `${listed(leftOut)} ${leftOut.length === 1 ? "is" : "are"} left out`,
        fix: undefined,
        root: undefined,
        follows: chains.flat().flatMap((kind) => broken.filter((finding) => finding.kind === kind)),
      },
    ];
  return chains.flatMap((kinds) => causesAlong(kinds, broken));
}

/** Root causes first, each before what follows from it; what could not be judged comes last. */
export function byCause(report: Pick<ReportDocument, "leftOut" | "findings">): readonly ReportedFinding[] {
  return [
    ...causesOf(report).flatMap(({ root, follows }) => (root === undefined ? follows : [root, ...follows])),
    ...report.findings.filter(({ outcome }) => outcome !== "broken"),
  ];
}

/** What follows from a cause, by what it is about. */
export function followsByKind({ follows }: Cause) {
  return grouped(follows, ({ kind }) => kindTitles[kind]).map((findings) => ({
    about: kindTitles[findings[0].kind],
    findings,
  }));
}

/** `From it follow 3 findings:` */
export function followsInWords({ follows }: Cause): string {
  return `From it ${follows.length === 1 ? "follows" : "follow"} ${count(follows.length, "finding")}:`;
}

function causesAlong(kinds: readonly Kind[], broken: readonly ReportedFinding[]): readonly Cause[] {
  const within = kinds.flatMap((kind) => broken.filter((finding) => finding.kind === kind));
  const [first] = within;
  if (first === undefined) return [];
  // A tunnel and a resource are wrong for reasons of their own; the rest is seen from several places.
  const independent: readonly Kind[] = ["error", "refusal", "tunnel", "guard"];
  const roots = independent.includes(first.kind)
    ? within.filter(({ kind }) => independent.includes(kind))
    : within.filter(({ kind }) => kind === first.kind);
  const groups = grouped(roots, (one) =>
    independent.includes(one.kind) && one.kind !== "tunnel"
      ? [one.kind, one.place, one.problem]
      : [one.kind, one.place],
  );
  const rest = within.filter((finding) => !roots.includes(finding));
  return groups.map(([root, ...others], index) => ({
    problem: root.kind === "error" ? root.problem : `${placeInWords(root)}: ${root.problem}`,
    fix: root.kind === "error" ? undefined : root.fix,
    root,
    follows: index === 0 ? [...others, ...rest] : others,
  }));
}
