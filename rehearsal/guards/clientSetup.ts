import { awsTypes } from "../model/resourceTypes";
import { createHash } from "node:crypto";
import { type CloudInit, type CloudInitFile, curlOptions } from "../estate/cloudInit";
import { text } from "../model/values";
import type { Estate } from "../estate/estate";
import { firstBucketName } from "../estate/logDeliveries";

/** One thing that is wrong with what a machine is told. */
export interface SetupProblem {
  readonly problem: string;
  readonly fix: string;
}

/** What a machine's first start must set up: where and what to list, with whose key, and nothing else. */
export function clientSetupProblems(cloudInit: CloudInit, estate: Estate): readonly SetupProblem[] {
  const [key] = estate.ofType(awsTypes.accessKey);
  const secret = text(key?.outputs, "secret") ?? "";
  const holders = cloudInit.files.filter(({ content }) => secret !== "" && content.includes(secret));
  const [request] = holders;
  const elsewhere = [...cloudInit.bootCommands, ...cloudInit.firstCommands].some(
    (command) => secret !== "" && command.includes(secret),
  );
  return [
    ...problemIf(
      holders.length !== 1,
      "the reader's key is not in exactly one file of it",
      "one file for curl",
    ),
    ...problemIf(elsewhere, "the reader's key is on a command line, which every user can read", "use a file"),
    ...(request === undefined ? [] : requestProblems(request, estate)),
    ...sshProblems(cloudInit),
    ...problemIf(
      cloudInit.downloads.length > 0,
      `its first start fetches something (${cloudInit.downloads.join(", ")}): there is no way out`,
      "leave it out",
    ),
    ...timerProblems(cloudInit, request),
  ];
}

function requestProblems(request: CloudInitFile, estate: Estate): readonly SetupProblem[] {
  const [key] = estate.ofType(awsTypes.accessKey);
  const options = curlOptions(request.content);
  const endpoint = text(estate.outputs, "endpointUrl") ?? "";
  const bucket = firstBucketName(estate.outputs);
  const { url = "", user = "" } = options;
  const place = `${endpoint}/${bucket ?? ""}?list-type=2&max-keys=`;
  return [
    ...problemIf(
      request.owner !== "root:root" || request.permissions !== "0600",
      "users other than root can read the reader's key",
      "owner root:root, permissions 0600",
    ),
    ...problemIf(
      !url.startsWith(place) || !/^\d{1,3}$/.test(url.slice(place.length)),
      "it does not list the first bucket through this stack's endpoint",
      "use the endpoint's URL and the bucket's name",
    ),
    ...problemIf(
      user !== `${key?.id ?? ""}:${text(key?.outputs, "secret") ?? ""}`,
      "it signs with another key than the reader's",
      "use the reader's access key",
    ),
    ...problemIf(
      options["aws-sigv4"] !== `aws:amz:${text(estate.outputs, "awsRegion") ?? ""}:s3`,
      "it signs for another region or service",
      "use the stack's region, and s3",
    ),
    ...problemIf(
      options["header"] !== `x-amz-content-sha256: ${createHash("sha256").digest("hex")}`,
      "S3 rejects a signature without the hash of the empty body",
      "send x-amz-content-sha256 with the hash of an empty body",
    ),
  ];
}

function sshProblems({ bootCommands, sshByPassword }: CloudInit): readonly SetupProblem[] {
  const masked = (unit: string) =>
    bootCommands.some((command) => /^systemctl mask /.test(command) && command.split(" ").includes(unit));
  return problemIf(
    sshByPassword || !masked("ssh.service") || !masked("ssh.socket"),
    "anybody in the virtual network could try to log in",
    "mask ssh.service and ssh.socket, and set ssh_pwauth to false",
  );
}

/** A timer starts a service, that runs a script, that curl's file belongs to; its line goes to the serial port. */
function timerProblems(
  { files, firstCommands }: CloudInit,
  request: CloudInitFile | undefined,
): readonly SetupProblem[] {
  const timer = files.find(({ path }) => /^\/etc\/systemd\/system\/[\w-]+\.timer$/.test(path));
  const service = files.find(({ path }) => path === timer?.path.replace(/timer$/, "service"));
  const says = (file: CloudInitFile | undefined, line: string) =>
    file?.content.split("\n").includes(line) === true;
  const script = files.find(({ path }) => says(service, `ExecStart=${path}`));
  const unit = timer?.path.split("/").at(-1) ?? "";
  const folder = request?.path.replace(/\/[^/]*$/, "") ?? "";
  return [
    ...problemIf(
      !says(timer, "OnUnitActiveSec=5min") || !says(timer, "OnBootSec=30s"),
      "it does not list at each start and every five minutes",
      "a timer of 5min beside its service",
    ),
    ...problemIf(
      !firstCommands.includes(`systemctl enable --now ${unit}`),
      "nothing starts its timer",
      "enable it in runcmd",
    ),
    ...problemIf(
      !says(service, "StandardOutput=tty") || !says(service, "TTYPath=/dev/ttyS0"),
      "its line does not reach the serial console",
      "StandardOutput=tty on /dev/ttyS0",
    ),
    ...problemIf(
      script?.content.startsWith("#!/bin/sh\n") !== true ||
        script.permissions !== "0755" ||
        !script.content.includes("azure-s3-privatelink-client {") ||
        !script.content.includes(folder),
      "its service runs no script that reads the request's folder and writes the marked line",
      "write the script to the service's ExecStart, executable",
    ),
  ];
}

function problemIf(wrong: boolean, problem: string, fix: string): readonly SetupProblem[] {
  return wrong ? [{ problem, fix }] : [];
}
