import { createRequire } from "node:module";

/** Loads the modules named on the command line and does nothing with them: what the program is measured against. */
const load = createRequire(__filename);
for (const name of process.argv.slice(2)) load(name);
