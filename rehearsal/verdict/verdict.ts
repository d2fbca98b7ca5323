import { type AccessReport, judgeAccess } from "../access/access";
import type { Intent } from "../access/callers";
import { judgeContract, judgeEchoes } from "../guards/contract";
import { matchTunnelEnds, type TunnelEnds } from "../tunnels/tunnels";
import { type Estate, readEstate } from "../estate/estate";
import type { Finding } from "../model/findings";
import { judgeGuards } from "../guards/guards";
import { type Journey, tracePaths } from "../path/path";
import type { Recording } from "../model/recording";

/** All that can be said of one run. */
export interface Verdict {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly tunnels: readonly TunnelEnds[];
  readonly journeys: readonly Journey[];
  readonly access: AccessReport;
}

export function judge(recording: Recording, intent: Intent, estate: Estate = readEstate(recording)): Verdict {
  const tunnels = matchTunnelEnds(estate);
  const journeys = tracePaths(estate, tunnels);
  const access = judgeAccess(estate, intent);
  // Of a program that did not get through, only what it said itself is worth reading.
  const findings =
    recording.errors.length > 0
      ? recording.errors.map(errorFinding)
      : [
          ...refusalFindings(recording),
          ...journeyFindings(estate, journeys),
          ...tunnelFindings(tunnels),
          ...accessFindings(access),
          ...judgeGuards(estate, intent),
          ...judgeContract(estate, tunnels),
          ...judgeEchoes(estate, tunnels),
        ];
  return { ok: findings.length === 0, findings, tunnels, journeys, access };
}

function errorFinding(error: string): Finding {
  return {
    kind: "error",
    place: "",
    others: [],
    problem: error,
    fix: "the program stopped here; nothing after it was judged",
  };
}

function refusalFindings({ refusals }: Recording): readonly Finding[] {
  return refusals.map(({ urn, code, message, property, source }) => ({
    kind: "refusal",
    place: urn,
    others: [],
    problem: `the cloud refuses ${property ?? "it"}: ${code}: ${message}`,
    fix: `see ${source}`,
  }));
}

function journeyFindings(estate: Estate, journeys: readonly Journey[]): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const { forward: there, back, clientSubnet, endpointSubnet } of journeys) {
    for (const { place, what, rule } of [...there, ...back].filter((hop) => !hop.ok)) {
      const problem = `the path ends here: ${what}: ${rule}`;
      const others = [clientSubnet, endpointSubnet].filter((urn) => urn !== place);
      findings.set(`${place} ${problem}`, {
        kind: "path",
        place,
        others,
        problem,
        fix: "mend what the rule names",
      });
    }
  }
  if (journeys.length > 0) return [...findings.values()];
  const place = estate.aws.endpoints[0]?.resource.urn ?? "";
  const problem = "there is no path at all: no client subnet, or no endpoint with an interface in a subnet";
  return [{ kind: "path", place, others: [], problem, fix: "make both" }];
}

function tunnelFindings(tunnels: readonly TunnelEnds[]): readonly Finding[] {
  return tunnels.flatMap((tunnel) =>
    tunnel.checks
      .filter((check) => !check.ok)
      .map((check): Finding => {
        const [place = "", ...others] = check.places;
        const says = check.azure === "" ? check.aws : `Azure ${check.azure}, AWS ${check.aws}`;
        return {
          kind: "tunnel",
          place,
          others,
          problem: `${tunnel.name}: ${check.what} (${says})`,
          fix: `make it so that ${check.rule}`,
        };
      }),
  );
}

function accessFindings(access: AccessReport): readonly Finding[] {
  const unread = access.problems.map(({ place, problem }): Finding => ({
    kind: "access",
    place,
    others: [],
    problem,
    fix: "say it in words that are evaluated here",
  }));
  const wrong = access.cases
    .filter((one) => one.allowed !== one.expected)
    .map(({ place, others, caller, action, bucket, way, secure, allowed, because }): Finding => {
      const how = `${wayInWords[way]}${secure ? "" : ", without TLS"}`;
      return {
        kind: "access",
        place,
        others,
        problem: `${caller} ${allowed ? "gets" : "does not get"} ${action} on ${bucket} ${how}: ${because}`,
        fix: allowed
          ? "close it in the bucket policy"
          : "open it in the bucket policy and in the endpoint policy",
      };
    });
  const unknown: readonly Finding[] =
    access.perimeter === undefined
      ? [
          {
            kind: "access",
            place: "",
            others: [],
            problem: "the output perimeter is neither allow nor enforced",
            fix: "export it",
          },
        ]
      : [];
  return [...unread, ...unknown, ...wrong];
}

const wayInWords = {
  endpoint: "through the endpoint",
  "other endpoint": "through another endpoint",
  internet: "from the internet",
} as const;
