import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { EngineStack } from "./engineStack";
import { root } from "./inlineProgram";
import { dummySecrets, withoutPlaces } from "./releasedState";

// Keeps the state that this version of the program leaves, for the versions after it: `npm run engine:keep-state`,
// once for each release. tests/engine/upgrade.test.ts previews today's program over all that are kept.

async function keep(): Promise<void> {
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    version: string;
  };
  const folder = path.join(root, "tests/engine/fixtures/released", version);
  mkdirSync(folder, { recursive: true });
  for (const name of ["dev", "prod"] as const) {
    const stack = await EngineStack.create({ stack: name });
    try {
      const run = await stack.up();
      if (run.code !== 0) throw new Error(run.output);
      const { output } = await stack.pulumi(["stack", "export", "--show-secrets"]);
      writeFileSync(path.join(folder, `${name}.state`), `${withoutPlaces(dummySecrets(output))}\n`);
      const settings = readFileSync(path.join(root, `Pulumi.${name}.yaml`), "utf8");
      writeFileSync(path.join(folder, `Pulumi.${name}.yaml`), settings);
    } finally {
      stack.close();
    }
  }
}

keep().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
