import { buildSync } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Writes the pack into a folder of its own, with what it takes from the rehearsal inside: `pulumi policy publish` ships one
 * folder alone.
 */
export function bundlePack(folder: string): void {
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [path.join(__dirname, "index.ts")],
    outfile: path.join(folder, "main.cjs"),
    bundle: true,
    platform: "node",
    target: "node20",
    external: ["@pulumi/*"],
    logLevel: "error",
  });
  copyFileSync(path.join(__dirname, "PulumiPolicy.yaml"), path.join(folder, "PulumiPolicy.yaml"));
  const { dependencies, ...described } = JSON.parse(
    readFileSync(path.join(__dirname, "package.json"), "utf8"),
  ) as { readonly dependencies: Readonly<Record<string, string>> };
  // Only what the bundle leaves outside.
  const outside = Object.entries(dependencies).filter(([name]) => name.startsWith("@pulumi/"));
  const manifest = { ...described, dependencies: Object.fromEntries(outside) };
  writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

const [folder] = process.argv.slice(2);
if (require.main === module) {
  if (folder === undefined) throw new Error("Usage: npm run policy:bundle -- FOLDER");
  bundlePack(path.resolve(folder));
}
