import { expect } from "chai";
import { parseSettings } from "../../settings/settings";
import { complaints, configWith } from "./validConfig";

const network = "/subscriptions/1/resourceGroups/hub/providers/Microsoft.Network";
const hub = `${network}/virtualNetworks/hub`;
const gateway = `${network}/virtualNetworkGateways/vpn`;
const vpc = "vpc-0123456789abcdef0";
const subnets = ["subnet-0123456789abcdef0"];
const vgw = "vgw-0123456789abcdef0";

const azureJoined = {
  azureCidr: undefined,
  azureVirtualNetworkId: hub,
  azureClients: { web: "10.101.0.0/24" },
};
const awsJoined = { awsCidr: undefined, awsVpcId: vpc, awsSubnetIds: subnets };

describe("settings that join networks", () => {
  for (const { what, given } of [
    { what: "a network", given: azureJoined },
    { what: "a network and its gateway", given: { ...azureJoined, azureGatewayId: gateway } },
    {
      what: "a network with a client subnet alone",
      given: { ...azureJoined, azureClients: undefined, clientSubnetCidr: "10.100.3.0/26" },
    },
    { what: "a VPC", given: awsJoined },
    { what: "a VPC and its gateway", given: { ...awsJoined, awsGatewayId: vgw } },
    { what: "both", given: { ...azureJoined, ...awsJoined } },
    {
      what: "spokes of a new network",
      given: { gatewaySku: "VpnGw1AZ", azureCidr: "10.0.4.0/24", azureSpokes: [hub] },
    },
  ])
    it(`take ${what}`, () => {
      expect(complaints(configWith(given))).to.deep.equal([]);
    });

  for (const { what, given, says } of [
    {
      what: "neither network nor addresses",
      given: { awsCidr: undefined },
      says: "awsCidr is not set, but every stack without awsVpcId needs it; for example: pulumi config set awsCidr 10.0.0.0/24, or awsVpcId",
    },
    {
      what: "addresses of a network that is read",
      given: { ...azureJoined, azureCidr: "10.0.1.0/24" },
      says: "azureCidr is 10.0.1.0/24, but azureVirtualNetworkId is set, and the addresses are read from that network; remove it, or azureVirtualNetworkId",
    },
    {
      what: "zones of a VPC that is read",
      given: { ...awsJoined, awsZones: ["ap-northeast-1a"] },
      says: 'awsZones is ["ap-northeast-1a"], but awsVpcId is set, and addresses and zones are read from that VPC; remove it, or awsVpcId',
    },
    {
      what: "a VPC without subnets",
      given: { ...awsJoined, awsSubnetIds: undefined },
      says: "awsSubnetIds is not set, but awsVpcId is set, and the endpoint goes into subnets that exist; for example: [subnet-0123456789abcdef0, subnet-0fedcba9876543210]",
    },
    {
      what: "subnets without a VPC",
      given: { awsSubnetIds: subnets },
      says: 'awsSubnetIds is ["subnet-0123456789abcdef0"], but subnets that exist are in a VPC that exists; set awsVpcId as well',
    },
    {
      what: "a shared gateway in a new network",
      given: { azureGatewayId: gateway },
      says: `azureGatewayId is ${gateway.slice(0, 79)}…, but a shared gateway is in a network that exists; set azureVirtualNetworkId as well`,
    },
    {
      what: "a GatewaySubnet for a shared gateway",
      given: { ...azureJoined, azureGatewayId: gateway, gatewaySubnetCidr: "10.100.2.0/27" },
      says: "gatewaySubnetCidr is 10.100.2.0/27, but azureGatewayId is set, and that gateway has its own; remove it, or azureGatewayId",
    },
    {
      what: "an ASN for a shared gateway",
      given: { ...awsJoined, vpnTopology: "active-active", awsGatewayId: vgw, awsAsn: 64_900 },
      says: "awsAsn is 64900, but awsGatewayId is set, and that gateway has its own; remove it, or awsGatewayId",
    },
    {
      what: "a network that nobody may use the endpoint from",
      given: { ...azureJoined, azureClients: undefined },
      says: "azureClients is not set, but azureVirtualNetworkId is set without clientSubnetCidr, so that nobody could use the endpoint; name the networks that may, as {apps: 10.101.0.0/24}, or set clientSubnetCidr to a free part of the network",
    },
    {
      what: "a client machine without a subnet",
      given: { ...azureJoined, clientVm: true },
      says: "clientVm is true, but there is no client subnet of the stack for it; set clientSubnetCidr to a free part of the network",
    },
    {
      what: "spokes of a shared gateway",
      given: { ...azureJoined, azureGatewayId: gateway, azureSpokes: [`${network}/virtualNetworks/x`] },
      says: /^ {2}azureSpokes is .*, but azureGatewayId is set, and peerings with the network of a shared gateway are its owner's; /,
    },
    {
      what: "spokes of a Basic gateway",
      given: { ...azureJoined, azureSpokes: [`${network}/virtualNetworks/x`] },
      says: /a Basic gateway serves its own network only; use gatewaySku: VpnGw1AZ$/,
    },
    {
      what: "a spoke that is the network itself",
      given: { ...azureJoined, gatewaySku: "VpnGw1AZ", azureSpokes: [hub] },
      says: /^ {2}azureSpokes\[0\] is .*, but it is azureVirtualNetworkId itself; remove it$/,
    },
    {
      what: "a spoke of another subscription",
      given: { ...azureJoined, gatewaySku: "VpnGw1AZ", azureSpokes: [hub.replace("/1/", "/2/")] },
      says: /azureVirtualNetworkId is in subscription 1, and one stack works in one subscription/,
    },
    {
      what: "a client that overlaps the VPC",
      given: { ...azureJoined, azureClients: { web: "10.0.0.128/25" } },
      says: "azureClients.web is 10.0.0.128/25, but it overlaps awsCidr 10.0.0.0/24; use networks that are apart",
    },
    {
      what: "a client of a name that the program uses",
      given: { ...azureJoined, azureClients: { azure: "10.101.0.0/24" } },
      says: "azureClients.azure is 10.101.0.0/24, but the program uses this name itself; use another",
    },
    {
      what: "the id of something else",
      given: { ...azureJoined, azureVirtualNetworkId: gateway },
      says: /it is not the resource id of a virtual network; write it as \/subscriptions\/…/,
    },
    {
      what: "an AWS id of another kind",
      given: { ...awsJoined, awsVpcId: vgw },
      says: "awsVpcId is vgw-0123456789abcdef0, but it is not the id of a VPC; write it as vpc-0123456789abcdef0",
    },
  ])
    it(`refuse ${what}`, () => {
      const lines = complaints(configWith(given));
      if (typeof says === "string") expect(lines).to.deep.equal([`  ${says}`]);
      else expect(lines.join("\n")).to.match(says);
    });

  it("name the clients in the endpoint's rules, and leave out the machines of an existing VPC", () => {
    expect(parseSettings(configWith({ ...azureJoined, ...awsJoined })).s3.clients).to.deep.equal({
      web: "10.101.0.0/24",
    });
    expect(parseSettings(configWith(azureJoined)).s3.clients).to.deep.equal({
      web: "10.101.0.0/24",
      aws: "10.0.0.0/24",
    });
  });
});
