import { expect } from "chai";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
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

/** Two checkouts, and an npm that runs their scripts: it answers with the checkout and the script. */
const scripts = `
case "$5" in
  rehearse:pulumi) case "$*" in *" up "*) UP;; *--json*) echo "{}";; *) PREVIEW;; esac;;
  review) echo "REVIEW by $(basename "$4") of $(cat "$7")";;
  rehearse) echo "REHEARSAL of $8"; REHEARSE;;
esac`;

describe("what the preview writes for a pull request", () => {
  let scene: Scene;
  afterEach(() => {
    scene.close();
  });
  /** Runs it for a stack that both checkouts have, unless it is a new one. */
  const preview = (
    stack: string,
    { up = "true", shows = 'echo "+ 57 to create"', rehearse = "true", isNew = false },
  ) => {
    const npm = scripts.replace("UP", up).replace("PREVIEW", shows).replace("REHEARSE", rehearse);
    scene = new Scene({ npm });
    for (const checkout of ["base", "change"]) {
      mkdirSync(path.join(scene.folder, checkout));
      if (!isNew || checkout === "change")
        writeFileSync(path.join(scene.folder, checkout, `Pulumi.${stack}.yaml`), "");
    }
    const run = scene.run("preview.sh", stack, "out", "base", "change");
    const place = (text: string) =>
      text.replaceAll(`${realpathSync(scene.folder)}/`, "").replaceAll(/\/tmp\/tmp\.\w+/g, "CLOUDS");
    return {
      ...run,
      page: place(scene.read(`out/${stack}.md`)),
      asked: place(scene.read("asked")).trim().split("\n"),
    };
  };

  it("is review, preview and rehearsal of a stack, against the base branch's program", () => {
    const { code, err, page } = preview("prod", {});
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    expect(page).to.equal(
      [
        "# Stack `prod`",
        "",
        "Against the base branch's program, deployed on simulated clouds.",
        "",
        "REVIEW by base of {}",
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
  });

  it("previews the pull request's program on the clouds of the base's, with the base's rules", () => {
    const { asked } = preview("prod", {});
    const pulumi = (checkout: string, command: string) =>
      `npm run --silent --prefix ${checkout} rehearse:pulumi -- --keep CLOUDS ${command} --stack prod --non-interactive`;
    expect(asked).to.deep.equal([
      pulumi("base", "up --yes --skip-preview --suppress-outputs --color never"),
      pulumi("change", "preview --policy-pack base/policy --color never"),
      pulumi("change", "preview --json --show-sames"),
      "npm run --silent --prefix base review -- out/prod.json",
      "npm run --silent --prefix change rehearse -- --stack prod --markdown",
    ]);
  });

  it("shows all of a stack that is new", () => {
    const { code, page, asked } = preview("new", { isNew: true });
    expect(code).to.equal(0);
    expect(page).to.include("There is no such stack yet.");
    expect(asked[0]).to.include("--prefix change");
  });

  it("says so where the base branch's program cannot be deployed", () => {
    const { code, page } = preview("dev", { up: "exit 1" });
    expect(code).to.equal(0);
    expect(page).to.include("cannot be deployed on simulated clouds, so all of the stack is shown");
  });

  it("shows a broken rule, and fails", () => {
    const { code, err, page } = preview("dev", { shows: 'echo "[mandatory] no-open-ingress"; exit 1' });
    expect({ code, err }).to.deep.equal({
      code: 1,
      err: "dev: the preview failed, or a rule of the organisation is broken\n",
    });
    expect(page).to.include("> ❌ the preview failed, or a rule of the organisation is broken");
    expect(page).to.include("<details open>");
    expect(page).to.include("[mandatory] no-open-ingress");
    expect(page).to.include("REHEARSAL of dev");
  });

  it("shows what the rehearsal found, and fails", () => {
    const { code, page } = preview("dev", { rehearse: "exit 1" });
    expect(code).to.equal(1);
    expect(page).to.include("> ❌ the rehearsal found something wrong");
  });

  it("leaves room for both stacks in one comment, however long the preview", () => {
    const { page } = preview("dev", { shows: "seq 1 20000" });
    expect(page).to.have.length.below(32_000).and.to.include("\n20000\n");
  });
});

describe("the plan of a deployment", () => {
  let scene: Scene;
  afterEach(() => {
    scene.close();
  });
  /** Saves a plan where it is asked to. */
  const pulumi = `
for word; do [ "\${last:-}" != --save-plan ] || echo PLAN > "$word"; last=$word; done
case "$*" in *--json*) echo "{}";; *) echo "~ 1 to update";; esac`;
  const npm = 'echo "REVIEW of $(cat "$5")"';

  it("is that of the preview which was reviewed, and is shown", () => {
    scene = new Scene({ npm, pulumi });
    expect(scene.run("plan.sh", "prod", "out", "data-loss")).to.deep.equal({ code: 0, err: "" });
    expect(scene.read("out/prod.plan.json")).to.equal("PLAN\n");
    expect(scene.read("out/prod.md")).to.match(
      /^# Plan of stack `prod`\n\nREVIEW of \{\}\n[^]*~ 1 to update/,
    );
    expect(scene.read("asked").trim().split("\n")).to.deep.equal([
      "pulumi preview --stack prod --policy-pack policy --non-interactive --color never",
      "pulumi preview --stack prod --save-plan out/prod.plan.json --json --show-sames --non-interactive",
      "npm run --silent review -- out/prod.json --fail-on data-loss",
    ]);
  });

  it("is not there to be approved where the review stops it", () => {
    scene = new Scene({ npm: `${npm}; exit 1`, pulumi });
    expect(scene.run("plan.sh", "prod", "out", "access")).to.deep.equal({
      code: 1,
      err: "prod: the review found access or worse\n",
    });
    expect(scene.read("out/prod.plan.json")).to.equal("");
    expect(scene.read("out/prod.md")).to.include("> ❌ the review found access or worse");
  });

  it("is not there where a rule of the organisation is broken", () => {
    scene = new Scene({ npm, pulumi: 'echo "[mandatory] no-open-ingress"; exit 1' });
    expect(scene.run("plan.sh", "prod", "out", "data-loss").code).to.equal(1);
    expect(scene.read("out/prod.plan.json")).to.equal("");
    expect(scene.read("out/prod.md")).to.include("[mandatory] no-open-ingress");
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

describe("the pack of a release", () => {
  let scene: Scene;
  afterEach(() => {
    scene.close();
  });
  /** Packs v1.2.0 of a checkout that is ready for it, but for what is said. */
  const pack = ({ signed = true, version = "1.2.0", changelog = "## 1.2.0", kept = "1.2.0" }) => {
    scene = new Scene({
      gh: `case "$*" in *git/ref/*) echo abc;; *) echo ${String(signed)};; esac`,
      git: "true",
      npm: "echo SBOM",
    });
    const write = (file: string, text: string) => {
      writeFileSync(path.join(scene.folder, file), text);
    };
    write("package.json", JSON.stringify({ version }));
    write(
      "CHANGELOG.md",
      `# Changelog\n\n## Unreleased\n\n${changelog}\n\nNew things.\n\n## 1.1.0\n\nOld things.\n`,
    );
    mkdirSync(path.join(scene.folder, "tests/engine/fixtures/released", kept), { recursive: true });
    return scene.run("pack.sh", "org/repo", "v1.2.0", "dist");
  };

  it("is source, bill of materials and the version's own notes", () => {
    expect(pack({})).to.deep.equal({ code: 0, err: "" });
    expect(scene.read("dist/sbom.spdx.json")).to.equal("SBOM\n");
    expect(scene.read("dist/notes.md").trim()).to.equal("New things.");
    expect(scene.read("asked")).to.include("git archive --prefix=azure-s3-privatelink-1.2.0/");
  });

  for (const { that, given, says } of [
    {
      that: "a tag without a signature",
      given: { signed: false },
      says: "the tag is not signed: git tag --sign v1.2.0",
    },
    { that: "another version", given: { version: "1.1.0" }, says: "package.json has another version" },
    {
      that: "a changelog without it",
      given: { changelog: "## 1.2.01" },
      says: "CHANGELOG.md has no heading 1.2.0",
    },
    {
      that: "no state to upgrade from",
      given: { kept: "1.1.0" },
      says: "the states that upgrades are tested from are not kept: npm run engine:keep-state",
    },
  ])
    it(`is refused with ${that}`, () => {
      expect(pack(given)).to.deep.equal({ code: 1, err: `v1.2.0 cannot be released:\n- ${says}\n` });
      expect(scene.read("dist/sbom.spdx.json")).to.equal("");
    });
});
