import { createRequire } from "node:module";
import { deferUnusedModules } from "../rehearsal/run/lazyModules";

/**
 * Loads the modules named on the command line and does nothing with them: what the program is measured against. With
 * `--deferred` before them the SDK loads as little as in the rehearsal.
 */
const load = createRequire(__filename);
const names = process.argv.slice(2);
if (names[0] === "--deferred") deferUnusedModules();
for (const name of names.filter((name) => name !== "--deferred")) load(name);
