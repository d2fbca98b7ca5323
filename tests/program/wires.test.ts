import { expect } from "chai";
import type { Props, Recording, RecordedResource } from "../../rehearsal/model/recording";
import { named, ofType, recordingOf, runs } from "./recordings";

describe("the wires between the two clouds", () => {
  for (const run of Object.values(runs))
    describe(`on ${run.title}`, () => {
      let recording: Recording;
      before(async () => {
        recording = await recordingOf(run);
      });

      it("tell each customer gateway the public address of its own Azure instance", () => {
        const customers = ofType(recording, "aws:ec2/customerGateway:CustomerGateway");
        expect(customers).to.have.length.above(0);
        for (const customer of customers) {
          const number = customer.name.at(-1) ?? "";
          const ip = named(recording, `vpn-azure-ip${number}`);
          expect(customer.inputs["ipAddress"])
            .to.equal(ip.outputs["ipAddress"])
            .and.to.match(/^\d+\./);
        }
      });

      it("tell each Azure connection the address and the key of its own AWS tunnel", () => {
        const connections = ofType(recording, "azure-native:network:VirtualNetworkGatewayConnection");
        expect(connections).to.have.length.above(0);
        for (const connection of connections) {
          const { tunnel, awsConnection, slot } = awsTunnel(recording, connection);
          const site = named(recording, `vpn-${tunnel}-azure-site`);
          expect((connection.inputs["localNetworkGateway2"] as Props)["id"]).to.equal(site.id);
          expect(site.inputs["gatewayIpAddress"]).to.equal(awsConnection.outputs[`tunnel${slot}Address`]);
          const key = awsConnection.inputs[`tunnel${slot}PresharedKey`];
          expect(connection.inputs["sharedKey"]).to.equal(key);
          expect(key).to.equal(named(recording, `vpn-${tunnel}-key`).outputs["result"]);
        }
        const keys = connections.map((connection) => connection.inputs["sharedKey"]);
        expect(new Set(keys).size).to.equal(connections.length);
      });

      it("carry each side's network to the other, by routes of their own or by BGP", () => {
        const routes = ofType(recording, "aws:ec2/vpnConnectionRoute:VpnConnectionRoute");
        const [azureCidr] = (named(recording, "azure-network").inputs["addressSpace"] as Props)[
          "addressPrefixes"
        ] as string[];
        const awsCidr = named(recording, "aws-network").inputs["cidrBlock"];
        for (const site of ofType(recording, "azure-native:network:LocalNetworkGateway")) {
          if (run.stack === "prod") {
            expect(routes).to.deep.equal([]);
            expect(site.inputs["localNetworkAddressSpace"]).to.equal(undefined);
            expect((site.inputs["bgpSettings"] as Props)["asn"]).to.equal(64512);
          } else {
            expect(site.inputs["localNetworkAddressSpace"]).to.deep.equal({ addressPrefixes: [awsCidr] });
            expect(routes.map((route) => route.inputs["destinationCidrBlock"])).to.deep.equal([azureCidr]);
          }
        }
      });

      it("let HTTPS in from the client subnet and from the VPC", () => {
        const clients = named(recording, "azure-client-subnet").inputs["addressPrefix"];
        const vpc = named(recording, "aws-network").inputs["cidrBlock"];
        expect(named(recording, "s3-https-from-azure").inputs["cidrIpv4"]).to.equal(clients);
        expect(named(recording, "s3-https-from-aws").inputs["cidrIpv4"]).to.equal(vpc);
      });
    });

  it("give both ends of every BGP session each other's address and number", async () => {
    const recording = await recordingOf(runs.prod);
    const gateway = named(recording, "vpn-azure-gateway");
    const bgp = gateway.inputs["bgpSettings"] as Props;
    const peering = bgp["bgpPeeringAddresses"] as Props[];
    expect(peering.map((instance) => instance["customBgpIpAddresses"])).to.deep.equal([
      ["169.254.21.2", "169.254.22.2"],
      ["169.254.21.6", "169.254.22.6"],
    ]);
    expect(peering.map((instance) => instance["ipconfigurationId"])).to.deep.equal([
      `${gateway.id}/ipConfigurations/instance0`,
      `${gateway.id}/ipConfigurations/instance1`,
    ]);
    for (const customer of ofType(recording, "aws:ec2/customerGateway:CustomerGateway"))
      expect(Number(customer.inputs["bgpAsn"])).to.equal(bgp["asn"]);
    expect(named(recording, "vpn-aws-gateway").inputs["amazonSideAsn"]).to.equal("64512");
    const sites = ofType(recording, "azure-native:network:LocalNetworkGateway");
    expect(sites.map((site) => (site.inputs["bgpSettings"] as Props)["bgpPeeringAddress"])).to.have.members([
      "169.254.21.1",
      "169.254.22.1",
      "169.254.21.5",
      "169.254.22.5",
    ]);
  });
});

/** The AWS side of an Azure connection, by the numbering that both clouds share. */
function awsTunnel(recording: Recording, connection: RecordedResource) {
  const tunnel = /tunnel\d/.exec(connection.name)?.[0] ?? "";
  const number = Number(tunnel.at(-1));
  const awsConnection = named(recording, `vpn-aws-connection${Math.ceil(number / 2)}`);
  return { tunnel, awsConnection, slot: ((number - 1) % 2) + 1 };
}
