import { expect } from "chai";
import type { ActiveTunnelFacts, EndpointFacts, IngressFacts } from "../../../operations/verify/facts/aws";
import type { SecurityRuleFacts } from "../../../operations/verify/facts/azure";
import { judgeClientNetwork } from "../../../operations/verify/judge/clientNetwork";
import { isFinding, type Judgement } from "../../../operations/verify/judge/judgement";
import { judgeEndpoint } from "../../../operations/verify/judge/endpoint";
import { tunnelAddresses } from "../../../operations/verify/judge/addresses";
import { differences, negotiatedParts, unreported } from "../../../operations/verify/judge/suite";
import { writtenOutputs } from "../support/writtenOutputs";
import { idOf } from "../support/place";

const outputs = writtenOutputs("active-active");
const answer = <Value>(value: Value) => ({ about: "it", value });
const unknown = { about: "Azure", problem: { kind: "network", says: "Azure cannot be reached" } } as const;
const kindsIn = (judgement: Judgement) => [...judgement].filter(isFinding).map(({ kind }) => kind);

describe("judging what a tunnel negotiated", () => {
  const negotiated: ActiveTunnelFacts = {
    ikeVersion: "ikev2",
    phase1Encryption: "AES256",
    phase1Integrity: "SHA2-384",
    phase1DhGroup: 20,
    phase2Encryption: "AES256-GCM-16",
    phase2Integrity: "SHA2-384",
    phase2DhGroup: 20,
  };
  const nothing: ActiveTunnelFacts = {
    ikeVersion: undefined,
    phase1Encryption: undefined,
    phase1Integrity: undefined,
    phase1DhGroup: undefined,
    phase2Encryption: undefined,
    phase2Integrity: undefined,
    phase2DhGroup: undefined,
  };

  for (const { name, active, says } of [
    { name: "takes the program's suite in AWS's words", active: negotiated, says: [] },
    {
      name: "takes no second group before the first renewal",
      active: { ...negotiated, phase2DhGroup: 0 },
      says: [],
    },
    {
      name: "does not mind what stands beside GCM",
      active: { ...negotiated, phase2Integrity: "SHA1" },
      says: [],
    },
    {
      name: "names each part that differs",
      active: { ...negotiated, phase1DhGroup: 2, phase2Encryption: "AES256" },
      says: [
        "phase 1 DH group negotiated is 2; it must be 20",
        "phase 2 encryption negotiated is AES256; it must be AES256-GCM",
      ],
    },
  ])
    it(name, () => {
      const parts = negotiatedParts(outputs.vpn.ipsec, active);
      expect(differences("negotiated", parts)).to.deep.equal(says);
      expect(unreported(parts)).to.deep.equal([]);
    });

  it("names what AWS does not report, instead of taking it for right", () => {
    const parts = negotiatedParts(outputs.vpn.ipsec, nothing);
    expect(differences("negotiated", parts)).to.deep.equal([]);
    expect(unreported(parts)).to.deep.equal([
      "IKE version",
      "phase 1 encryption",
      "phase 1 integrity",
      "phase 1 DH group",
      "phase 2 encryption",
    ]);
  });

  it("counts the hosts of a /30", () => {
    expect(tunnelAddresses("169.254.22.4/30")).to.deep.equal({ aws: "169.254.22.5", azure: "169.254.22.6" });
  });
});

describe("judging the endpoint", () => {
  const endpoint: EndpointFacts = {
    state: "Available",
    vpcId: "vpc-1",
    serviceName: "com.amazonaws.ap-northeast-1.s3",
    privateDns: false,
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-1"],
    dnsNames: [],
    policy: undefined,
    type: "Interface",
    addressType: "ipv4",
    serviceRegion: undefined,
    unknown: [],
  };
  const https: IngressFacts = {
    protocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidr: "10.1.0.0/23",
    names: undefined,
  };

  function kindsOf(changed: Partial<EndpointFacts>, ingress: readonly IngressFacts[] = [https]) {
    const aws = {
      endpoint: answer({ ...endpoint, ...changed }),
      endpointIngress: answer(ingress),
      networkAcls: answer([]),
    };
    return kindsIn(judgeEndpoint(outputs, aws, { azure: unknown }));
  }

  const own = "vpce-0a1b2c3d4e5f60718-abcd1234";
  for (const { name, dnsNames, finds } of [
    { name: "the plain name", dnsNames: [`${own}.s3.ap-northeast-1.vpce.amazonaws.com`], finds: [] },
    { name: "the wildcard", dnsNames: [`*.${own}.s3.ap-northeast-1.vpce.amazonaws.com`], finds: [] },
    {
      name: "the wildcard below bucket",
      dnsNames: [`*.bucket.${own}.s3.ap-northeast-1.vpce.amazonaws.com`],
      finds: [],
    },
    {
      name: "the zonal name alone",
      dnsNames: [`*.${own}-ap-northeast-1a.s3.ap-northeast-1.vpce.amazonaws.com`],
      finds: ["endpoint-name-differs"],
    },
    { name: "no name", dnsNames: [], finds: ["endpoint-name-differs"] },
  ])
    it(`finds ${finds.length === 0 ? "nothing wrong" : "another name"} where AWS shows ${name}`, () => {
      expect(kindsOf({ dnsNames })).to.deep.equal(finds);
    });

  const dnsNames = [`${own}.s3.ap-northeast-1.vpce.amazonaws.com`];
  for (const { name, ingress, finds } of [
    {
      name: "every port of a network around the clients",
      ingress: { ...https, protocol: "-1", fromPort: -1, toPort: -1, cidr: "10.0.0.0/8" },
      finds: ["endpoint-ingress-wider"],
    },
    {
      name: "another port",
      ingress: { ...https, fromPort: 80, toPort: 80 },
      finds: ["endpoint-ingress-wider", "endpoint-closed-to-client"],
    },
    {
      name: "UDP",
      ingress: { ...https, protocol: "udp" },
      finds: ["endpoint-ingress-wider", "endpoint-closed-to-client"],
    },
    {
      name: "another network",
      ingress: { ...https, cidr: "10.9.0.0/23" },
      finds: ["endpoint-ingress-wider", "endpoint-closed-to-client"],
    },
    {
      name: "a group for a network",
      ingress: { ...https, cidr: undefined },
      finds: ["endpoint-closed-to-client"],
    },
    {
      name: "everybody by IPv6",
      ingress: { ...https, cidr: "::/0" },
      finds: ["endpoint-open-to-world", "endpoint-closed-to-client"],
    },
  ])
    it(`finds ${finds.join(" and ") || "nothing wrong"} where the group lets in ${name}`, () => {
      expect(kindsOf({ dnsNames }, [ingress])).to.deep.equal(finds);
    });
});

describe("judging the client's security rules", () => {
  const rule = (changed: Partial<SecurityRuleFacts>): SecurityRuleFacts => ({
    name: "rule",
    direction: "Outbound",
    access: "Allow",
    priority: 100,
    protocol: "Tcp",
    sourcePorts: ["*"],
    namesGroups: false,
    destinationPorts: ["443"],
    sources: ["10.1.0.0/23"],
    destinations: ["10.2.0.0/22"],
    ...changed,
  });

  const nothingElse = rule({
    name: "nothing-else",
    access: "Deny",
    priority: 4000,
    protocol: "*",
    destinationPorts: ["*"],
    sources: ["*"],
    destinations: ["*"],
  });

  function kindsOf(...rules: readonly SecurityRuleFacts[]) {
    const subnet = {
      cidrs: ["10.1.0.0/23"],
      unknown: [],
      securityGroupId: idOf(outputs.azureNetwork.clientSecurityGroupId).toUpperCase(),
      routeTableId: undefined,
      defaultOutbound: false,
    };
    const network = { prefixes: ["10.1.0.0/22"], dnsServers: [], peered: [], unknown: [] };
    const azure = {
      network: answer({ ...network, clientSubnet: subnet, gatewaySubnet: undefined }),
      clientRules: answer([...rules, nothingElse]),
      routeTables: {},
    };
    return kindsIn(judgeClientNetwork(outputs, azure));
  }

  for (const { name, rules, finds } of [
    { name: "a rule for HTTPS", rules: [rule({})], finds: [] },
    {
      name: "a rule for all of VirtualNetwork",
      rules: [rule({ sources: ["VirtualNetwork"], destinations: ["VirtualNetwork"] })],
      finds: ["client-not-shut"],
    },
    {
      name: "a rule for a part of AWS alone",
      rules: [rule({ destinations: ["10.2.0.0/24"] })],
      finds: ["client-https-blocked"],
    },
    {
      name: "a denial of a part of AWS before it",
      rules: [rule({}), rule({ access: "Deny", priority: 99, destinations: ["10.2.1.0/24"] })],
      finds: ["client-https-blocked"],
    },
    { name: "a denial after it", rules: [rule({}), rule({ access: "Deny", priority: 101 })], finds: [] },
    {
      name: "a denial of another port before it",
      rules: [rule({}), rule({ access: "Deny", priority: 99, destinationPorts: ["80"] })],
      finds: [],
    },
    {
      name: "a rule for UDP alone",
      rules: [rule({ protocol: "Udp" })],
      finds: ["client-https-blocked", "client-open-out"],
    },
    {
      name: "one port open to AWS",
      rules: [
        rule({}),
        rule({
          direction: "Inbound",
          sources: ["10.2.0.0/22"],
          destinations: ["*"],
          destinationPorts: ["3389"],
        }),
      ],
      finds: ["client-open-to-aws"],
    },
    {
      name: "everything from AWS denied first",
      rules: [
        rule({}),
        rule({
          direction: "Inbound",
          access: "Deny",
          priority: 1,
          protocol: "*",
          sources: ["10.2.0.0/22"],
          destinations: ["*"],
          destinationPorts: ["*"],
        }),
        rule({
          direction: "Inbound",
          priority: 2,
          sources: ["*"],
          destinations: ["*"],
          destinationPorts: ["0-65535"],
        }),
      ],
      finds: ["client-not-shut"],
    },
  ])
    it(`finds ${finds.join() || "nothing wrong"} with ${name}`, () => {
      expect(kindsOf(...rules)).to.deep.equal(finds);
    });
});
