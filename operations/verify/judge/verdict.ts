import type { StackOutputs } from "../../../outputs";
import { known, unanswered, type Unanswered } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import type { AzureFacts } from "../facts/azure";
import type { Facts } from "../facts/facts";
import type { Finding } from "./findings";
import { judgeAzure } from "./azureGateway";
import { judgeBuckets } from "./buckets";
import { judgeClient } from "./client";
import { judgeClientVm } from "./clientVm";
import { judgeClientNetwork } from "./clientNetwork";
import { judgeEndpoint } from "./endpoint";
import { judgeLogs } from "./logs";
import { judgePolicies } from "./policies";
import { judgeReader } from "./reader";
import { judgeRoutes } from "./routes";
import { judgeAwsGateway, judgeTunnels } from "./tunnels";

export interface TunnelState {
  readonly name: string;
  /** Undefined where the cloud did not answer. */
  readonly awsUp: boolean | undefined;
  readonly azureStatus: string | undefined;
  readonly up: boolean;
}

export interface Verdict {
  readonly findings: readonly Finding[];
  readonly unanswered: readonly Unanswered[];
  readonly tunnels: readonly TunnelState[];
  /** From where the reader's key was tried, and whether there was one to try. */
  readonly client: "inside" | "outside" | "not tried";
}

/** Facts in, findings out. */
export function judge(outputs: StackOutputs, facts: Facts): Verdict {
  const aws = known(facts.aws);
  const azure = known(facts.azure);
  const reader = aws === undefined ? [] : judgeReader(outputs, aws);
  const elsewhere = reader.some(({ kind }) => kind === "wrong-account");
  const findings = [
    ...(aws === undefined || elsewhere
      ? []
      : [...judgeTunnels(outputs, aws), ...judgeAwsGateway(outputs, aws)]),
    ...(azure === undefined ? [] : judgeAzure(outputs, azure)),
    ...(aws === undefined || elsewhere ? [] : judgeRoutes(outputs, aws)),
    ...(azure === undefined
      ? []
      : [...judgeClientNetwork(outputs, azure), ...judgeClientVm(outputs, azure.clientVm)]),
    ...(aws === undefined || elsewhere
      ? []
      : [
          ...judgeEndpoint(outputs, aws, azure),
          ...judgePolicies(outputs, aws),
          ...judgeBuckets(outputs, aws),
          ...judgeLogs(outputs, aws),
        ]),
    ...reader,
    ...judgeClient(outputs, facts.client),
  ];
  return {
    findings,
    unanswered: unanswered(facts),
    tunnels: tunnelStates(outputs, aws, azure),
    client: facts.client.key === undefined ? "not tried" : facts.client.place,
  };
}

function tunnelStates(
  { vpn }: StackOutputs,
  aws: AwsFacts | undefined,
  azure: AzureFacts | undefined,
): readonly TunnelState[] {
  const telemetry = (aws === undefined ? undefined : known(aws.connections))?.flatMap((one) => one.telemetry);
  return vpn.tunnels.map(({ name, awsOutsideAddress }) => {
    const awsUp = telemetry?.find((one) => one.outsideAddress === awsOutsideAddress)?.up;
    const end = azure?.connections[name]?.connection;
    const azureStatus = end === undefined ? undefined : known(end)?.status;
    return { name, awsUp, azureStatus, up: awsUp === true && azureStatus === "Connected" };
  });
}

/** Exit codes of verify. */
export const exitCodes = { allRight: 0, broken: 1, usage: 2, incomplete: 3 } as const;

/** Something broken counts more than something unknown; warnings count for nothing. */
export function exitCodeOf({ findings, unanswered: missing }: Verdict): number {
  if (findings.some(({ severity }) => severity === "broken")) return exitCodes.broken;
  return missing.length > 0 ? exitCodes.incomplete : exitCodes.allRight;
}
