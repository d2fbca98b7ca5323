import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { builtRandomProvider } from "../../../rehearsal/engine/randomProvider";

export interface RandomProvider {
  readonly port: number;
  close(): void;
}

/** The real provider as a process of its own. Its keys are as good as in a real deployment. */
export async function startRandomProvider(): Promise<RandomProvider> {
  const child = spawn(builtRandomProvider(), [], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      reject(new Error(`the random provider ended with ${String(code)}`));
    });
    // The first thing that a provider says.
    createInterface(child.stdout).once("line", (line) => {
      resolve(Number(line));
    });
  });
  return { port, close: () => child.kill() };
}
