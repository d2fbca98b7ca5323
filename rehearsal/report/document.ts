import type { AccessCase } from "../access/report";
import { administratorsGetIn, administratorsGetLogs } from "../access/access";
import { verbs, ways } from "../access/actions";
import { locksOf } from "../access/locks";
import type { Tunnel } from "../tunnels/tunnels";
import type { Recording } from "../model/recording";
import { redact, redacted, secretsOf } from "../clouds/secrets";
import type { Verdict } from "../verdict/verdict";
import { byCause } from "./causes";
import { grouped } from "./grouped";
import type { AccessRow, ReportDocument, ReportedAccess, ReportedTunnel } from "./schema";

/** Everything that the judges say of a run, fit to be stored and shown: no secret is in it. */
export function reportDocument(
  recording: Recording,
  verdict: Verdict,
  leftOut: readonly string[] = [],
): ReportDocument {
  const secrets = secretsOf(recording.resources);
  const outputs = Object.fromEntries(
    Object.entries(recording.outputs).map(([name, value]) => [
      name,
      recording.secretOutputs.includes(name) ? redacted : redact(value, secrets),
    ]),
  );
  const { ok, outcome, findings, journeys, tunnels, access, neighbours } = verdict;
  return {
    version: 2,
    stack: recording.stack,
    leftOut,
    ok,
    outcome,
    findings: byCause({ leftOut, findings }),
    notices: recording.notices ?? [],
    resources: recording.resources.map(({ urn, type, name, parent, id, inputs, options }) => ({
      ...{ urn, type, name, parent, id },
      inputs: redact(inputs, secrets),
      ...(options.protect && { protect: true as const }),
      ...(options.retainOnDelete && { retainOnDelete: true as const }),
    })),
    outputs,
    journeys,
    tunnels: tunnels.map(reportedTunnel),
    access: reportedAccess(recording, access),
    ...(neighbours.length === 0 ? {} : { neighbours }),
  };
}

function reportedTunnel({ name, up, spare, routing, azure, aws, checks }: Tunnel): ReportedTunnel {
  return {
    ...{ name, up, spare, routing, checks },
    azureAddress: azure?.instance?.publicIp?.address,
    awsAddress: aws?.tunnel.outsideAddress,
    insideCidr: aws?.tunnel.insideCidr,
  };
}

function reportedAccess({ resources }: Recording, { perimeter, cases }: Verdict["access"]): ReportedAccess {
  const byAdministrator = cases.some(
    (c) => c.caller === "an administrator" && c.verb !== "configure" && c.allowed,
  );
  const locks = locksOf(resources, cases);
  return {
    perimeter,
    rows: grouped(
      cases.filter(({ shown }) => shown),
      ({ bucket, caller, via }) => [bucket, caller, via],
    ).map(accessRow),
    tlsOnly: cases.every((one) => one.secure || !one.allowed),
    remarks: byAdministrator ? [perimeter === "enforced" ? administratorsGetLogs : administratorsGetIn] : [],
    ...(locks.length === 0 ? {} : { locks }),
  };
}

function accessRow(cases: readonly [AccessCase, ...AccessCase[]]): AccessRow {
  const [{ bucket, caller, via, by }] = cases;
  return {
    bucket,
    caller: via === undefined ? caller : `${caller}, ${via}`,
    ...(by === undefined ? {} : { by }),
    cells: ways.flatMap((way) =>
      verbs.flatMap((verb) => {
        const asked = cases.filter((one) => one.way === way && one.verb === verb);
        // The first action of a verb is the one people mean by it.
        const [main] = asked;
        if (main === undefined) return [];
        const ok = asked.every((one) => one.outcome === "holds");
        return [{ way, verb, allowed: main.allowed, ok, because: main.because }];
      }),
    ),
  };
}
