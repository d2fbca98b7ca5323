// The pack's runner compiles TypeScript with ts-node and checks all types, which takes seconds on every preview and
// cannot be switched off. So the entry is JavaScript and loads the same files by tsx; `npm run check` checks the types.
require("tsx/cjs");
require("./index.ts");
