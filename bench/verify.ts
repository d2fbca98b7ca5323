import { spawn } from "node:child_process";
import path from "node:path";
import { Clouds } from "../tests/operations/support/clouds";
import { OutputsFile } from "../tests/operations/support/outputsFile";
import type { Topology } from "../tests/operations/support/place";
import { median } from "./pairs";

/** How long `npm run verify` takes, as a whole process, where both clouds answer from this machine and everything is right. */
const rounds = 5;

async function main(): Promise<void> {
  const clouds = await Clouds.start();
  const file = new OutputsFile();
  try {
    for (const topology of ["single-tunnel", "active-active"] as const) {
      const seconds = await measure(clouds, file, topology);
      const all = seconds.map((time) => time.toFixed(2)).join(", ");
      console.log(`${topology}: ${median(seconds).toFixed(2)} s, the median of ${rounds} (${all})`);
    }
  } finally {
    file.remove();
    clouds.stop();
  }
}

async function measure(clouds: Clouds, file: OutputsFile, topology: Topology): Promise<number[]> {
  const { outputs } = await clouds.deploy(topology);
  const { url, certificate } = clouds.azure;
  const script = path.join(__dirname, "../tests/operations/support/verifyOnce.ts");
  const args = ["--import=tsx", script, file.write(outputs), url, certificate, clouds.aws.publicUrl];
  const seconds: number[] = [];
  await run(args); // warms the system's cache
  while (seconds.length < rounds) seconds.push(await run(args));
  return seconds;
}

/** Seconds of a run that must find everything right, in a process of its own: the clouds answer from this one. */
async function run(args: readonly string[]): Promise<number> {
  const from = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`verify did not find everything right:\n${output}`);
  return (performance.now() - from) / 1000;
}

void main();
