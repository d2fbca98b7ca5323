import { periodMinutes } from "../../../client/cloudConfig";
import type { StackOutputs } from "../../../outputs";
import type { AzureFacts } from "../facts/azure";
import type { ClientLine } from "../facts/clientLine";
import type { ConsoleFacts } from "../facts/clientVm";
import { findingsOn } from "./findings";
import { type Judgement, read } from "./judgement";

/** How many listings may be missed before it counts as silent: Azure shows the console with some delay. */
const missedPeriods = 3;

/** Whether the client VM runs, writes its lines, and lists the first bucket. */
export function* judgeClientVm(outputs: StackOutputs, { clientVm: facts }: AzureFacts): Judgement {
  if (outputs.clientVm === undefined || facts === undefined) return;
  const { name } = outputs.clientVm;
  const found = findingsOn(name);
  const machine = yield* read(facts.machine, found("client-vm-missing", "Azure has no such machine"));
  if (machine === undefined) return;
  const { provisioningState, powerState, bootDiagnostics } = machine;
  if (provisioningState !== "Succeeded")
    yield found("client-vm-unready", `its state is ${provisioningState}, not Succeeded`);
  else if (powerState !== "running") yield found("client-vm-stopped", `it is ${powerState}, not running`);
  else if (!bootDiagnostics)
    yield found("client-vm-no-diagnostics", "its boot diagnostics are off, so its lines cannot be read");
  else if (facts.console !== undefined) {
    const console = yield* read(facts.console);
    if (console !== undefined) yield* judgeConsole(outputs, name, console);
  }
}

function* judgeConsole(
  outputs: StackOutputs,
  name: string,
  { line, ageMinutes = 0 }: ConsoleFacts,
): Judgement {
  const found = findingsOn(name);
  const bucket = firstBucketName(outputs);
  if (line === undefined) yield found("client-vm-silent", "its serial console shows no line of the client");
  else if (ageMinutes > missedPeriods * periodMinutes)
    yield found(
      "client-vm-silent",
      `its last line is ${Math.floor(ageMinutes)} minutes old; it writes one every ${periodMinutes}`,
    );
  else if (line.bucket !== bucket)
    yield found("client-vm-lists-another", `it lists ${line.bucket || "no bucket"}, not ${bucket ?? "any"}`);
  else yield* judgeLine(name, line);
}

/** The client lists what `listCommand` lists. Not `firstBucket`, which stacks lack that are not deployed again. */
function firstBucketName({ buckets, listCommand }: StackOutputs): string | undefined {
  const names = Object.values(buckets).map(({ bucketName }) => bucketName);
  return names.find((name) => listCommand.endsWith(`s3://${name}`));
}

function* judgeLine(name: string, { status, curl, error, bucket }: ClientLine): Judgement {
  const found = findingsOn(name);
  const answer = `S3 answers ${status}${error === null ? "" : ` ${error}`} to its listing of ${bucket}`;
  if (status === 0) {
    const [says, cause] = meanings[curl] ?? ["curl fails", "see curl's manual for the exit code"];
    yield found("client-vm-unreachable", `it does not reach the endpoint: ${says} (curl ${curl})`, cause);
  } else if (status === 403) yield found("client-vm-refused", answer);
  else if (status !== 200) yield found("client-vm-unexpected", answer);
  else if (curl !== 0)
    yield found("client-vm-unexpected", `the listing of ${bucket} breaks off (curl ${curl})`);
}

/** What happened, and the likely cause. */
type Meaning = readonly [says: string, cause: string];

const tls: Meaning = [
  "TLS fails",
  "another server answers at that address, or the name does not begin with bucket.: the certificate covers no other",
];

/** @see https://curl.se/docs/manpage.html#EXIT */
const meanings: Readonly<Record<number, Meaning>> = {
  6: [
    "the name does not resolve",
    "the endpoint was replaced, or the virtual network uses DNS servers of its own",
  ],
  7: ["the connection is refused", "something on the way refuses it, or nothing listens at that address"],
  28: ["no answer in time", "no tunnel is up, or a rule or a route stops the packets"],
  35: tls,
  51: tls,
  58: tls,
  60: tls,
  77: tls,
  26: ["its settings cannot be read", "its first start failed: cloud-init did not write them"],
  127: ["there is no curl", "the image is not the program's"],
};
