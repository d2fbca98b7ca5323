import type { Json } from "../support/azureServer";
import type { DeployedStack } from "../support/deployedStack";
import { line, powered, serialLog } from "../support/deployedClient";
import { only, type Wrong } from "./wrong";

function set({ azure, outputs }: DeployedStack, properties: { [key: string]: Json }): void {
  const body = azure.resources.get((outputs.clientVm?.id ?? "").toLowerCase());
  if (body === undefined) throw new Error("the stack has no client inside");
  body["properties"] = { ...(body["properties"] as { [key: string]: Json }), ...properties };
}

const firstBucket = ({ outputs }: DeployedStack) => Object.values(outputs.buckets)[0]?.bucketName ?? "";

/** What the console shows last, of the stack's first bucket. */
const says = (change: Readonly<Record<string, Json>>) => (stack: DeployedStack) =>
  stack.azure.blobs.set("serial", serialLog(line({ bucket: firstBucket(stack), ...change })));

const minutesAgo = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+Z$/, "Z");

const unreachable = (what: string, curl: number, told: RegExp): Wrong => ({
  name: `the client inside ${what}`,
  breaks: says({ status: 0, curl, keys: null }),
  finds: only("client-vm-unreachable", told),
});

export const wrongClientVms: readonly Wrong[] = [
  {
    name: "the client inside was deleted",
    breaks: ({ azure, outputs }) => azure.resources.delete((outputs.clientVm?.id ?? "").toLowerCase()),
    finds: only("client-vm-missing", /Azure has no such machine/),
  },
  {
    name: "the client inside is being made",
    breaks: (stack) => {
      set(stack, { provisioningState: "Creating" });
    },
    finds: only("client-vm-unready", /its state is Creating, not Succeeded/),
  },
  {
    name: "the client inside was stopped",
    breaks: (stack) => {
      set(stack, { instanceView: powered("deallocated") });
    },
    finds: only("client-vm-stopped", /it is deallocated, not running/),
  },
  {
    name: "the client inside has no boot diagnostics",
    breaks: (stack) => {
      set(stack, { diagnosticsProfile: { bootDiagnostics: { enabled: false } } });
    },
    finds: only("client-vm-no-diagnostics", /its boot diagnostics are off, so its lines cannot be read/),
  },
  {
    name: "the client inside has no log yet",
    breaks: ({ azure }) => azure.blobs.delete("serial"),
    finds: only("client-vm-silent", /its serial console shows no line of the client/),
  },
  {
    name: "the client inside has an empty log",
    breaks: ({ azure }) => azure.blobs.set("serial", ""),
    finds: only("client-vm-silent", /its serial console shows no line of the client/),
  },
  {
    name: "the client inside has said nothing for a while",
    // Counted when it runs, not when the table is read.
    breaks: (stack) => says({ time: minutesAgo(16) })(stack),
    finds: only("client-vm-silent", /its last line is 16 minutes old; it writes one every 5/),
  },
  {
    name: "the client inside lists another bucket",
    breaks: says({ bucket: "somebody-elses" }),
    finds: only("client-vm-lists-another", /it lists somebody-elses, not /),
  },
  unreachable("finds no address", 6, /the name does not resolve \(curl 6\)/),
  unreachable("is turned away", 7, /the connection is refused \(curl 7\)/),
  unreachable("waits in vain", 28, /no answer in time \(curl 28\)/),
  unreachable("trusts nobody there", 60, /TLS fails \(curl 60\)/),
  unreachable("has no settings", 26, /its settings cannot be read \(curl 26\)/),
  unreachable("fails otherwise", 99, /curl fails \(curl 99\)/),
  {
    name: "the client inside is refused",
    breaks: says({ status: 403, error: "AccessDenied", keys: null }),
    finds: only("client-vm-refused", /S3 answers 403 AccessDenied to its listing of /),
  },
  {
    name: "the client inside is answered otherwise",
    breaks: says({ status: 503, error: "SlowDown", keys: null }),
    finds: only("client-vm-unexpected", /S3 answers 503 SlowDown to its listing of /),
  },
  {
    name: "the client inside gets half an answer",
    breaks: says({ curl: 18, keys: null }),
    finds: only("client-vm-unexpected", /the listing of .* breaks off \(curl 18\)/),
  },
];
