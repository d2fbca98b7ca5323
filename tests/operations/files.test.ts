import { expect } from "chai";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { permissions } from "../../docs/permissions/command";
import { placeOf } from "../../docs/permissions/stackPlace";
import { LabError } from "../../lab/machine/processes";
import { recordStack } from "../../lab/recording/recordStack";
import { main as rehearse, rehearse as rehearsed } from "../../operations/rehearse";
import { runReview } from "../../operations/review/command";
import { rotate } from "../../operations/rotate/command";
import { readAround } from "../../operations/snapshot/around";
import { snapshot, type Terminal as SnapshotTerminal, terminal } from "../../operations/snapshot/command";
import type { Verdict } from "../../operations/verify/judge/verdict";
import { readOutputs } from "../../operations/verify/stackOutputs";
import { prepareWorkspace } from "../../rehearsal/engine/workspace";
import { readSnapshot } from "../../rehearsal/run/surroundings";
import { writtenOutputs } from "./support/writtenOutputs";

/**
 * Every command of package.json that reads a file which people write or save: rehearse, rehearse:pulumi, lab, rotate,
 * review, verify, snapshot and permissions. The others read files of this repository alone, and Pulumi reads the policy
 * pack's settings.
 */
const root = path.resolve(__dirname, "../..");
const joined = path.join(root, "examples/join");
const roleArgs = ["--account", "123456789012", "--subscription", "00000000-0000-0000-0000-000000000000"];
const preview = readFileSync(path.join(__dirname, "previews/prod-new-key.json"), "utf8");

const allUp: Verdict = {
  outcome: "holds",
  subjects: [],
  findings: [],
  unanswered: [],
  tunnels: writtenOutputs("active-active").vpn.tunnels.map(({ name }) => ({
    name,
    awsUp: true,
    azureStatus: "Connected",
    up: true,
  })),
  client: "not tried",
  endpoint: "timeout",
  destinations: { aws: [], azure: [] },
};

/** As editors and shells of Windows write a text. */
const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
  "UTF-8": (text) => Buffer.from(text),
  "UTF-8 with its mark": (text) => Buffer.from(`\uFEFF${text}`),
  "UTF-16": (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  "UTF-16, the higher byte first": (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
};
const windows = (text: string) => text.replace(/\r?\n/g, "\r\n");

describe("the files of every command", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "files-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (name: string, content: Buffer | string) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  /** This project, with its settings written another way. */
  const project = (written: (text: string) => Buffer | string) => {
    for (const name of readdirSync(root)) {
      const source = path.join(root, name);
      if (/^Pulumi(\.dev|\.prod)?\.yaml$/.test(name)) write(name, written(readFileSync(source, "utf8")));
      else if (name !== ".git") symlinkSync(source, path.join(folder, name));
    }
    return folder;
  };

  const reviewOf = (content: Buffer | string) => {
    let out = "";
    const streams = { out: (text: string) => (out += text), err: (text: string) => (out += text) };
    return { code: runReview(["--json", write("preview.json", content)], streams), out };
  };

  const rotateIn = async (projectDir: string, outputs: string) => {
    const given: string[] = [];
    let err = "";
    const code = await rotate(["--stack", "prod", "--tunnel", "tunnel2", "--outputs", outputs, "--force"], {
      out: () => undefined,
      err: (text) => (err += text),
      projectDir,
      verify: () => Promise.resolve(allUp),
      raise: ({ settings }) => {
        given.push(settings);
        return Promise.resolve({ settings, preview });
      },
    });
    return { code, err, given };
  };

  for (const [name, encoded] of Object.entries(encodings))
    describe(`in ${name}, with the line ends of Windows`, () => {
      const written = (text: string) => encoded(windows(text));

      it("are read by rehearse", async () => {
        const { report } = await rehearsed({ projectDir: project(written), stack: "dev" });
        expect(report).to.deep.equal((await rehearsed({ projectDir: root, stack: "dev" })).report);
      });

      it("are read by rehearse:pulumi, whose copy is plain", () => {
        const copyOf = (projectDir: string, run: string) => {
          const copies = prepareWorkspace(projectDir, path.join(folder, run)).project;
          return readFileSync(path.join(copies, "Pulumi.prod.yaml"), "utf8");
        };
        expect(copyOf(project(written), "run")).to.equal(copyOf(root, "control"));
      });

      it("are read by lab", async () => {
        const { errors, resources } = await recordStack({ projectDir: project(written), stack: "dev" });
        expect(errors).to.deep.equal([]);
        expect(resources).to.have.length(
          (await recordStack({ projectDir: root, stack: "dev" })).resources.length,
        );
      });

      it("are read by snapshot, and so is the one that it wrote before", () => {
        const read = (configFile: string) => ({
          around: readAround(root, "hub", configFile),
          before: readSnapshot({ projectDir: root, stack: "hub", configFile }),
        });
        mkdirSync(path.join(folder, "snapshots"));
        for (const name of ["Pulumi.hub.yaml", "snapshots/hub.json"])
          write(name, written(readFileSync(path.join(joined, name), "utf8")));
        const found = read(path.join(folder, "Pulumi.hub.yaml"));
        expect(found).to.deep.equal(read(path.join(joined, "Pulumi.hub.yaml")));
        expect(found.before).to.have.property("resources").that.is.not.empty;
      });

      it("are read by permissions", async () => {
        const place = { stack: "prod", account: "123456789012" };
        const found = await placeOf({ projectDir: project(written), ...place });
        expect(found).to.deep.equal(await placeOf({ projectDir: root, ...place }));
      });

      it("are read by verify", async () => {
        const outputs = writtenOutputs("active-active");
        const file = write("outputs.json", written(JSON.stringify(outputs, undefined, 2)));
        expect(await readOutputs({ kind: "file", file })).to.deep.equal(outputs);
      });

      it("are read by review", () => {
        const found = reviewOf(written(preview));
        expect(found).to.deep.equal(reviewOf(preview));
        expect(JSON.parse(found.out)).to.have.property("impact");
      });

      it("are read by review in the streaming form", () => {
        const stream = streamOf(preview);
        const found = reviewOf(written(stream));
        expect(found).to.deep.equal(reviewOf(stream));
        expect(JSON.parse(found.out)).to.have.property("impact");
      });

      it("are read by rotate", async () => {
        const outputs = write("outputs.json", written(JSON.stringify(writtenOutputs("active-active"))));
        const { code, given } = await rotateIn(project(written), outputs);
        const plain = windows(readFileSync(path.join(root, "Pulumi.prod.yaml"), "utf8"));
        expect({ code, given }).to.deep.equal({ code: 0, given: [plain] });
      });
    });

  describe("that are no YAML are told in one line with file, line and remedy", () => {
    const says = /^Pulumi\.\w+\.yaml:2:\d+ is no YAML: .*; correct that line, indented by spaces alone\n$/;
    const broken = () => project((text) => (text.startsWith("name:") ? text : "config:\n\tb: 1\n"));

    it("by rehearse, with exit code 2", async () => {
      const { code, err } = await withStderr(() => rehearse(["--stack", "dev"], broken()));
      expect(stripVTControlCharacters(err)).to.match(says);
      expect(code).to.equal(2);
    });

    it("by lab", async () => {
      const refusal = await recordStack({ projectDir: broken(), stack: "dev" }).catch(
        (error: unknown) => error,
      );
      expect(refusal).to.be.instanceOf(LabError);
      expect(`${(refusal as LabError).message}\n`).to.match(says);
    });

    it("by rehearse:pulumi", () => {
      const run = () => prepareWorkspace(broken(), path.join(folder, "run"));
      expect(run)
        .to.throw(Error)
        .with.property("message")
        .that.matches(new RegExp(says.source.replace("\\n$", "$")));
    });

    for (const [name, command] of [
      ["snapshot", (on: SnapshotTerminal) => snapshot(["--stack", "dev"], on)],
      ["permissions", (on: SnapshotTerminal) => permissions(["--stack", "dev", ...roleArgs], on)],
    ] as const)
      it(`by ${name}, with exit code 2`, async () => {
        let err = "";
        const code = await command({
          ...terminal,
          out: () => undefined,
          err: (text) => (err += text),
          projectDir: broken(),
        });
        expect(err).to.match(says);
        expect(code).to.equal(2);
      });

    it("by rotate, with exit code 2", async () => {
      const { code, err } = await rotateIn(broken(), "-");
      expect(err).to.match(says);
      expect(code).to.equal(2);
    });
  });
});

/** The same preview as one event a line. */
function streamOf(whole: string): string {
  interface Step {
    readonly op: string;
    readonly urn: string;
    readonly diffReasons?: unknown;
    readonly replaceReasons?: unknown;
    readonly detailedDiff?: Readonly<Record<string, { readonly kind: string }>>;
    readonly oldState?: unknown;
    readonly newState?: unknown;
  }
  const { config, steps, changeSummary } = JSON.parse(whole) as {
    readonly config: unknown;
    readonly steps: readonly Step[];
    readonly changeSummary: unknown;
  };
  const events = [
    { preludeEvent: { config } },
    ...steps.map((step) => ({
      resourcePreEvent: {
        metadata: {
          op: step.op,
          urn: step.urn,
          keys: step.replaceReasons,
          diffs: step.diffReasons,
          detailedDiff: Object.fromEntries(
            Object.entries(step.detailedDiff ?? {}).map(([at, { kind }]) => [at, { diffKind: kind }]),
          ),
          old: step.oldState,
          new: step.newState,
        },
      },
    })),
    { summaryEvent: { resourceChanges: changeSummary } },
  ];
  return events.map((event, sequence) => `${JSON.stringify({ sequence, ...event })}\n`).join("");
}

async function withStderr(run: () => Promise<number>): Promise<{ code: number; err: string }> {
  const write = process.stderr.write.bind(process.stderr);
  let err = "";
  process.stderr.write = (text: string | Uint8Array) => {
    err += String(text);
    return true;
  };
  try {
    return { code: await run(), err };
  } finally {
    process.stderr.write = write;
  }
}
