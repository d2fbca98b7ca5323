import { expect } from "chai";
import { cloudTypes } from "../../../rehearsal/clouds/cloudTypes";
import { azureNativeForces, bridgedForces, planChanges } from "../../../rehearsal/engine/diff";
import type { Props } from "../../../rehearsal/model/recording";
import { awsTypes, azureTypes, isAzure } from "../../../rehearsal/model/resourceTypes";

/** Changes of which the providers once did the other thing, or of which it depends. */
const rows: readonly { type: string; olds: Props; news: Props; replaces: boolean }[] = [
  ...["tunnel1InsideCidr", "tunnel2InsideCidr"].map((property) => ({
    type: awsTypes.vpnConnection,
    olds: { [property]: "169.254.21.0/30" },
    news: { [property]: "169.254.30.0/30" },
    replaces: false,
  })),
  ...["tunnel1InsideIpv6Cidr", "tunnel2InsideIpv6Cidr"].map((property) => ({
    type: awsTypes.vpnConnection,
    olds: { [property]: "fd00::/126" },
    news: { [property]: "fd00:1::/126" },
    replaces: false,
  })),
  {
    type: awsTypes.vpnConnection,
    olds: { staticRoutesOnly: true },
    news: { staticRoutesOnly: false },
    replaces: true,
  },
  {
    type: awsTypes.vpnConnection,
    olds: { tunnelBandwidth: "standard" },
    news: { tunnelBandwidth: "large" },
    replaces: true,
  },
  {
    type: awsTypes.vpnConnection,
    olds: { presharedKeyStorage: "Standard" },
    news: { presharedKeyStorage: "SecretsManager" },
    replaces: false,
  },
  {
    type: awsTypes.vpnConnection,
    olds: { outsideIpAddressType: "PublicIpv4" },
    news: { outsideIpAddressType: "PrivateIpv4", transportTransitGatewayAttachmentId: "tgw-attach-0" },
    replaces: true,
  },
  ...["Interface", "Resource", "ServiceNetwork", "Gateway"].map((kind) => ({
    type: awsTypes.vpcEndpoint,
    olds: { vpcEndpointType: kind, privateDnsEnabled: false },
    news: { vpcEndpointType: kind, privateDnsEnabled: true },
    replaces: kind !== "Interface",
  })),
  {
    type: awsTypes.vpcEndpoint,
    olds: { vpcEndpointType: "Interface", dnsOptions: { privateDnsPreference: "ALL_DOMAINS" } },
    news: { vpcEndpointType: "Interface", dnsOptions: { privateDnsPreference: "VERIFIED_DOMAINS_ONLY" } },
    replaces: true,
  },
  {
    type: awsTypes.vpcEndpoint,
    olds: { vpcEndpointType: "Interface", dnsOptions: { privateDnsSpecifiedDomains: ["a.example"] } },
    news: { vpcEndpointType: "Interface", dnsOptions: { privateDnsSpecifiedDomains: ["b.example"] } },
    replaces: true,
  },
  {
    type: awsTypes.vpcEndpoint,
    olds: { vpcEndpointType: "Interface", dnsOptions: { dnsRecordIpType: "ipv4" } },
    news: { vpcEndpointType: "Interface", dnsOptions: { dnsRecordIpType: "dualstack" } },
    replaces: false,
  },
  ...[
    { old: undefined, now: "dedicated", replaces: true },
    { old: "default", now: "dedicated", replaces: true },
    { old: "dedicated", now: "default", replaces: false },
    { old: "dedicated", now: undefined, replaces: false },
    { old: undefined, now: "default", replaces: false },
  ].map(({ old, now, replaces }) => ({
    type: awsTypes.vpc,
    olds: old === undefined ? {} : { instanceTenancy: old },
    news: { ...(now === undefined ? {} : { instanceTenancy: now }), enableDnsSupport: true },
    replaces,
  })),
  {
    type: azureTypes.virtualMachine,
    olds: { location: "japaneast" },
    news: { location: "japanwest" },
    replaces: true,
  },
  {
    type: azureTypes.publicIPAddress,
    olds: { sku: { name: "Standard" } },
    news: { sku: { name: "Standard", tier: "Global" } },
    replaces: false,
  },
  {
    type: azureTypes.publicIPAddress,
    olds: { sku: { name: "Standard", tier: "Global" } },
    news: { sku: { name: "Standard" } },
    replaces: false,
  },
  {
    type: azureTypes.publicIPAddress,
    olds: { sku: { name: "Standard" } },
    news: { sku: { name: "StandardV2" } },
    replaces: true,
  },
  {
    type: azureTypes.publicIPAddress,
    olds: { publicIPPrefix: { id: "one" } },
    news: { publicIPPrefix: { id: "other" } },
    replaces: true,
  },
  ...[azureTypes.resourceGroup, azureTypes.virtualNetwork, azureTypes.publicIPAddress].map((type) => ({
    type,
    olds: { location: "japaneast" },
    news: { location: "japanwest" },
    replaces: true,
  })),
];

describe("a provider", () => {
  for (const { type, olds, news, replaces } of rows)
    it(`${replaces ? "replaces" : "updates"} ${type} for ${JSON.stringify(olds)} → ${JSON.stringify(news)}`, () => {
      const record = cloudTypes[type];
      if (record === undefined) throw new Error(`no record of ${type}`);
      const changes = planChanges(record, olds, news, isAzure(type) ? azureNativeForces : bridgedForces);
      expect(changes).not.to.deep.equal([]);
      expect(changes.some((change) => change.replaces)).to.equal(replaces);
    });
});
