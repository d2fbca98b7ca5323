import type { StackOutputs } from "../../../outputs";
import { type Answer, known, unanswered } from "../facts/answer";
import type { AwsFacts } from "../facts/aws";
import type { Facts } from "../facts/facts";
import { accountOf } from "../facts/ids";
import { judgeAsns } from "./asns";
import { judgeAudit } from "./audit";
import { judgeAwsTunnels } from "./awsTunnels";
import { judgeAzureTunnels } from "./azureTunnels";
import { judgeBuckets } from "./buckets";
import { judgeClient } from "./client";
import { judgeClientNetwork } from "./clientNetwork";
import { judgeClientVm } from "./clientVm";
import { judgeEndpoint } from "./endpoint";
import type { Finding } from "./findings";
import { judgeAwsGateway, judgeAzureGateway } from "./gateways";
import { judgeGatewaySubnet } from "./gatewaySubnet";
import { isFinding, type Judgement, type NotJudged, read } from "./judgement";
import { judgeLogs } from "./logs";
import { judgePolicies } from "./policies";
import { judgeReader } from "./reader";
import { judgeAwsRoutes, judgeAzureRoutes } from "./routes";
import { judgeAwsRoutesBeyond, judgeAzureRoutesBeyond } from "./routesBeyond";
import { judgeSurroundings } from "./surroundings";
import { judgeZones } from "./zones";
import { outcomeOf, type Subject, type SubjectVerdict, type TunnelState, type Verdict } from "./verdict";

type Judge = (outputs: StackOutputs, facts: Facts) => Judgement;

/** A judge of what one cloud reports. */
const on = <Cloud>(
  cloud: (facts: Facts) => Answer<Cloud>,
  judge: (outputs: StackOutputs, collected: Cloud, facts: Facts) => Judgement,
): Judge =>
  function* (outputs, facts) {
    const collected = yield* read(cloud(facts));
    if (collected !== undefined) yield* judge(outputs, collected, facts);
  };
const aws = (facts: Facts) => facts.aws;
const azure = (facts: Facts) => facts.azure;

const judges: Readonly<Record<Subject, readonly Judge[]>> = {
  tunnels: [on(aws, judgeAwsTunnels), on(azure, judgeAzureTunnels), judgeAsns],
  gateway: [on(aws, judgeAwsGateway), on(azure, judgeAzureGateway), on(azure, judgeGatewaySubnet)],
  routes: [
    on(aws, judgeAwsRoutes),
    on(aws, judgeAwsRoutesBeyond),
    on(azure, judgeAzureRoutes),
    on(azure, judgeAzureRoutesBeyond),
  ],
  "client network": [on(azure, judgeClientNetwork)],
  "client VM": [on(azure, judgeClientVm)],
  endpoint: [on(aws, judgeZones), on(aws, judgeEndpoint)],
  policies: [on(aws, judgePolicies)],
  buckets: [on(aws, judgeBuckets)],
  logs: [on(aws, judgeLogs), on(aws, judgeAudit)],
  reader: [on(aws, judgeReader)],
  client: [(outputs, { client }) => judgeClient(outputs, client)],
  surroundings: [judgeSurroundings],
};

/** Facts in, findings out, and an outcome for every subject that the stack has. */
export function judge(outputs: StackOutputs, facts: Facts): Verdict {
  const inAccount = { ...facts, aws: ofTheAccount(outputs, facts.aws) };
  const judged = subjectsOf(outputs, facts).map((subject) => {
    // The reader's judge reports the other account itself.
    const given = subject === "reader" ? facts : inAccount;
    return { subject, said: judges[subject].flatMap((one) => [...one(outputs, given)]) };
  });
  const findings = judged.flatMap(({ said }) => said.filter(isFinding));
  const missing = unanswered(facts);
  const subjects = judged.map(({ subject, said }) => verdictOn(subject, said));
  return {
    outcome: outcomeOf(
      subjects.some(({ outcome }) => outcome === "broken"),
      missing.length === 0 && subjects.every(({ outcome }) => outcome === "holds"),
    ),
    subjects,
    findings,
    unanswered: missing,
    tunnels: tunnelStates(outputs, facts),
    client: triedWhere(facts.client),
    endpoint: facts.client.endpoint,
    destinations: facts.destinations,
  };
}

function triedWhere({ key, endpoint }: Facts["client"]): Verdict["client"] {
  if (key === undefined) return "not tried";
  return endpoint === "answers" ? "both ways" : "at S3's public address";
}

function subjectsOf(
  { clientVm, logBucketName, azureNetwork }: StackOutputs,
  { surroundings }: Facts,
): readonly Subject[] {
  const absent: readonly Subject[] = [
    ...(clientVm === undefined ? (["client VM"] as const) : []),
    ...(logBucketName === undefined ? (["logs"] as const) : []),
    ...(azureNetwork.clientSubnetId === undefined ? (["client network"] as const) : []),
    ...(surroundings === undefined ? (["surroundings"] as const) : []),
  ];
  return (Object.keys(judges) as Subject[]).filter((subject) => !absent.includes(subject));
}

function verdictOn(subject: Subject, said: readonly (Finding | NotJudged)[]): SubjectVerdict {
  const broken = said.filter(isFinding).filter(({ severity }) => severity === "broken");
  const places = [...new Set(broken.map((finding) => finding.subject))];
  const gaps = said.flatMap((one) => (isFinding(one) ? [] : [one]));
  const notJudged = [...new Map(gaps.map((one) => [`${one.about} ${one.reason}`, one])).values()];
  return { subject, outcome: outcomeOf(places.length > 0, notJudged.length === 0), places, notJudged };
}

/** In another account nothing of the stack is found: what AWS reports there is about something else. */
function ofTheAccount(outputs: StackOutputs, aws: Answer<AwsFacts>): Answer<AwsFacts> {
  const [found, expected] = [known(aws)?.caller.account, accountOf(outputs)];
  if (found === undefined || found === expected) return aws;
  const says = `the credentials are for account ${found}, and the stack is in account ${expected}`;
  return { about: aws.about, problem: { kind: "credentials", says } };
}

function tunnelStates({ vpn }: StackOutputs, facts: Facts): readonly TunnelState[] {
  const connections = known(facts.aws)?.connections;
  const telemetry = connections && known(connections)?.flatMap((one) => one.telemetry);
  return vpn.tunnels.map(({ name, awsOutsideAddress }) => {
    const awsUp = telemetry?.find((one) => one.outsideAddress === awsOutsideAddress)?.up;
    const end = known(facts.azure)?.connections[name]?.connection;
    const azureStatus = end && known(end)?.status;
    return { name, awsUp, azureStatus, up: awsUp === true && azureStatus === "Connected" };
  });
}
