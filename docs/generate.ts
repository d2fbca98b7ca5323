import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generatedFiles } from "./generated";

const root = path.join(__dirname, "..");

void generateAll();

async function generateAll(): Promise<void> {
  for (const [name, generate] of Object.entries(generatedFiles)) {
    const file = path.join(root, name);
    const current = existsSync(file) ? readFileSync(file, "utf8") : "";
    const next = await generate(current);
    mkdirSync(path.dirname(file), { recursive: true });
    if (next !== current) writeFileSync(file, next);
    console.log(`${name}: ${next === current ? "up to date" : "written"}`);
  }
}
