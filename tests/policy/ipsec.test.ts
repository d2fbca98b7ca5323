import { noBasicGateway, pinnedIpsec, strongIpsec } from "../../policy/rules/ipsec";
import { describeRule } from "./tables";

const aws = "aws:ec2/vpnConnection:VpnConnection";
const azure = "azure-native:network:VirtualNetworkGatewayConnection";

const tunnel = (n: number) => ({
  [`tunnel${n}IkeVersions`]: ["ikev2"],
  [`tunnel${n}Phase1EncryptionAlgorithms`]: ["AES256"],
  [`tunnel${n}Phase1IntegrityAlgorithms`]: ["SHA2-384"],
  [`tunnel${n}Phase1DhGroupNumbers`]: [20],
  [`tunnel${n}Phase2EncryptionAlgorithms`]: ["AES256-GCM-16"],
  [`tunnel${n}Phase2IntegrityAlgorithms`]: ["SHA2-384"],
  [`tunnel${n}Phase2DhGroupNumbers`]: [20],
});
const strong = { ...tunnel(1), ...tunnel(2) };

const policy = {
  ikeEncryption: "AES256",
  ikeIntegrity: "SHA384",
  dhGroup: "ECP384",
  ipsecEncryption: "GCMAES256",
  ipsecIntegrity: "GCMAES256",
  pfsGroup: "ECP384",
};
const azureStrong = { connectionProtocol: "IKEv2", ipsecPolicies: [policy] };

const integrity = "choose from SHA2-256, SHA2-384, SHA2-512";
const groups = "choose from 14, 15, 16, 17, 18, 19, 20, 21";

describeRule(strongIpsec, [
  { that: "the strongest common suite in AWS", type: aws, props: strong },
  { that: "the strongest common suite in Azure", type: azure, props: azureStrong },
  {
    that: "a weak one in development",
    type: aws,
    props: { ...strong, tunnel1Phase1DhGroupNumbers: [2] },
    stack: "test-7",
  },
  {
    that: "group 2 beside a strong one, as AWS may choose it",
    type: aws,
    props: { ...strong, tunnel1Phase1DhGroupNumbers: [20, 2] },
    says: [`tunnel1Phase1DhGroupNumbers has 2, which is weak; ${groups}`],
  },
  {
    that: "group 24, which nobody trusts",
    type: aws,
    props: { ...strong, tunnel2Phase2DhGroupNumbers: [24] },
    says: [`tunnel2Phase2DhGroupNumbers has 24, which is weak; ${groups}`],
  },
  {
    that: "SHA1, IKEv1 and AES128",
    type: aws,
    props: {
      ...strong,
      tunnel1IkeVersions: ["ikev1", "ikev2"],
      tunnel1Phase2IntegrityAlgorithms: ["SHA1"],
      tunnel2Phase1EncryptionAlgorithms: ["AES128"],
    },
    says: [
      "tunnel1IkeVersions has ikev1, which is weak; choose from ikev2",
      `tunnel1Phase2IntegrityAlgorithms has SHA1, which is weak; ${integrity}`,
      "tunnel2Phase1EncryptionAlgorithms has AES128, which is weak; choose from AES256, AES256-GCM-16",
    ],
  },
  {
    that: "an option left to AWS, also of the tunnel that is not used",
    type: aws,
    props: { ...strong, tunnel2Phase1IntegrityAlgorithms: [] },
    says: [`tunnel2Phase1IntegrityAlgorithms is not set, so AWS accepts weak ones too; ${integrity}`],
  },
  {
    that: "IKEv1 in Azure",
    type: azure,
    props: { ...azureStrong, connectionProtocol: "IKEv1" },
    says: ["connectionProtocol is IKEv1; set it to IKEv2"],
  },
  {
    that: "a protocol left to Azure",
    type: azure,
    props: { ipsecPolicies: [policy] },
    says: ["connectionProtocol is not set; set it to IKEv2"],
  },
  {
    that: "weak ciphers in Azure",
    type: azure,
    props: {
      ...azureStrong,
      ipsecPolicies: [{ ...policy, ikeEncryption: "DES3", dhGroup: "DHGroup2", pfsGroup: "None" }],
    },
    says: [
      "ipsecPolicies has ikeEncryption DES3, which is weak; choose from GCMAES256, AES256",
      "ipsecPolicies has dhGroup DHGroup2, which is weak; choose from DHGroup14, ECP256, ECP384",
      "ipsecPolicies has pfsGroup None, which is weak; choose from PFS2048, ECP256, ECP384",
    ],
  },
  {
    that: "half a policy",
    type: azure,
    props: { ...azureStrong, ipsecPolicies: [{ ...policy, ipsecIntegrity: undefined }] },
    says: ["ipsecPolicies has ipsecIntegrity not set, which is weak; choose from GCMAES256, SHA256"],
  },
]);

describeRule(pinnedIpsec, [
  { that: "a policy", type: azure, props: azureStrong },
  { that: "none, in development", type: azure, props: { ipsecPolicies: [] }, stack: "dev" },
  {
    that: "none",
    type: azure,
    props: { connectionProtocol: "IKEv2" },
    says: [
      "ipsecPolicies is empty, so Azure offers its defaults with DH group 2; pin one policy, as every gatewaySku but Basic does",
    ],
  },
]);

const gateway = "azure-native:network:VirtualNetworkGateway";

describeRule(noBasicGateway, [
  { that: "a zoned gateway", type: gateway, props: { sku: { name: "VpnGw2AZ", tier: "VpnGw2AZ" } } },
  { that: "a Basic one in development", type: gateway, props: { sku: { name: "Basic" } }, stack: "dev" },
  {
    that: "a Basic one",
    type: gateway,
    props: { sku: { name: "Basic", tier: "Basic" } },
    stack: "staging",
    says: [
      "sku is Basic, which has no BGP, no second instance and no IPsec policy; set gatewaySku to VpnGw1AZ or larger",
    ],
  },
]);
