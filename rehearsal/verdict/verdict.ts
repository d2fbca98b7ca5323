import { judgeAccess } from "../access/access";
import type { Way } from "../access/actions";
import type { AccessCase, AccessReport } from "../access/report";
import { type Estate, readEstate } from "../estate/estate";
import { judgeContract, judgeEchoes } from "../guards/contract";
import { judgeGuards } from "../guards/guards";
import { type Finding, type Outcome, overall } from "../model/findings";
import type { Intent } from "../model/intent";
import type { Recording } from "../model/recording";
import { hopsOf } from "../path/hops";
import { findNeighbours, type Neighbour } from "../path/others";
import { type Journey, tracePaths } from "../path/path";
import { findUnread } from "../path/unread";
import { judgeTunnels, type Tunnel } from "../tunnels/tunnels";

/** All that can be said of one run. */
export interface Verdict {
  readonly outcome: Outcome;
  /** Whether everything holds: nothing is broken, and nothing was not judged. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly tunnels: readonly Tunnel[];
  readonly journeys: readonly Journey[];
  readonly access: AccessReport;
  /** Others whom the link concerns; none where the stack joins nothing. */
  readonly neighbours: readonly Neighbour[];
}

export function judge(recording: Recording, intent: Intent, estate: Estate = readEstate(recording)): Verdict {
  // Of a program that did not get through, only what it said itself is worth reading.
  if (recording.errors.length > 0) return stopped(recording);
  const tunnels = judgeTunnels(estate);
  const journeys = tracePaths(estate, tunnels);
  const access = judgeAccess(estate, intent);
  const findings = [
    ...snapshotFindings(recording),
    ...refusalFindings(recording),
    ...journeyFindings(estate, journeys),
    ...unreadFindings(estate),
    ...tunnelFindings(tunnels),
    ...accessFindings(access),
    ...judgeGuards(estate, intent),
    ...judgeContract(estate, intent, tunnels),
    ...judgeEchoes(estate, tunnels),
  ];
  const outcome = overall(findings.map((finding) => finding.outcome));
  const neighbours = findNeighbours(estate, tunnels);
  return { outcome, ok: outcome === "holds", findings, tunnels, journeys, access, neighbours };
}

function broken(
  kind: Finding["kind"],
  place: string,
  told: Pick<Finding, "problem" | "fix"> & Partial<Pick<Finding, "others">>,
): Finding {
  return { outcome: "broken", kind, place, others: [], ...told };
}

function notJudged(...args: Parameters<typeof broken>): Finding {
  return { ...broken(...args), outcome: "not judged" };
}

function stopped({ errors }: Recording): Verdict {
  const access = { perimeter: undefined, cases: [], problems: [], remarks: [] };
  const findings = errors.flatMap(problemsIn).map(errorFinding);
  return { outcome: "broken", ok: false, findings, tunnels: [], journeys: [], access, neighbours: [] };
}

/** The settings' problems, each a line below the first, are told one by one. */
function problemsIn(error: string): readonly string[] {
  const [, ...lines] = error.split("\n");
  const isList = lines.length > 0 && lines.every((line) => /^ {2}\S/.test(line));
  return isList ? lines.map((line) => line.trim()) : [error];
}

function errorFinding(problem: string): Finding {
  return broken("error", "", {
    problem,
    fix: "the program stopped here; nothing after it was judged",
  });
}

/** Over surroundings that are no longer those that were read nothing is proven. */
function snapshotFindings({ snapshot }: Recording): readonly Finding[] {
  if (snapshot?.stale === undefined) return [];
  const problem = `the surroundings may be others by now: ${snapshot.stale}`;
  return [notJudged("path", "", { problem, fix: "read them again, and look at what has changed" })];
}

function refusalFindings({ refusals }: Recording): readonly Finding[] {
  return refusals.map(({ urn, code, message, property, source }) =>
    broken("refusal", urn, {
      problem: `the cloud rejects ${property ?? "it"}: ${code}: ${message}`,
      fix: `see ${source}`,
    }),
  );
}

function journeyFindings(estate: Estate, journeys: readonly Journey[]): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const journey of journeys) {
    for (const { place, what, rule, outcome } of hopsOf(journey)) {
      if (outcome === "holds") continue;
      const others = [journey.clientSubnet, journey.endpointSubnet].filter((urn) => urn !== place);
      const finding =
        outcome === "broken"
          ? broken("path", place, {
              others,
              problem: `the path ends here: ${what}: ${rule}`,
              fix: "fix what the rule names",
            })
          : notJudged("path", place, {
              others,
              problem: `not judged whether ${what}: ${rule}`,
              fix: "put what decides into the stack, or look at it in the cloud",
            });
      findings.set(`${place} ${finding.problem}`, finding);
    }
  }
  if (journeys.length > 0) return [...findings.values()];
  return [
    broken("path", estate.aws.endpoints[0]?.resource.urn ?? "", {
      problem: "there is no path at all: no client subnet, or no endpoint with an interface in a subnet",
      fix: "create both",
    }),
  ];
}

/** What nobody here follows, wherever it is set: nothing is proven over it. */
function unreadFindings(estate: Estate): readonly Finding[] {
  return findUnread(estate).map(({ place, what, because }) =>
    notJudged("path", place, {
      problem: `${what} may change the path, and is not judged: ${because}`,
      fix: "leave it out, or teach the rehearsal what it does",
    }),
  );
}

function tunnelFindings(tunnels: readonly Tunnel[]): readonly Finding[] {
  return tunnels.flatMap(({ name, checks }) =>
    checks
      .filter((check) => !check.ok)
      .map(({ what, azure, aws, rule, places: [place = "", ...others] }) =>
        broken("tunnel", place, {
          others,
          problem: `${name}: ${what} (${azure === "" ? aws : `Azure ${azure}, AWS ${aws}`})`,
          fix: `make it so that ${rule}`,
        }),
      ),
  );
}

function accessFindings({ problems, remarks, perimeter, cases }: AccessReport): readonly Finding[] {
  const unread = problems.map(({ place, problem }) =>
    notJudged("access", place, { problem, fix: "write it in terms that are evaluated here" }),
  );
  const remarked = remarks.map(({ outcome, place, problem, fix }): Finding => ({
    ...broken("access", place, { problem, fix }),
    outcome,
  }));
  const unknown =
    perimeter === undefined
      ? [
          broken("access", "", {
            problem: "the output perimeter is neither allow nor enforced",
            fix: "export it",
          }),
        ]
      : [];
  const wrong = cases
    .filter(({ outcome }) => outcome === "broken")
    .map((one) =>
      broken("access", one.place, {
        others: one.others,
        problem: `${callInWords(one)}: ${one.because}`,
        fix: one.allowed
          ? "close it in the bucket policy"
          : "open it in the bucket policy and in the endpoint policy",
      }),
    );
  return [...unread, ...remarked, ...unknown, ...wrong];
}

function callInWords({ caller, allowed, action, alike, bucket, key, way, via, secure }: AccessCase): string {
  const told = alike.length > 6 ? [...alike.slice(0, 5), `${String(alike.length - 5)} more`] : alike;
  const actions = told.length === 0 ? action : `${action} (and ${told.join(", ")})`;
  const where = key === undefined ? bucket : `${bucket}/${key}`;
  return `${caller} ${allowed ? "gets" : "does not get"} ${actions} on ${where} ${via ?? wayInWords[way]}${secure ? "" : ", without TLS"}`;
}

const wayInWords: Readonly<Record<Way, string>> = {
  endpoint: "through the endpoint",
  "other endpoint": "through another endpoint",
  internet: "from the internet",
};
