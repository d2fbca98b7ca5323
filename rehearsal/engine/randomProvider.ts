import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { cacheOf } from "./pulumiCli";

/** The folder of the Go module that builds the real `random` provider. */
export const randomModule = path.join(__dirname, "random");

/** That of the SDK. */
export function randomVersion(): string {
  const { version } = createRequire(__filename)("@pulumi/random/package.json") as { version: string };
  return version;
}

/** Where `npm run engine:install` puts it. */
export function randomProviderFile(): string {
  return path.join(cacheOf("random", randomVersion()), "pulumi-resource-random");
}

export function builtRandomProvider(): string {
  const file = randomProviderFile();
  if (!existsSync(file)) throw new Error("the random provider is not built; run `npm run engine:install`");
  return file;
}
