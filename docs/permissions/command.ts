import { Command, CommanderError } from "commander";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { StackConfigError } from "../../rehearsal/run/stackConfig";
import { documents, json } from "./files";
import { UnscopedNameError } from "./names";
import { deployedIn, placeOf, SettingsRefusedError, StateFileError } from "./stackPlace";

interface Options {
  readonly stack: string;
  readonly configFile?: string;
  readonly account: string;
  readonly subscription: string;
  readonly resourceGroup?: string;
  readonly state?: string;
  readonly out: string;
}

/** What the command works with; tests give their own. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly projectDir: string;
}

/** Writes the roles of one stack. Answers with the exit code: 0, or 2 where they cannot be made. */
export async function permissions(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { out, err, projectDir } = surroundings;
  const command = new Command("npm run permissions --")
    .description(
      "Writes the roles of one stack: what its deployer, its reviewer and verify may do, and no more.",
    )
    .requiredOption("--stack <name>", "the stack")
    .option("--config-file <file>", "its settings (default: Pulumi.STACK.yaml)")
    .requiredOption("--account <number>", "its AWS account")
    .requiredOption("--subscription <id>", "its Azure subscription")
    .option("--resource-group <name>", "its Azure resource group (default: azure-s3-privatelink-STACK)")
    .option("--state <file>", "what pulumi stack export wrote, where it is deployed: adds the names it has")
    .option("--out <folder>", "where the files go", "permissions")
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err });
  try {
    const {
      stack,
      state,
      out: folder,
      ...where
    } = command.parse([...args], { from: "user" }).opts<Options>();
    const deployed = state === undefined ? undefined : deployedIn(state);
    const place = await placeOf({ projectDir, stack, deployed, ...where });
    mkdirSync(folder, { recursive: true });
    for (const [name, document] of Object.entries(documents)) {
      const role = document(place);
      if (role === undefined) continue;
      const file = path.join(folder, name);
      writeFileSync(file, json(role));
      out(`${file}\n`);
    }
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const known = [StackConfigError, SettingsRefusedError, StateFileError, UnscopedNameError].some(
      (one) => error instanceof one,
    );
    if (!known) throw error;
    err(`${(error as Error).message}\n`);
    return 2;
  }
}
