import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { SettingsError, readSettings } from "../../settings/settings";
import { leastConfig, newNetworks } from "./validConfig";

/** Config as the engine hands it over: every key with its namespace. */
function setConfig(values: Readonly<Record<string, string>>, secretKeys: readonly string[] = []): void {
  const named = (key: string) => (key.includes(":") ? key : `${pulumi.getProject()}:${key}`);
  const all = Object.entries(values).map(([key, value]) => [named(key), value] as const);
  pulumi.runtime.setAllConfig(Object.fromEntries(all), secretKeys.map(named));
}

describe("reading a stack's settings", () => {
  let before: Record<string, string>;
  beforeEach(() => {
    before = pulumi.runtime.allConfig();
  });
  afterEach(() => {
    pulumi.runtime.setAllConfig(before);
  });

  it("takes this project's keys and the two of the providers", () => {
    setConfig({ ...leastConfig, sampleObject: "true", tags: '{"owner":"data-team"}' });
    const settings = readSettings();
    expect(settings.s3).to.include({ region: "ap-northeast-1", sampleObject: true });
    expect(settings.azureNetwork.location).to.equal("japaneast");
    expect(settings.tags).to.deep.equal({ owner: "data-team" });
  });

  it("leaves the keys of others alone", () => {
    setConfig({
      ...leastConfig,
      "aws:profile": "work",
      "azure-native:subscriptionId": "…",
      "pulumi:tags": "{}",
    });
    expect(newNetworks(readSettings()).azureNetwork.cidr).to.equal("10.0.1.0/24");
  });

  it("refuses an unknown key of this project", () => {
    setConfig({ ...leastConfig, azureCdir: "10.0.1.0/24" });
    expect(readSettings).to.throw(
      SettingsError,
      "azureCdir is set, but there is no such setting; did you mean azureCidr?",
    );
  });

  it("learns from Pulumi which keys are secret", () => {
    setConfig({ ...leastConfig, awsCidr: "not-to-be-shown", "aws:secretKey": "not-to-be-shown" }, [
      "awsCidr",
      "aws:secretKey",
    ]);
    expect(readSettings).to.throw(SettingsError, /awsCidr is set, but it is a secret/);
    expect(readSettings).not.to.throw(/not-to-be-shown/);
  });
});
