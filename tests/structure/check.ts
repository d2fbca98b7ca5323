import { root, ruledPlaces, violationsIn } from "./violations";

/** Prints every import that breaks a rule of the structure; fails where there is one. */
async function main(): Promise<void> {
  const violations = await violationsIn(root, ruledPlaces);
  for (const violation of violations) console.error(violation);
  console.error(
    violations.length === 0 ? "Every import keeps the structure." : "See .dependency-cruiser.cjs.",
  );
  process.exitCode = violations.length === 0 ? 0 : 1;
}

void main();
