import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A file of `pulumi stack output --json`. */
export class OutputsFile {
  private readonly folder = mkdtempSync(path.join(tmpdir(), "outputs-"));

  write(outputs: unknown): string {
    const file = path.join(this.folder, "outputs.json");
    writeFileSync(file, JSON.stringify(outputs));
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
