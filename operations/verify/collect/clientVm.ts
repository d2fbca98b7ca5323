import type * as compute from "@azure/arm-compute";
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
} from "@azure/core-rest-pipeline";
import { createRequire } from "node:module";
import { known } from "../facts/answer";
import type { AzureAccess } from "./access";
import { ask } from "./ask";
import { partsOf } from "../facts/ids";
import { lastLine } from "../facts/clientLine";
import type { ClientVmFacts, ConsoleFacts, MachineFacts } from "../facts/clientVm";

const load = createRequire(__filename);

const read = "Microsoft.Compute/virtualMachines/read";
const retrieve = "Microsoft.Compute/virtualMachines/retrieveBootDiagnosticsData/action";

/** How much of the serial log's end is read: thousands of lines of the client's. */
const tailBytes = 1_048_576;

export async function collectClientVm(access: AzureAccess, id: string): Promise<ClientVmFacts> {
  // Loaded here: it takes a while, and most stacks have no client inside.
  const { ComputeManagementClient } = load("@azure/arm-compute") as typeof compute;
  const { subscription, group, name } = partsOf(id);
  const client = new ComputeManagementClient(access.credential, subscription, access.options);
  const machine = await ask(`the client inside, ${name}`, read, () => collectMachine(client, group, name));
  const facts = known(machine);
  if (facts?.powerState !== "running" || !facts.bootDiagnostics) return { machine, console: undefined };
  const serialConsole = await ask(`the serial console of ${name}`, retrieve, () =>
    collectConsole(client, access.options, group, name),
  );
  return { machine, console: serialConsole };
}

async function collectMachine(
  client: compute.ComputeManagementClient,
  group: string,
  name: string,
): Promise<MachineFacts> {
  const found = await client.virtualMachines.get(group, name, { expand: "instanceView" });
  const power = found.instanceView?.statuses?.find(({ code }) => code?.startsWith("PowerState/") === true);
  return {
    provisioningState: found.provisioningState ?? "",
    powerState: power?.code?.split("/")[1] ?? "unknown",
    bootDiagnostics: found.diagnosticsProfile?.bootDiagnostics?.enabled ?? false,
  };
}

/** The addresses that Azure returns give access to the log: they are used at once and shown to nobody. */
async function collectConsole(
  client: compute.ComputeManagementClient,
  options: AzureAccess["options"],
  group: string,
  name: string,
): Promise<ConsoleFacts> {
  const { serialConsoleLogBlobUri } = await client.virtualMachines.retrieveBootDiagnosticsData(group, name, {
    sasUriExpirationTimeInMinutes: 5,
  });
  const log = serialConsoleLogBlobUri === undefined ? "" : await endOf(serialConsoleLogBlobUri, options);
  const line = lastLine(log);
  const ageMinutes = line === undefined ? undefined : (Date.now() - Date.parse(line.time)) / 60_000;
  return { line, ageMinutes };
}

/**
 * The end of a blob; nothing where there is none yet. Without the pipeline of Azure's management, which would hand its
 * token to the storage.
 */
async function endOf(url: string, options: AzureAccess["options"]): Promise<string> {
  const pipeline = createPipelineFromOptions(options);
  const http = options.httpClient ?? createDefaultHttpClient();
  const send = async (method: "HEAD" | "GET", headers: Readonly<Record<string, string>>) => {
    const request = createPipelineRequest({
      url,
      method,
      headers: createHttpHeaders(headers),
      timeout: 20_000,
    });
    return pipeline.sendRequest(http, request);
  };
  const head = await send("HEAD", {});
  if (head.status === 404) return "";
  refuse(head.status);
  const length = Number(head.headers.get("content-length") ?? "0");
  const { status, bodyAsText } = await send("GET", {
    range: `bytes=${Math.max(0, length - tailBytes)}-`,
  });
  // An empty log has no range to read.
  if (status === 416) return "";
  refuse(status);
  return (bodyAsText ?? "").slice(-tailBytes);
}

/** The body of the storage's answer is not shown: it may repeat the address. */
function refuse(status: number): void {
  if (status < 300) return;
  throw Object.assign(new Error("the storage of the serial log does not let it be read"), {
    statusCode: status,
  });
}
