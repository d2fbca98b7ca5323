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

/** What refuses, as the CLI prints it: rule, place and the last line, which says why. */
function demands(output: string): string[] {
  const lines = output.split("\n").map((line) => line.trim());
  return lines.flatMap((line, index) => {
    const [, rule = "", place = ""] = /^- \[mandatory\]\s+(\S+)\s+\(.*: (\S+)\)$/.exec(line) ?? [];
    return rule === "" ? [] : [`${rule} (${place}): ${lines[index + 2] ?? ""}`];
  });
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

  describe("on the four settings that a new environment needs", () => {
    /** Prod with nothing set but where it is and its two networks. */
    const four = Object.fromEntries(
      [
        "awsZones",
        "vpnTopology",
        "alarms",
        "alarmEmails",
        "flowLogs",
        "accessLogs",
        "auditTrail",
        "buckets",
        "perimeter",
        "trustedPrincipals",
        "tags",
      ].map((key) => [`azure-s3-privatelink:${key}`, undefined]),
    );

    it("prints one line for each demand of production, with the setting that meets it", async () => {
      const stack = await create("prod", realProgram, four);
      const { code, output } = await stack.preview(...pack);
      expect(code).not.to.equal(0);
      expect(demands(output)).to.deep.equal([
        "kept-records (aws-network): no flow log records who opens connections in the VPC; set flowLogs to true. Resources (1): aws-network",
        "kept-records (s3-data): no access log records what S3 answers to whom; set accessLogs to true. Resources (1): s3-data",
        "kept-records (s3-data): no trail records who reads and writes the bucket's objects; set auditTrail to true. Resources (1): s3-data",
        "no-basic-gateway (vpn-azure-gateway): sku is Basic, which has no BGP, no second instance and no IPsec policy; set gatewaySku to VpnGw1AZ or larger",
        "pinned-ipsec (vpn-tunnel1-azure-connection): ipsecPolicies is empty, so Azure offers its defaults with DH group 2; pin one policy, as every gatewaySku but Basic does",
        "required-tags (azure-s3-privatelink-prod): it lacks the tags environment, owner; set them: pulumi config set --path tags.environment VALUE, pulumi config set --path tags.owner VALUE. Resources (20): aws-network, aws-routes, aws-subnet-any, azure-client-security-group, azure-group, azure-network, s3-data, s3-endpoint, s3-endpoint-security-group, s3-https-from-aws, s3-https-from-azure, s3-reader, vpn-aws-connection1, vpn-aws-customer1, vpn-aws-gateway, vpn-aws-logs, vpn-azure-gateway, vpn-azure-ip1, vpn-tunnel1-azure-connection, vpn-tunnel1-azure-site",
        "strong-ipsec (vpn-aws-connection1): tunnel1Phase1DhGroupNumbers has 2, which is weak; choose from 14, 15, 16, 17, 18, 19, 20, 21",
        "strong-ipsec (vpn-aws-connection1): tunnel2Phase1DhGroupNumbers has 2, which is weak; choose from 14, 15, 16, 17, 18, 19, 20, 21",
        "watched-links (vpn-aws-connection1): no CloudWatch alarm watches the connection, so nobody is told when its tunnels are down; set alarms to true",
        "watched-links (vpn-azure-gateway): no metric alert watches the gateway, so nobody is told when it drops packets; set alarms to true",
      ]);
    });

    it("lets them through for development", async () => {
      const keys = [
        ...Object.keys(four),
        "azure-s3-privatelink:clientSubnetCidr",
        "azure-s3-privatelink:gatewaySubnetCidr",
      ];
      const least = Object.fromEntries(
        [...keys, "azure-s3-privatelink:gatewaySku"].map((key) => [key, undefined]),
      );
      const stack = await create("dev", realProgram, {
        ...least,
        "azure-s3-privatelink:sampleObject": undefined,
      });
      const { code, output } = await stack.preview(...pack);
      expect(code, output).to.equal(0);
      expect(demands(output)).to.deep.equal([]);
    });
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
