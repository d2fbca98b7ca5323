import { awsTypes } from "../../../rehearsal/model/resourceTypes";
import { expect } from "chai";
import { planLab } from "../../../lab/plan/labPlan";
import { LabError } from "../../../lab/machine/processes";
import { azurePolicy, handRecording, withInputs } from "../support/handRecording";
import { recordingOf } from "../support/machine";

describe("the plan of a lab", () => {
  it("gives each end what its own cloud was given", () => {
    const [tunnel] = planLab(handRecording({ topology: "active-active" })).tunnels;
    expect(tunnel).to.deep.equal({
      name: "tunnel1",
      number: 1,
      azureInstance: 0,
      azure: {
        ...{ ike: ["aes256-sha384-ecp384"], esp: ["aes256gcm16-ecp384"], ikeVersion: 2 },
        ...{ outsideAddress: "198.51.100.11", peerAddress: "203.0.113.11", key: "HandMadeKeyOfTunnel1" },
        ...{
          ikeLifetimeSeconds: 28_800,
          childLifetimeSeconds: 3600,
          rekeyMargin: { leastSeconds: 60, mostSeconds: 120 },
        },
        initiates: false,
        dpd: { delaySeconds: 10, timeoutSeconds: 45, restarts: false },
        ...{ localSelectors: ["0.0.0.0/0"], remoteSelectors: ["0.0.0.0/0"] },
        routing: {
          ...{ kind: "bgp", address: "169.254.21.2", peerAddress: "169.254.21.1" },
          ...{ asn: 65000, peerAsn: 64512, keepaliveSeconds: 60, holdSeconds: 180 },
        },
      },
      aws: {
        ...{ ike: ["aes256-sha384-ecp384"], esp: ["aes256gcm16-ecp384"], ikeVersion: 2 },
        ...{ outsideAddress: "203.0.113.11", peerAddress: "198.51.100.11", key: "HandMadeKeyOfTunnel1" },
        ...{
          ikeLifetimeSeconds: 28_800,
          childLifetimeSeconds: 3600,
          rekeyMargin: { leastSeconds: 270, mostSeconds: 540 },
        },
        initiates: true,
        dpd: { delaySeconds: 10, timeoutSeconds: 30, restarts: true },
        ...{ localSelectors: ["0.0.0.0/0"], remoteSelectors: ["0.0.0.0/0"] },
        routing: {
          ...{ kind: "bgp", address: "169.254.21.1", peerAddress: "169.254.21.2" },
          ...{ asn: 64512, peerAsn: 65000, keepaliveSeconds: 60, holdSeconds: 180 },
        },
      },
    });
  });

  it("takes nothing of one end from the other", () => {
    const recording = withInputs(handRecording({ topology: "active-active" }), "connection11", (inputs) => ({
      ...inputs,
      sharedKey: "AnotherKey",
      ipsecPolicies: [{ ...azurePolicy, pfsGroup: "None" }],
    }));
    const [tunnel] = planLab(recording).tunnels;
    expect(tunnel?.azure)
      .to.include({ key: "AnotherKey" })
      .and.deep.include({ esp: ["aes256gcm16"] });
    expect(tunnel?.aws)
      .to.include({ key: "HandMadeKeyOfTunnel1" })
      .and.deep.include({ esp: ["aes256gcm16-ecp384"] });
  });

  it("names each tunnel by AWS's connection and slot, on the instance that AWS connects to", () => {
    const tunnels = planLab(handRecording({ topology: "active-active" })).tunnels;
    expect(
      tunnels.map(({ name, azureInstance, aws }) => [name, azureInstance, aws.outsideAddress]),
    ).to.deep.equal([
      ["tunnel1", 0, "203.0.113.11"],
      ["tunnel2", 0, "203.0.113.12"],
      ["tunnel3", 1, "203.0.113.21"],
      ["tunnel4", 1, "203.0.113.22"],
    ]);
  });

  it("leaves out the AWS tunnel that Azure has no connection for", () => {
    expect(
      planLab(handRecording({ topology: "single-tunnel" })).tunnels.map(({ name }) => name),
    ).to.deep.equal(["tunnel1"]);
  });

  it("has Azure initiate where AWS only waits and Azure does both", () => {
    const recording = withInputs(handRecording({ pinned: false }), "vpn-aws-connection1", (inputs) => ({
      ...inputs,
      tunnel1StartupAction: "add",
    }));
    const [tunnel] = planLab(recording).tunnels;
    expect([tunnel?.azure.initiates, tunnel?.aws.initiates]).to.deep.equal([true, false]);
    expect(tunnel?.azure.esp, "as initiator Azure offers no PFS").to.deep.equal([
      ...["aes256gcm16", "aes256-sha1", "3des-sha1", "aes256-sha256", "aes128-sha1", "3des-sha256"],
    ]);
  });

  for (const { name, without } of [
    { name: "the propagation of routes", without: "vpn-aws-propagation" },
    { name: "the route table's association", without: "aws-routes-a" },
    { name: "the gateway's attachment", without: "vpn-aws-attachment" },
  ]) {
    it(`sends nothing back from the VPC without ${name}`, () => {
      const recording = handRecording();
      const broken = { ...recording, resources: recording.resources.filter((one) => one.name !== without) };
      expect(planLab(recording).aws.subnets.map((subnet) => subnet.returns)).to.deep.equal([true]);
      expect(planLab(broken).aws.subnets.map((subnet) => subnet.returns)).to.deep.equal([false]);
    });
  }

  it("refuses an Azure connection whose peer is no AWS tunnel", () => {
    const recording = withInputs(handRecording(), "local-gateway11", (inputs) => ({
      ...inputs,
      gatewayIpAddress: "203.0.113.99",
    }));
    expect(() => planLab(recording)).to.throw(
      LabError,
      /connection11 has the peer address 203.0.113.99, which is no AWS tunnel/,
    );
  });

  it("refuses a recording that the simulated clouds refused", () => {
    const refusal = { urn: "urn:x", code: "InvalidParameter", message: "no", source: "test" };
    expect(() => planLab({ ...handRecording(), refusals: [refusal] })).to.throw(
      LabError,
      /stack hand fails on the simulated clouds:\nurn:x: InvalidParameter: no/,
    );
  });

  for (const { stack, tunnels } of [
    { stack: "dev", tunnels: 1 },
    { stack: "prod", tunnels: 4 },
  ]) {
    it(`takes ${stack}'s ${tunnels} tunnels from what the program registers, both ends alike`, async () => {
      const recording = await recordingOf({ stack });
      const plan = planLab(recording);
      expect(plan.tunnels).to.have.length(tunnels);
      for (const { azure, aws } of plan.tunnels) {
        expect([azure.outsideAddress, azure.peerAddress, azure.key]).to.deep.equal([
          ...[aws.peerAddress, aws.outsideAddress, aws.key],
        ]);
      }
      expect(plan.storage.buckets.map((bucket) => bucket.name)).to.deep.equal(
        recording.resources
          .filter(({ type, name }) => type === awsTypes.bucket && name.startsWith("s3-"))
          .map((one) => one.id),
      );
    }).timeout(20_000);
  }
});
