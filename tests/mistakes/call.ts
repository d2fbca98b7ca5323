import path from "node:path";
import { main as lab } from "../../lab/main";
import { main as pulumi } from "../../operations/pulumi";
import { main as rehearse } from "../../operations/rehearse";
import { runReview } from "../../operations/review/command";
import { rotate, terminal as rotating } from "../../operations/rotate/command";
import { terminal as verifying, verify } from "../../operations/verify/command";
import type { Command } from "./commands";
import { said } from "./mistake";

const calls: Readonly<
  Record<Command, (args: readonly string[], projectDir: string) => number | Promise<number>>
> = {
  rehearse,
  "rehearse:pulumi": pulumi,
  review: (args) => runReview(args, rotating),
  verify: (args) => verify(args, verifying),
  rotate: (args, projectDir) => rotate(args, { ...rotating, projectDir }),
  lab,
};

/** Calls a command in a project's folder, as a shell does, and answers with its exit code and all that it writes. */
export async function call(
  command: Command,
  args: readonly string[],
  projectDir: string,
): Promise<{ readonly code: number; readonly text: string }> {
  const before = process.cwd();
  process.chdir(path.resolve(projectDir));
  try {
    const { code, out, error } = await said(() => calls[command](args, projectDir));
    return { code, text: out + error };
  } finally {
    process.chdir(before);
  }
}
