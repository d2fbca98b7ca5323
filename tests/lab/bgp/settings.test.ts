import { expect } from "chai";
import { resolve } from "node:path";
import { birdSettings, planSpeakers } from "../../../lab/bgp/settings";
import { planLab } from "../../../lab/plan/labPlan";
import { projectDir, recordingOf } from "../support/machine";

describe("BIRD's settings", () => {
  it("send what a session learned through its own device, where two sessions have one peer address", async () => {
    const configFile = resolve(projectDir, "examples/join/Pulumi.hub.yaml");
    const { azure } = planSpeakers(planLab(await recordingOf({ stack: "hub", configFile })));
    const peers = azure?.sessions.map(({ name, peerAddress }) => [name, peerAddress]);
    expect(peers?.slice(0, 2)).to.deep.equal([
      ["site1", "10.200.255.254"],
      ["site2", "10.200.255.254"],
    ]);
    const settings = azure === undefined ? "" : birdSettings(azure);
    const devices = [...settings.matchAll(/^protocol bgp (\S+) \{[^}]*ifname = "(\S+)"/gm)];
    expect(devices.map(([, name, device]) => [name, device])).to.deep.equal([
      ["site1", "tun11"],
      ["site2", "tun12"],
    ]);
    expect(settings.match(/import all;/g), "the stack's four have addresses of their own").to.have.length(4);
  }).timeout(20_000);
});
