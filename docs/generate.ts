import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generatedFiles } from "./generated";

const root = path.join(__dirname, "..");

for (const [name, generate] of Object.entries(generatedFiles)) {
  const file = path.join(root, name);
  const current = existsSync(file) ? readFileSync(file, "utf8") : "";
  const next = generate(current);
  if (next !== current) writeFileSync(file, next);
  console.log(`${name}: ${next === current ? "up to date" : "written"}`);
}
