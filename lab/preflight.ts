import { accessSync, constants, existsSync } from "node:fs";
import { delimiter } from "node:path";
import { awsCli } from "./s3/awsCli";
import { charon } from "./ike/daemon";
import { orElse } from "./machine/files";
import { run } from "./machine/processes";
import { serverProgram } from "./s3/server";

/** What the machine must have, and Debian's package of it. */
const programs: readonly (readonly [program: string, source: string])[] = [
  ["ip", "iproute2"],
  ["nft", "nftables"],
  ["bird", "bird2"],
  ["birdc", "bird2"],
  ["tcpdump", "tcpdump"],
  ["openssl", "openssl"],
  [charon, "charon-systemd"],
  ["/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so", "libcharon-extra-plugins"],
  ["/usr/lib/ipsec/plugins/libstrongswan-openssl.so", "libstrongswan-standard-plugins"],
  [awsCli, "awscli"],
];

export const installLine = "sudo sh lab/install.sh";

/** Why the lab cannot run here; empty where it can. */
export async function missingPieces(): Promise<string[]> {
  if (process.platform !== "linux") return [`this is ${process.platform}: the lab needs Linux`];
  const missing = programs
    .filter(([program]) => !isInstalled(program))
    .map(([program, source]) => `${program} is missing; it comes with Debian's package ${source}`);
  if (!isInstalled(serverProgram)) {
    missing.push(`${serverProgram} is missing; it is built with Go 1.25 or later`);
  }
  if (process.getuid?.() !== 0) return ["the lab creates network namespaces, which needs root", ...missing];
  if (!existsSync("/dev/net/tun")) missing.push("/dev/net/tun is missing; the kernel module is tun");
  const namespaces = await run("unshare", ["--net", "true"]).catch(() => ({ code: 1 }));
  if (namespaces.code !== 0) missing.push("this machine does not allow network namespaces");
  return missing;
}

function isInstalled(program: string): boolean {
  const paths = program.startsWith("/")
    ? [program]
    : (process.env["PATH"] ?? "").split(delimiter).map((directory) => `${directory}/${program}`);
  const mode = program.endsWith(".so") ? constants.R_OK : constants.X_OK;
  return paths.some((path) =>
    orElse(() => {
      accessSync(path, mode);
      return true;
    }, false),
  );
}
