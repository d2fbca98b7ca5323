import { judgeTunnels } from "../../../rehearsal/tunnels/tunnels";
import { expect } from "chai";
import { text } from "../../../rehearsal/model/values";
import { readEstate } from "../../../rehearsal/estate/estate";
import { type Hop, tracePaths } from "../../../rehearsal/path/path";
import type { Recording, Value } from "../../../rehearsal/model/recording";
import { resourceNamed, withInputs, without } from "../fixtures/change";
import { devStack, rehearsedStack, stackCases } from "../fixtures/stacks";

const journeysOf = (recording: Recording) => {
  const estate = readEstate(recording);
  return tracePaths(estate, judgeTunnels(estate));
};

/** Where the first journey ends: which resource, and the rule it gives. */
function drops(recording: Recording): readonly string[] {
  const [journey] = journeysOf(recording);
  const inWords = (hop: Hop) => `${hop.name}: ${hop.rule}`;
  return [...(journey?.forward ?? []), ...(journey?.back ?? [])]
    .filter(({ outcome }) => outcome === "broken")
    .map(inWords);
}

describe("A packet", () => {
  for (const given of stackCases)
    it(`gets there and back in ${given.title}`, async () => {
      const { recording } = await rehearsedStack(given);
      const journeys = journeysOf(recording);
      expect(journeys.map((journey) => journey.ok)).to.deep.equal(journeys.map(() => true));
      expect(drops(recording)).to.deep.equal([]);
    });

  it("goes to the endpoint's interface in every zone", async () => {
    const [, prod] = stackCases;
    const { recording } = await rehearsedStack(prod ?? { title: "", stack: "prod" });
    expect(journeysOf(recording).map(({ zone, tunnels }) => ({ zone, tunnels }))).to.deep.equal([
      { zone: "ap-northeast-1a", tunnels: ["tunnel1", "tunnel2", "tunnel3", "tunnel4"] },
      { zone: "ap-northeast-1c", tunnels: ["tunnel1", "tunnel2", "tunnel3", "tunnel4"] },
    ]);
  });

  for (const { what, name, inputs, at } of [
    {
      what: "the security group's rule is for another port",
      name: "azure-client-security-group",
      inputs: rule(0, { destinationPortRange: "80" }),
      at: "azure-client-security-group: DenyOtherOut",
    },
    {
      what: "the security group denies",
      name: "azure-client-security-group",
      inputs: rule(0, { access: "Deny" }),
      at: "azure-client-security-group: AllowHttpsToAws",
    },
    {
      what: "the security group lets only a part of the clients out",
      name: "azure-client-security-group",
      inputs: rule(0, { sourceAddressPrefix: "10.0.1.0/29" }),
      at: "azure-client-security-group: AllowHttpsToAws, DenyOtherOut: they stop 10.0.1.8/29",
    },
    {
      what: "a denial comes first",
      name: "azure-client-security-group",
      inputs: rule(1, { priority: 99 }),
      at: "azure-client-security-group: DenyOtherOut",
    },
    {
      what: "the virtual network holds the VPC's addresses",
      name: "azure-network",
      inputs: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
      at: "azure-network: the virtual network keeps 10.0.0.0/16 to itself",
    },
    {
      what: "the gateway's subnet has a security group",
      name: "azure-gateway-subnet",
      inputs: { networkSecurityGroup: { id: "/nsg" } },
      at: "azure-gateway-subnet: Azure supports no security group on the GatewaySubnet",
    },
    {
      what: "the gateway's subnet has another name",
      name: "azure-gateway-subnet",
      inputs: { subnetName: "Gateway" },
      at: "vpn-azure-gateway: it must be in the GatewaySubnet",
    },
    {
      what: "the gateway is policy-based",
      name: "vpn-azure-gateway",
      inputs: { vpnType: "PolicyBased" },
      at: "vpn-azure-gateway: it must be a route-based VPN gateway",
    },
    {
      what: "the gateway is attached elsewhere",
      name: "vpn-aws-attachment",
      inputs: { vpcId: "vpc-1" },
      at: "vpn-aws-gateway: not attached to the endpoint's VPC, and to no other",
    },
    {
      what: "the endpoint has no interfaces",
      name: "s3-endpoint",
      inputs: { vpcEndpointType: "Gateway" },
      at: "s3-endpoint: only an interface endpoint has addresses",
    },
    {
      what: "the endpoint's rule is for other clients",
      name: "s3-https-from-azure",
      inputs: { cidrIpv4: "10.0.1.16/28" },
      at: "s3-endpoint-security-group: no ingress rule for tcp 443 from 10.0.1.0/28",
    },
    {
      what: "the endpoint's rule is for another port",
      name: "s3-https-from-azure",
      inputs: { fromPort: 444, toPort: 444 },
      at: "s3-endpoint-security-group: no ingress rule for tcp 443 from 10.0.1.0/28",
    },
    {
      what: "the endpoint is another service's",
      name: "s3-endpoint",
      inputs: { serviceName: "com.amazonaws.ap-northeast-1.sqs" },
      at: "s3-endpoint: service com.amazonaws.ap-northeast-1.sqs",
    },
    {
      what: "propagation is from another gateway",
      name: "vpn-aws-propagation",
      inputs: { vpnGatewayId: "vgw-1" },
      at: "aws-routes: neither propagation nor a route to the virtual private gateway",
    },
  ])
    it(`is dropped, by name, where ${what}`, async () => {
      const { recording } = await devStack();
      const changed = typeof inputs === "function" ? inputs(resourceNamed(recording, name).inputs) : inputs;
      expect(drops(withInputs(recording, name, changed))).to.include(at);
    });

  for (const { name, at } of [
    {
      name: "aws-routes-any",
      at: "aws-subnet-any: no association: the VPC's main route table has only the local route",
    },
    {
      name: "vpn-aws-propagation",
      at: "aws-routes: neither propagation nor a route to the virtual private gateway",
    },
    {
      name: "vpn-aws-connection1-route",
      at: "vpn-aws-gateway: no tunnel that is up leads there: neither a route of the VPN connection nor BGP",
    },
    {
      name: "s3-https-from-azure",
      at: "s3-endpoint-security-group: no ingress rule for tcp 443 from 10.0.1.0/28",
    },
    {
      name: "vpn-aws-attachment",
      at: "vpn-aws-gateway: not attached to the endpoint's VPC, and to no other",
    },
  ])
    it(`is dropped, by name, without ${name}`, async () => {
      const { recording } = await devStack();
      expect(drops(without(recording, name))).to.include(at);
    });

  it("also finds its way back by a fixed route to the gateway", async () => {
    const { recording } = await devStack();
    const gatewayId = resourceNamed(recording, "vpn-aws-gateway").id;
    const broken = without(recording, "vpn-aws-propagation");
    const mended = withInputs(broken, "aws-routes", { routes: [{ cidrBlock: "10.0.1.0/24", gatewayId }] });
    expect(drops(mended)).to.deep.equal([]);
  });

  it("asks for a name that the certificate covers", async () => {
    const { recording } = await devStack();
    const url = text(recording.outputs, "endpointUrl")?.replace("bucket.", "") ?? "";
    const bare = { ...recording, outputs: { ...recording.outputs, endpointUrl: url } };
    expect(drops(bare)).to.include("s3-endpoint: *.vpce.amazonaws.com names of S3 below bucket. only");
  });

  it("survives on the other tunnels where one is broken", async () => {
    const [, prod] = stackCases;
    const { recording } = await rehearsedStack(prod ?? { title: "", stack: "prod" });
    const [journey] = journeysOf(without(recording, "vpn-tunnel2-azure-connection"));
    expect([journey?.ok, journey?.tunnels]).to.deep.equal([true, ["tunnel1", "tunnel3", "tunnel4"]]);
  });
});

/** The security rules with one of them changed. */
function rule(index: number, change: Readonly<Record<string, Value>>) {
  return (inputs: Readonly<Record<string, Value>>) => {
    const rules = inputs["securityRules"] as readonly Record<string, Value>[];
    return { securityRules: rules.map((one, i) => (i === index ? { ...one, ...change } : one)) };
  };
}
