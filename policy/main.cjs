// The pack's runner compiles TypeScript with ts-node and all types checked, seconds on every preview, and gives no way
// to switch that off. So the entry is JavaScript, and has tsx load the same files; `npm run check` checks the types.
require("tsx/cjs");
require("./index.ts");
