import { periodMinutes } from "../../../client/cloudConfig";
import type { StackOutputs } from "../../../outputs";
import { isGone, known } from "../facts/answer";
import type { ClientLine } from "../facts/clientLine";
import type { ClientVmFacts, ConsoleFacts } from "../facts/clientVm";
import { finding, type Finding } from "./findings";

/** How many listings may be missed before anybody is told: Azure shows the console with some delay. */
const missedPeriods = 3;

/** What the client inside has to say, and whether it says anything. */
export function judgeClientVm(outputs: StackOutputs, facts: ClientVmFacts | undefined): readonly Finding[] {
  if (outputs.clientVm === undefined || facts === undefined) return [];
  const { name } = outputs.clientVm;
  if (isGone(facts.machine)) return [finding("client-vm-missing", name, "Azure has no such machine")];
  const machine = known(facts.machine);
  if (machine === undefined) return [];
  if (machine.provisioningState !== "Succeeded")
    return [finding("client-vm-unready", name, `its state is ${machine.provisioningState}, not Succeeded`)];
  if (machine.powerState !== "running")
    return [finding("client-vm-stopped", name, `it is ${machine.powerState}, not running`)];
  if (!machine.bootDiagnostics)
    return [finding("client-vm-no-diagnostics", name, "its boot diagnostics are off: nobody hears it")];
  const console = facts.console === undefined ? undefined : known(facts.console);
  return console === undefined ? [] : judgeConsole(outputs, name, console);
}

function judgeConsole(outputs: StackOutputs, name: string, console: ConsoleFacts): readonly Finding[] {
  const { line, ageMinutes = 0 } = console;
  if (line === undefined)
    return [finding("client-vm-silent", name, "its serial console shows no line of the client")];
  if (ageMinutes > missedPeriods * periodMinutes)
    return [
      finding(
        "client-vm-silent",
        name,
        `its last line is ${Math.floor(ageMinutes)} minutes old; it writes one every ${periodMinutes}`,
      ),
    ];
  const [first] = Object.values(outputs.buckets);
  if (line.bucket !== first?.bucketName)
    return [
      finding(
        "client-vm-lists-another",
        name,
        `it lists ${line.bucket === "" ? "no bucket" : line.bucket}, not ${first?.bucketName ?? "any"}`,
      ),
    ];
  return judgeLine(name, line);
}

function judgeLine(name: string, line: ClientLine): readonly Finding[] {
  const { status, curl, error, bucket } = line;
  const code = error === null ? "" : ` ${error}`;
  if (status === 0) {
    const { says, cause } = meaningOf(curl);
    return [
      finding("client-vm-unreachable", name, `it does not reach the endpoint: ${says} (curl ${curl})`, cause),
    ];
  }
  if (status === 403)
    return [finding("client-vm-refused", name, `S3 answers 403${code} to its listing of ${bucket}`)];
  if (status !== 200)
    return [finding("client-vm-unexpected", name, `S3 answers ${status}${code} to its listing of ${bucket}`)];
  return curl === 0
    ? []
    : [finding("client-vm-unexpected", name, `the listing of ${bucket} breaks off (curl ${curl})`)];
}

interface Meaning {
  readonly says: string;
  readonly cause: string;
}

const tls: Meaning = {
  says: "TLS fails",
  cause:
    "somebody else answers at that address, or the name is not below bucket.: the certificate covers no other",
};

/** @see https://curl.se/docs/manpage.html#EXIT */
const meanings: Readonly<Record<number, Meaning>> = {
  6: {
    says: "the name does not resolve",
    cause: "the endpoint was replaced, or the virtual network asks DNS servers of its own",
  },
  7: {
    says: "the connection is refused",
    cause: "something on the way refuses it, or nobody listens at that address",
  },
  28: {
    says: "no answer in time",
    cause: "no tunnel is up, or a rule or a route stops the packets",
  },
  35: tls,
  51: tls,
  58: tls,
  60: tls,
  77: tls,
  26: {
    says: "its settings cannot be read",
    cause: "its first start failed: cloud-init did not write them",
  },
  127: { says: "there is no curl", cause: "the image is another than the program's" },
};

function meaningOf(curl: number): Meaning {
  return meanings[curl] ?? { says: "curl fails", cause: "see curl's manual for the exit code" };
}
