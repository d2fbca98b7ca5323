import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { load } from "js-yaml";
import { generatedFiles } from "../docs/generated";
import { projectFile } from "../docs/projectFile";
import { parseSettings } from "../settings/settings";
import { factsOf, settingKeys, settingsSchema, type SettingKey } from "../settings/schema";
import { configWith, leastConfig } from "./settings/validConfig";

const read = (name: string): string => readFileSync(path.join(__dirname, "..", name), "utf8");

interface Declaration {
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
}

interface ProjectFile {
  readonly name: string;
  readonly template: { readonly config: Readonly<Record<string, { readonly default: string }>> };
  readonly config: Readonly<Record<string, Declaration>>;
}

const project = load(read("Pulumi.yaml")) as ProjectFile;

describe("the generated files", () => {
  for (const [name, generate] of Object.entries(generatedFiles)) {
    it(`are up to date: ${name} (else: npm run docs)`, async function () {
      this.timeout(30_000);
      expect(await generate(read(name))).to.equal(read(name));
    });
  }

  for (const { part, right, wrong } of [
    { part: "config", right: "default: 65000", wrong: "default: 65001" },
    { part: "template.config", right: "      default: 10.0.0.0/24", wrong: "      default: 10.9.0.0/24" },
  ])
    it(`would be found stale in ${part}, and written as they are`, () => {
      const stale = read("Pulumi.yaml").replace(right, wrong);
      expect(stale).not.to.equal(read("Pulumi.yaml"));
      expect(projectFile(stale)).to.equal(read("Pulumi.yaml"));
    });
});

describe("Pulumi.yaml", () => {
  it("declares every setting of the project and no other", () => {
    const declared = Object.keys(project.config).filter((key) => key !== "pulumi:autonaming");
    expect(declared).to.deep.equal(settingKeys.filter((key) => !key.includes(":")));
  });

  it("makes mandatory what the schema requires, and nothing else", () => {
    const mandatory = Object.keys(project.config).filter(
      (key) => !("default" in (project.config[key] ?? {})) && key !== "pulumi:autonaming",
    );
    const required = settingKeys.filter((key) => !settingsSchema.shape[key].safeParse(undefined).success);
    expect(["aws:region", "azure-native:location", ...mandatory]).to.have.members(required);
  });

  it("has defaults that mean what the schema's mean", () => {
    const defaults = Object.entries(project.config).map(([key, declared]) => [key, declared.default]);
    const given = Object.fromEntries(defaults.filter(([, value]) => value !== undefined)) as Record<
      string,
      unknown
    >;
    const { azureCidr, awsCidr } = leastConfig;
    expect(parseSettings(configWith({ ...given, azureCidr, awsCidr }))).to.deep.equal(
      parseSettings(configWith({})),
    );
  });

  it("asks a new stack for what every stack must set, with answers that work", () => {
    const answers = Object.entries(project.template.config).map(([key, question]) => [key, question.default]);
    const least = Object.fromEntries(answers) as Record<string, string>;
    const required = settingKeys.filter((key) => !settingsSchema.shape[key].safeParse(undefined).success);
    // A new stack makes its own networks.
    expect(Object.keys(least)).to.have.members([...required, "azureCidr", "awsCidr"]);
    expect(parseSettings({ values: least }).vpn.topology.kind).to.equal("single-tunnel");
  });
});

const exampleOf = (key: SettingKey): unknown => load(factsOf(key).example);
const joinedNetwork = {
  azureCidr: undefined,
  azureVirtualNetworkId: exampleOf("azureVirtualNetworkId"),
  azureClients: exampleOf("azureClients"),
};
const joinedVpc = {
  awsCidr: undefined,
  awsVpcId: exampleOf("awsVpcId"),
  awsSubnetIds: exampleOf("awsSubnetIds"),
};

/** What the example of a setting that joins needs beside it. */
const joining: Readonly<Partial<Record<SettingKey, Readonly<Record<string, unknown>>>>> = {
  azureVirtualNetworkId: joinedNetwork,
  azureGatewayId: joinedNetwork,
  azureSpokes: { gatewaySku: "VpnGw1AZ", gatewaySubnetCidr: "10.0.1.224/27" },
  awsVpcId: joinedVpc,
  awsSubnetIds: joinedVpc,
  awsGatewayId: joinedVpc,
};

describe("the settings reference", () => {
  for (const key of settingKeys) {
    it(`shows an example of ${key} that is accepted`, () => {
      const topology = ["azureAsn", "awsAsn"].includes(key) ? { vpnTopology: "active-active" } : {};
      const watched = key === "alarmEmails" ? { alarms: true } : {};
      const example: unknown = load(factsOf(key).example);
      const around = { ...topology, ...watched, ...joining[key] };
      expect(() => parseSettings(configWith({ ...around, [key]: example }))).not.to.throw();
    });
  }
});
