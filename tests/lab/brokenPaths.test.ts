import { expect } from "chai";
import { resolve } from "node:path";
import { openSession } from "../../lab/session";
import { reachesEndpoint } from "../../lab/traffic/traffic";
import type { RecordedResource, Recording } from "../../rehearsal/model/recording";
import { needsTheLab, projectDir, recordingOf } from "./support/machine";

/** Ways to break the path outside the tunnel, which itself comes up. */
const broken = [
  { name: "nothing (control)", reaches: true, without: () => false },
  {
    name: "AWS's route to Azure's network",
    reaches: false,
    without: (one: RecordedResource) => one.type === "aws:ec2/vpnConnectionRoute:VpnConnectionRoute",
  },
  {
    name: "the propagation of routes to the VPC",
    reaches: false,
    without: (one: RecordedResource) =>
      one.type === "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
  },
  {
    name: "the security group's rule for Azure",
    reaches: false,
    without: (one: RecordedResource) =>
      one.type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" &&
      one.inputs["cidrIpv4"] === "10.0.1.0/28",
  },
] as const;

describe("a tunnel that is up, and what else it takes to reach the endpoint", function () {
  this.timeout(60_000);
  needsTheLab(this);
  let recording: Recording;
  before(async () => {
    recording = await recordingOf({ stack: "dev" });
  });

  for (const { name, reaches, without } of broken) {
    it(`${reaches ? "reaches" : "does not reach"} it without ${name}`, async () => {
      const resources = recording.resources.filter((one) => !without(one));
      const session = await openSession({ recording: { ...recording, resources } });
      try {
        expect(await reachesEndpoint(session.lab)).to.equal(reaches);
      } finally {
        await session.close();
      }
    });
  }

  it("does not reach a port that the security groups do not allow", async () => {
    const session = await openSession({ recording });
    try {
      expect(await reachesEndpoint(session.lab, { port: 443 })).to.equal(true);
      expect(
        await reachesEndpoint(session.lab, { port: 80 }),
        "there is no answer, not even a refusal",
      ).to.equal(false);
    } finally {
      await session.close();
    }
  });

  it("does not reach it in the subnets whose route table, of others, has no propagation", async () => {
    const configFile = resolve(projectDir, "examples/join/Pulumi.vpc.yaml");
    const joined = await recordingOf({ stack: "vpc", configFile });
    const without = (one: RecordedResource): RecordedResource =>
      one.id === "rtb-0f38b6c0a951d72e4" ? { ...one, inputs: { ...one.inputs, propagatingVgws: [] } } : one;
    const surroundings = joined.surroundings?.map(without) ?? [];
    const session = await openSession({ recording: { ...joined, surroundings }, tunnelsOnly: true });
    try {
      const reached: boolean[] = [];
      for (const { endpointAddress: address } of session.lab.plan.aws.subnets)
        reached.push(await reachesEndpoint(session.lab, { address }));
      expect(reached, "the third has the main table").to.deep.equal([false, false, true]);
    } finally {
      await session.close();
    }
  });
});
