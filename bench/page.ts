import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How long `npm run rehearse -- --html` takes once its files are in the system's cache, and how big the page is. */
const root = join(__dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "bench-page-"));
const rounds = 5;

for (const stack of ["dev", "prod"]) {
  const file = join(folder, `${stack}.html`);
  const run = () => {
    const from = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", join(root, "operations", "rehearse.ts"), "--stack", stack, "--html", file],
      { cwd: root, encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    return (performance.now() - from) / 1000;
  };
  run();
  const times = Array.from({ length: rounds }, run).sort((one, other) => one - other);
  const median = times[Math.floor(rounds / 2)] ?? Number.NaN;
  const kilobytes = statSync(file).size / 1024;
  console.log(
    `${stack}: ${median.toFixed(2)} s, the median of ${rounds} (${times.map((time) => time.toFixed(2)).join(", ")}); ${kilobytes.toFixed(0)} kB`,
  );
}
rmSync(folder, { recursive: true });
