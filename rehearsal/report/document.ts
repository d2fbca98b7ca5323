import type { AccessCase } from "../access/report";
import { administratorsGetIn } from "../access/access";
import { type Verb, verbs, type Way, ways } from "../access/actions";
import type { TunnelCheck } from "../tunnels/check";
import type { Tunnel } from "../tunnels/tunnels";
import type { Finding } from "../model/findings";
import type { Journey } from "../path/path";
import type { Props, Recording, Value } from "../model/recording";
import { redact, redacted, secretsOf } from "../clouds/secrets";
import type { Verdict } from "../verdict/verdict";

/** Everything that a rehearsal has to say, fit to be stored and shown: no secret stands in it. */
export interface ReportDocument {
  /** Of this form: raised when a field goes or changes its meaning. */
  readonly version: 1;
  readonly stack: string;
  /** What was left out on purpose. */
  readonly leftOut: readonly string[];
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly resources: readonly ReportedResource[];
  readonly outputs: Props;
  readonly journeys: readonly Journey[];
  readonly tunnels: readonly ReportedTunnel[];
  readonly access: ReportedAccess;
}

export interface ReportedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly id: string;
  readonly inputs: Value;
}

export interface ReportedTunnel {
  readonly name: string;
  readonly up: boolean;
  readonly spare: boolean;
  readonly routing: "static" | "bgp";
  readonly azureAddress: string | undefined;
  readonly awsAddress: string | undefined;
  readonly insideCidr: string | undefined;
  readonly checks: readonly TunnelCheck[];
}

export interface ReportedAccess {
  readonly perimeter: "allow" | "enforced" | undefined;
  readonly rows: readonly AccessRow[];
  /** Whoever is allowed anything gets nothing without TLS. */
  readonly tlsOnly: boolean;
  /** What a reader of the table should know. */
  readonly remarks: readonly string[];
}

/** What one caller may do with one bucket. */
export interface AccessRow {
  readonly bucket: string;
  readonly caller: string;
  readonly cells: readonly AccessCell[];
}

export interface AccessCell {
  readonly way: Way;
  readonly verb: Verb;
  readonly allowed: boolean;
  /** As it should be, in all the API actions that the verb stands for. */
  readonly ok: boolean;
  readonly because: string;
}

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
  return {
    version: 1,
    stack: recording.stack,
    leftOut,
    ok: verdict.ok,
    findings: verdict.findings,
    resources: recording.resources.map(({ urn, type, name, parent, id, inputs }) => ({
      urn,
      type,
      name,
      parent,
      id,
      inputs: redact(inputs, secrets),
    })),
    outputs,
    journeys: verdict.journeys,
    tunnels: verdict.tunnels.map(reportedTunnel),
    access: reportedAccess(verdict),
  };
}

function reportedTunnel(tunnel: Tunnel): ReportedTunnel {
  const { name, up, spare, routing, azure, aws, checks } = tunnel;
  return {
    name,
    up,
    spare,
    routing,
    checks,
    azureAddress: azure?.instance?.publicIp?.address,
    awsAddress: aws?.tunnel.outsideAddress,
    insideCidr: aws?.tunnel.insideCidr,
  };
}

function reportedAccess({ access }: Verdict): ReportedAccess {
  const rows = new Map<string, AccessCase[]>();
  for (const one of access.cases.filter(({ shown }) => shown)) {
    const row = `${one.bucket}\n${one.caller}`;
    rows.set(row, [...(rows.get(row) ?? []), one]);
  }
  const byAdministrator = access.cases.some(
    (c) => c.caller === "an administrator" && c.verb !== "configure" && c.allowed,
  );
  return {
    perimeter: access.perimeter,
    rows: [...rows.values()].map(accessRow),
    tlsOnly: access.cases.every((one) => one.secure || !one.allowed),
    remarks: byAdministrator ? [administratorsGetIn] : [],
  };
}

function accessRow(cases: readonly AccessCase[]): AccessRow {
  const [first] = cases;
  return {
    bucket: first?.bucket ?? "",
    caller: first?.caller ?? "",
    cells: ways.flatMap((way) =>
      verbs.flatMap((verb) => {
        const asked = cases.filter((one) => one.way === way && one.verb === verb);
        // The first action of a verb is the one people mean by it.
        const [main] = asked;
        if (main === undefined) return [];
        const ok = asked.every((one) => one.allowed === one.expected);
        return [{ way, verb, allowed: main.allowed, ok, because: main.because }];
      }),
    ),
  };
}
