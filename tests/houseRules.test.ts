import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const root = resolve(__dirname, "..");
const program = [
  ...["index.ts", "settings/settings.ts", "outputs.ts"],
  ...["settings", "network", "vpn", "s3access", "monitoring", "client"],
];

/** Where each part of the project must never look, and why. */
const directions: readonly { from: readonly string[]; never: readonly string[]; because: string }[] = [
  {
    from: program,
    never: ["rehearsal", "operations", "lab", "policy", "tests", "bench"],
    because: "the program is deployed; what proves or serves it is not",
  },
  {
    from: ["rehearsal", "lab"],
    never: ["index", "settings", "outputs", "network", "vpn", "s3access", "monitoring", "client"],
    because: "the proof shares no code with what it judges",
  },
  {
    from: ["network", "vpn", "s3access"],
    never: ["monitoring"],
    because: "what is watched is told where its logs go, and knows nothing of what watches it",
  },
  {
    from: ["network"],
    never: ["vpn", "s3access", "client"],
    because: "the networks know nothing of what joins them",
  },
  { from: ["vpn"], never: ["s3access", "client"], because: "the VPN carries whatever is behind it" },
  { from: ["s3access"], never: ["vpn", "network", "client"], because: "the endpoint is told its networks" },
  {
    from: ["client"],
    never: ["vpn", "network", "s3access", "monitoring"],
    because: "the client is told where it lives and what it lists",
  },
];

/** Imports against the directions that may stand, each with its reason. May only shrink. */
const exceptions: readonly { file: string; imports: string; because: string }[] = [];

describe("the house rules", () => {
  for (const { from, never, because } of directions)
    it(`keeps ${from.join(", ")} from importing ${never.join(", ")}: ${because}`, () => {
      const broken = from
        .flatMap(filesOf)
        .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
        .filter(({ imported }) =>
          never.some((place) => imported === place || imported.startsWith(`${place}/`)),
        )
        .filter(
          ({ file, imported }) => !exceptions.some((e) => e.file === file && imported.startsWith(e.imports)),
        );
      expect(broken.map(({ file, imported }) => `${file} imports ${imported}`)).to.deep.equal([]);
    });

  it("sees an import that leads the wrong way", () => {
    const source = 'import { planVpn } from "../vpn/tunnels";\nimport type { Vpc } from "@pulumi/aws/ec2";';
    expect(importsIn("network/awsNetwork.ts", source)).to.deep.equal(["vpn/tunnels"]);
  });

  const components = program.flatMap(filesOf).flatMap(componentsIn);

  it("finds the components", () => {
    expect(components.map((component) => component.name)).to.have.members([
      "AzureNetwork",
      "AwsNetwork",
      "CrossCloudVpn",
      "PrivateLinkBucket",
      "LinkAlarms",
      "TrafficLogs",
      "ClientVm",
    ]);
  });

  for (const { name, text } of components)
    it(`lets ${name} parent its children and end with registerOutputs`, () => {
      expect(text).to.include("{ parent: this }");
      expect(text).to.match(/this\.registerOutputs\(\{[^}]*\}\);\s*\}\s*$/m);
    });
});

function filesOf(place: string): string[] {
  if (place.endsWith(".ts")) return [place];
  const entries = readdirSync(join(root, place), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): string[] {
  return importsIn(file, readFileSync(join(root, file), "utf8"));
}

/** The project's own files that a source imports, from the project's root and without their ending. */
function importsIn(file: string, source: string): string[] {
  return ts
    .preProcessFile(source)
    .importedFiles.map((imported) => imported.fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => relative(root, resolve(root, dirname(file), name)));
}

function componentsIn(file: string): { name: string; text: string }[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  return source.statements
    .filter(ts.isClassDeclaration)
    .filter((statement) =>
      statement.heritageClauses?.some((clause) => clause.getText().includes("ComponentResource")),
    )
    .map((statement) => ({ name: statement.name?.text ?? "unnamed", text: statement.getText() }));
}
