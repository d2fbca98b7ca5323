import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./workflows/actionlint";

/** Runs a script of the workflows among commands that do as they are told and note what they were asked. */
class Scene {
  readonly folder = mkdtempSync(path.join(tmpdir(), "workflows-"));

  constructor(commands: Readonly<Record<string, string>>) {
    mkdirSync(path.join(this.folder, "bin"));
    for (const [name, body] of Object.entries(commands)) {
      const file = path.join(this.folder, "bin", name);
      writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> asked\n${body}\n`);
      chmodSync(file, 0o755);
    }
  }

  run(script: string, ...args: readonly string[]): { code: number | null; err: string } {
    const { status, stderr } = spawnSync("bash", [path.join(root, ".github/scripts", script), ...args], {
      cwd: this.folder,
      env: { ...process.env, PATH: `${path.join(this.folder, "bin")}:${process.env["PATH"] ?? ""}` },
      encoding: "utf8",
    });
    return { code: status, err: stderr };
  }

  read(file: string): string {
    const place = path.join(this.folder, file);
    return existsSync(place) ? readFileSync(place, "utf8") : "";
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}

const npm = 'case "$3" in review) echo "REVIEW of $(cat "$5")";; rehearse) echo "REHEARSAL of $6";; esac';
const pulumi = 'case "$*" in *--json*) echo "{}";; *) echo "+ 57 to create";; esac';

describe("what the preview writes for a pull request", () => {
  let scene: Scene;
  afterEach(() => {
    scene.close();
  });

  it("is review, preview and rehearsal of a stack", () => {
    scene = new Scene({ npm, pulumi });
    expect(scene.run("preview.sh", "prod", "out", "pulumi")).to.deep.equal({ code: 0, err: "" });
    expect(scene.read("out/prod.md")).to.equal(
      [
        "# Stack `prod`",
        "",
        "REVIEW of {}",
        "",
        "<details><summary>Preview and the rules of the organisation</summary>",
        "",
        "````text",
        "+ 57 to create",
        "",
        "````",
        "",
        "</details>",
        "",
        "REHEARSAL of prod",
        "",
      ].join("\n"),
    );
    expect(scene.read("asked")).to.match(
      /^pulumi preview --stack prod --policy-pack \S+\/policy --non-interactive/,
    );
  });

  it("comes from any command that runs Pulumi", () => {
    scene = new Scene({
      npm: `case "$3" in rehearse:pulumi) ${pulumi};; esac\n${npm}`,
    });
    const { code } = scene.run("preview.sh", "dev", "out", "npm", "run", "--silent", "rehearse:pulumi", "--");
    expect(code).to.equal(0);
    expect(scene.read("out/dev.md")).to.include("+ 57 to create");
  });

  it("shows a broken rule, and fails", () => {
    scene = new Scene({ npm, pulumi: 'echo "[mandatory] no-open-ingress"; exit 1' });
    expect(scene.run("preview.sh", "dev", "out", "pulumi")).to.deep.equal({
      code: 1,
      err: "dev: the preview failed, or a rule of the organisation is broken\n",
    });
    const page = scene.read("out/dev.md");
    expect(page).to.include("> ❌ the preview failed, or a rule of the organisation is broken");
    expect(page).to.include("<details open>");
    expect(page).to.include("[mandatory] no-open-ingress");
    expect(page).to.include("No review: there is no preview to read.");
    expect(page).to.include("REHEARSAL of dev");
  });

  it("shows what the rehearsal found, and fails", () => {
    scene = new Scene({ npm: `${npm}\n[ "$3" != rehearse ]`, pulumi });
    expect(scene.run("preview.sh", "dev", "out", "pulumi").code).to.equal(1);
    expect(scene.read("out/dev.md")).to.include("> ❌ the rehearsal found something wrong");
  });

  it("leaves room for both stacks in one comment, however long the preview", () => {
    scene = new Scene({ npm, pulumi: 'case "$*" in *--json*) echo "{}";; *) seq 1 20000;; esac' });
    scene.run("preview.sh", "dev", "out", "pulumi");
    expect(scene.read("out/dev.md")).to.have.length.below(32_000).and.to.include("\n20000\n");
  });
});

describe("the comment on a pull request", () => {
  const mark = "<!-- azure-s3-privatelink: preview -->";
  /** Answers a listing with these ids, and keeps the body that it is given. */
  const gh = (ids: string) => `
case "$*" in
  *--paginate*) printf '${ids}';;
  *) for word; do case "$word" in body=@*) cp "\${word#body=@}" sent;; esac; done;;
esac`;
  let scene: Scene;
  afterEach(() => {
    scene.close();
  });
  const comment = (text: string) => {
    writeFileSync(path.join(scene.folder, "page.md"), text);
    expect(scene.run("comment.sh", "org/repo", "7", "page.md")).to.deep.equal({ code: 0, err: "" });
    return scene.read("asked").trim().split("\n").at(-1);
  };

  it("is written once", () => {
    scene = new Scene({ gh: gh("") });
    expect(comment("# Stack\n")).to.match(/^gh api --method POST repos\/org\/repo\/issues\/7\/comments /);
    expect(scene.read("sent")).to.equal(`${mark}\n# Stack\n`);
  });

  it("is then kept up to date, the first of several", () => {
    scene = new Scene({ gh: gh("41\\n42\\n") });
    expect(comment("# Stack\n")).to.match(/^gh api --method PATCH repos\/org\/repo\/issues\/comments\/41 /);
  });

  it("looks for its own mark among what bots wrote", () => {
    scene = new Scene({ gh: gh("") });
    comment("");
    expect(scene.read("asked")).to.include(`select(.user.type == "Bot" and (.body | startswith("${mark}")))`);
  });

  it("stays within what GitHub takes", () => {
    scene = new Scene({ gh: gh("") });
    comment("x".repeat(100_000));
    expect(scene.read("sent"))
      .to.have.length.below(65_536)
      .and.to.match(/…the rest is in the artifact of the run\.\n$/);
  });
});
