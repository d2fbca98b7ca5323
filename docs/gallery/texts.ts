import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The text forms that the gallery shows, and the arguments that print them. */
export const galleryTexts: readonly { readonly file: string; readonly args: readonly string[] }[] = [
  { file: "dev.txt", args: ["--stack", "dev"] },
  { file: "prod.txt", args: ["--stack", "prod"] },
  { file: "dev-broken.txt", args: ["--stack", "dev", "--break", "tunnel1"] },
  { file: "prod-full.txt", args: ["--stack", "prod", "--full"] },
];

/** What the command prints to a pipe: 80 columns, no colours. */
export function printedText(args: readonly string[]): string {
  const root = join(__dirname, "..", "..");
  const command = ["--import=tsx", join(root, "operations", "rehearse.ts"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
  // A broken stack ends with exit code 1, a wrong request with 2.
  if (status !== 0 && status !== 1) throw new Error(`rehearse ${args.join(" ")} failed:\n${stderr}`);
  return stdout;
}
