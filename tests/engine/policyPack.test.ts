import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundlePack } from "../../policy/bundle";
import { EngineStack, type Settings } from "./support/engineStack";
import { realProgram, root, type Program } from "./support/inlineProgram";

const pack = ["--policy-pack", path.join(root, "policy")];

/** The real program, in which somebody changes what is registered under some names. */
function changed(changes: Readonly<Record<string, (props: pulumi.Inputs) => pulumi.Inputs>>): Program {
  return () => {
    pulumi.runtime.registerStackTransformation(({ name, props, opts }) => {
      const change = changes[name];
      return change === undefined ? undefined : { props: { ...props, ...change(props) }, opts };
    });
    return realProgram();
  };
}

/** The rules that refuse, as the CLI names them. */
function refusals(output: string): string[] {
  return [...output.matchAll(/\[mandatory\]\s+(\S+)/g)].flatMap(([, rule]) => rule ?? []).sort();
}

describe("the policy pack on the real engine", function () {
  this.timeout(240_000);
  const stacks: EngineStack[] = [];
  const create = async (stack: "dev" | "prod", program: Program = realProgram, settings: Settings = {}) => {
    const made = await EngineStack.create({ stack, program, settings });
    stacks.push(made);
    return made;
  };
  afterEach(() => {
    for (const stack of stacks.splice(0)) stack.close();
  });

  for (const name of ["dev", "prod"] as const)
    it(`lets ${name} through, and judges everything once it is there`, async () => {
      const stack = await create(name);
      const preview = await stack.preview(...pack);
      expect(preview.code, preview.output).to.equal(0);
      // What a first preview cannot know yet is said, not passed over.
      expect(preview.output).to.match(/can't run policy 'tls-only-buckets' .* during preview/);
      const up = await stack.up(...pack);
      expect(up.code, up.output).to.equal(0);
      expect(up.output)
        .to.match(/azure-s3-privatelink@v\S+ \(local/)
        .and.not.match(/\[(mandatory|advisory|remediate)\]/);
    });

  it("refuses a preview by the name of each rule that is broken", async () => {
    const stack = await create(
      "prod",
      changed({
        "s3-https-from-azure": () => ({ cidrIpv4: "0.0.0.0/0" }),
        "s3-reports-public-access": () => ({ blockPublicPolicy: false }),
        "vpn-azure-gateway": () => ({ sku: { name: "Basic", tier: "Basic" } }),
        "vpn-tunnel1-azure-connection": () => ({ sharedKey: pulumi.secret("typed.in.by.somebody") }),
        "s3-uploads-versioning": () => ({ bucket: "another" }),
      }),
    );
    const { code, output } = await stack.preview(...pack);
    expect(refusals(output)).to.deep.equal([
      "generated-tunnel-keys",
      "guarded-buckets",
      "no-basic-gateway",
      "no-open-ingress",
      "no-public-buckets",
    ]);
    expect(code).not.to.equal(0);
    expect(output).to.include(
      "cidrIpv4 is 0.0.0.0/0, which lets the internet in; name the networks that may",
    );
    expect(output).not.to.include("typed.in.by.somebody");
  });

  it("judges the same as a bundle in a folder of its own, as it is published", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "policy-pack-"));
    try {
      bundlePack(folder);
      // In place of the `npm install` of whoever runs it.
      symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
      const stack = await create(
        "dev",
        changed({
          "s3-data-policy": ({ policy }) => ({
            policy: pulumi
              .output(policy as pulumi.Input<string>)
              .apply((text) => text.replaceAll('"s3:ListBucket"', '"s3:*"')),
          }),
        }),
      );
      const { code, output } = await stack.up("--policy-pack", folder);
      expect(refusals(output), output).to.deep.equal(["limited-readers"]);
      expect(code).not.to.equal(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("refuses an update before the resource at fault exists", async () => {
    const program = changed({ "s3-https-from-aws": () => ({ cidrIpv4: "0.0.0.0/0" }) });
    const stack = await create("dev", program);
    const { code, output } = await stack.up(...pack);
    expect(refusals(output)).to.include("no-open-ingress");
    expect(code).not.to.equal(0);
    const rules = stack.clouds
      .snapshot()
      .live.filter(({ type }) => type.endsWith(":SecurityGroupIngressRule"));
    expect(rules.map(({ inputs }) => inputs["cidrIpv4"])).not.to.include("0.0.0.0/0");
  });

  describe("when the program forgets that a tunnel's key is a secret", () => {
    const program = changed({
      "vpn-tunnel1-azure-connection": ({ sharedKey }) => ({
        sharedKey: pulumi.unsecret(pulumi.output(sharedKey)),
      }),
    });
    const keyAndState = (stack: EngineStack) => {
      const { live } = stack.clouds.snapshot();
      const connection = live.find(({ name }) => name === "vpn-tunnel1-azure-connection");
      return {
        key: connection?.inputs["sharedKey"] as string,
        state: readFileSync(
          path.join(stack.projectFolder, "../state/.pulumi/stacks/azure-s3-privatelink/dev.json"),
          "utf8",
        ),
      };
    };

    it("has the key in the state in the clear without the pack", async () => {
      const stack = await create("dev", program);
      expect((await stack.up()).code).to.equal(0);
      const { key, state } = keyAndState(stack);
      expect(key).to.have.length(64);
      expect(state).to.include(key);
    });

    it("encrypts it with the pack", async () => {
      const stack = await create("dev", program);
      const up = await stack.up(...pack);
      expect(up.code, up.output).to.equal(0);
      expect(up.output).to.match(/\[remediate\]\s+secret-tunnel-keys/);
      const { key, state } = keyAndState(stack);
      expect(key).to.have.length(64);
      expect(state).not.to.include(key);
    });
  });
});
