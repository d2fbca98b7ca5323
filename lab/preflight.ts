import { accessSync, constants, existsSync } from "node:fs";
import { delimiter } from "node:path";
import { awsCli } from "./s3/awsCli";
import { charon } from "./ike/daemon";
import { run } from "./machine/processes";
import { serverProgram } from "./s3/server";

/** What the machine must offer, and what brings it. */
const programs = [
  { program: "ip", brings: "Debian's package iproute2" },
  { program: "nft", brings: "Debian's package nftables" },
  { program: "bird", brings: "Debian's package bird2" },
  { program: "birdc", brings: "Debian's package bird2" },
  { program: "tcpdump", brings: "Debian's package tcpdump" },
  { program: "openssl", brings: "Debian's package openssl" },
  { program: charon, brings: "Debian's package charon-systemd" },
  {
    program: "/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so",
    brings: "Debian's package libcharon-extra-plugins",
  },
  {
    program: "/usr/lib/ipsec/plugins/libstrongswan-openssl.so",
    brings: "Debian's package libstrongswan-standard-plugins",
  },
  { program: awsCli, brings: "Debian's package awscli" },
  { program: serverProgram, brings: "Go 1.25 or later, which builds it" },
] as const;

export const installLine = "sudo sh lab/install.sh";

/** Why the lab cannot run here; empty where it can. */
export async function missingPieces(): Promise<string[]> {
  if (process.platform !== "linux") return [`this is ${process.platform}: the lab needs Linux`];
  const missing = programs
    .filter(({ program }) => !isThere(program))
    .map(({ program, brings }) => `${program} is missing; it comes with ${brings}`);
  if (process.getuid?.() !== 0) return ["the lab makes network namespaces, which needs root", ...missing];
  if (!existsSync("/dev/net/tun")) missing.push("/dev/net/tun is missing; the kernel module is tun");
  const namespaces = await run("unshare", ["--net", "true"]).catch(() => ({ code: 1 }));
  if (namespaces.code !== 0) missing.push("this machine lets nobody make network namespaces");
  return missing;
}

function isThere(program: string): boolean {
  const places = program.startsWith("/")
    ? [program]
    : (process.env["PATH"] ?? "").split(delimiter).map((directory) => `${directory}/${program}`);
  return places.some((place) => {
    try {
      accessSync(place, program.endsWith(".so") ? constants.R_OK : constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
