import type { StackOutputs } from "../../../outputs";
import type { AzureServer, Json } from "./azureServer";

/** What Azure's storage asks of whoever reads the log; whoever sees it can read it too. */
export const consoleSignature = "sig=SignatureOfTheLogThatNobodyMustSee0123456789";

/** The client inside as it is on a good day. @see https://learn.microsoft.com/rest/api/compute/virtual-machines */
export function deployClient({ clientVm, buckets }: StackOutputs, azure: AzureServer): void {
  azure.blobs.clear();
  azure.immediate.clear();
  azure.blobReaders.length = 0;
  if (clientVm === undefined) return;
  const { id, name } = clientVm;
  azure.resources.set(id.toLowerCase(), {
    id,
    name,
    location: "japaneast",
    properties: {
      provisioningState: "Succeeded",
      hardwareProfile: { vmSize: "Standard_B2ats_v2" },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      instanceView: powered("running"),
    },
  });
  azure.immediate.set("retrievebootdiagnosticsdata", {
    consoleScreenshotBlobUri: `${azure.url}/blobs/screenshot?${consoleSignature}`,
    serialConsoleLogBlobUri: `${azure.url}/blobs/serial?${consoleSignature}`,
  });
  const [first] = Object.values(buckets);
  azure.blobs.set("serial", serialLog(line({ bucket: first?.bucketName ?? "" })));
}

export function powered(state: string): Json {
  const statuses = [
    { code: "ProvisioningState/succeeded", level: "Info", displayStatus: "Provisioning succeeded" },
    { code: `PowerState/${state}`, level: "Info", displayStatus: `VM ${state}` },
  ];
  return { statuses };
}

/** A line of the client's, a minute old unless told otherwise. */
export function line(change: Readonly<Record<string, Json>>): string {
  const time = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z$/, "Z");
  const usual = { version: 1, time, bucket: "", status: 200, curl: 0, error: null, seconds: 0.2, keys: 1 };
  return `azure-s3-privatelink-client ${JSON.stringify({ ...usual, ...change })}`;
}

/** As a console shows it: the kernel, prompts without an end of line, and lines of the client's. */
export function serialLog(...lines: readonly string[]): string {
  const before = ["[    0.000000] Linux version 6.8.0-1021-azure", "", "Ubuntu 24.04.3 LTS client ttyS0", ""];
  return [...before, `client login: ${lines.join("\r\n")}`, ""].join("\r\n");
}
