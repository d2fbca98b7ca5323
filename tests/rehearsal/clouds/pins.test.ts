import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lookedAt } from "../../../rehearsal/clouds/pins";

const root = join(__dirname, "../../..");

/** The SDKs whose version is not the one that was looked at. */
function unseen(dependencies: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(lookedAt)
    .filter(([sdk, version]) => dependencies[sdk] !== version)
    .map(([sdk, version]) => `${sdk} is ${dependencies[sdk] ?? "gone"}, looked at was ${version}`);
}

/** Sources of a provider that move under whoever follows them, and versions other than those looked at. */
function moving(text: string): readonly string[] {
  const links = text.match(/https:\/\/[^\s"'`)]+/g) ?? [];
  const pins = Object.entries(lookedAt).map(([sdk, version]) => [
    sdk.replace("@pulumi/", "pulumi-"),
    version,
  ]);
  return links.filter(
    (link) =>
      /(terraform-provider-\w+|pulumi-[\w-]+)\/(blob|tree)\/(main|master)\b/.test(link) ||
      /registry\.terraform\.io\/providers\/.*\/latest\b/.test(link) ||
      pins.some(([repository = "", version = ""]) => {
        const [, tag] = new RegExp(`pulumi/${repository}/(?:blob|tree)/v([\\d.]+)`).exec(link) ?? [];
        return tag !== undefined && tag !== version;
      }),
  );
}

describe("the providers that the records speak of", () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
  };

  it("are of the versions that package.json has: else look at their changes, then at rehearsal/clouds/pins.ts", () => {
    expect(unseen(dependencies)).to.deep.equal([]);
  });

  for (const folder of ["rehearsal", "tests/rehearsal/clouds/schemas"])
    it(`are cited in ${folder} by version`, () => {
      const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
      const found = files
        .filter((file) => file.endsWith(".ts"))
        .flatMap((file) =>
          moving(readFileSync(join(root, folder, file), "utf8")).map((link) => `${file}: ${link}`),
        );
      expect(found).to.deep.equal([]);
    });

  it("control: sees an SDK that moves, and one that goes", () => {
    expect(unseen({ ...dependencies, "@pulumi/aws": "7.49.0" })).to.deep.equal([
      "@pulumi/aws is 7.49.0, looked at was 7.48.0",
    ]);
    const others = Object.entries(dependencies).filter(([sdk]) => sdk !== "@pulumi/random");
    expect(unseen(Object.fromEntries(others))).to.deep.equal([
      "@pulumi/random is gone, looked at was 4.21.2",
    ]);
  });

  it("control: sees a source that moves, and an older version", () => {
    const links = [
      "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/wait.go",
      "https://registry.terraform.io/providers/hashicorp/aws/latest/docs",
      "https://github.com/pulumi/pulumi-azure-native/blob/v3.27.0/provider/pkg/gen/replacement.go",
    ];
    const pinned =
      "https://github.com/pulumi/pulumi-azure-native/blob/v3.28.0/provider/pkg/gen/replacement.go";
    expect(moving([...links, pinned].join("\n"))).to.deep.equal(links);
  });
});
