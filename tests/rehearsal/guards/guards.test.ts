import { expect } from "chai";
import type { Props, Recording, RecordedResource, Value } from "../../../rehearsal/model/recording";
import { readEstate } from "../../../rehearsal/estate/estate";
import { judgeGuards } from "../../../rehearsal/guards/guards";
import { resourceNamed, withInputs, without, withResource } from "../fixtures/change";
import { devStack, type Rehearsed, rehearsedStack, stackCases } from "../fixtures/stacks";

/** What the guards report: the resource's logical name and the problem. */
function reported({ recording, intent }: Rehearsed): readonly string[] {
  const findings = judgeGuards(readEstate(recording), intent);
  return findings.map(({ place, problem }) => `${place.split("::").at(-1) ?? ""}: ${problem}`);
}

type Change = (recording: Recording) => Recording;

const inputs =
  (name: string, changes: Readonly<Record<string, Value | undefined>>): Change =>
  (recording) =>
    withInputs(recording, name, changes);
const options =
  (name: string, changes: Partial<RecordedResource["options"]>): Change =>
  (recording) =>
    withResource(recording, name, (resource) => ({
      ...resource,
      options: { ...resource.options, ...changes },
    }));
const gone =
  (name: string): Change =>
  (recording) =>
    without(recording, name);

/** A resource beside the recorded ones. */
const added =
  (type: string, given: Readonly<Record<string, Value>>): Change =>
  (recording) => {
    const model = resourceNamed(recording, "s3-reader");
    const resource = {
      ...model,
      type,
      name: "extra",
      urn: "urn:pulumi:dev::p::t::extra",
      inputs: given,
      outputs: {},
    };
    return { ...recording, resources: [...recording.resources, resource] };
  };

describe("The guards", () => {
  for (const given of stackCases)
    it(`report nothing of ${given.title}`, async () => {
      expect(reported(await rehearsedStack(given))).to.deep.equal([]);
    });

  for (const { says, change } of [
    // Buckets
    { says: "s3-data: the bucket has no block of public access", change: gone("s3-data-public-access") },
    {
      says: "s3-data-public-access: the bucket's block of public access is weaker than it must be",
      change: inputs("s3-data-public-access", { ignorePublicAcls: false }),
    },
    {
      says: "s3-data-ownership: the bucket's ownership control is weaker than it must be",
      change: inputs("s3-data-ownership", { rule: { objectOwnership: "ObjectWriter" } }),
    },
    { says: "s3-data: the bucket has no versioning", change: gone("s3-data-versioning") },
    {
      says: "s3-data-versioning: the bucket's versioning is weaker than it must be",
      change: inputs("s3-data-versioning", { versioningConfiguration: { status: "Suspended" } }),
    },
    {
      says: "s3-data-encryption: the bucket's encryption is weaker than it must be",
      change: inputs("s3-data-encryption", {
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
      }),
    },
    { says: "s3-data: the bucket has no policy", change: gone("s3-data-policy") },
    {
      says: "s3-data: a teardown would delete the data with the bucket",
      change: inputs("s3-data", { forceDestroy: true }),
    },
    { says: "s3-data: there is no sample object to list and get", change: gone("s3-data-sample") },
    {
      says: "s3-data-sample: the object has an ACL",
      change: inputs("s3-data-sample", { acl: "public-read" }),
    },
    { says: "s3-reader: no IAM user of the stack holds an access key", change: gone("s3-reader-key") },
    {
      says: "s3-reader-key: the reader's access key is not active",
      change: inputs("s3-reader-key", { status: "Inactive" }),
    },
    {
      says: "extra: grants rights beside the bucket policies",
      change: added("aws:iam/userPolicy:UserPolicy", {}),
    },
    // Networks
    {
      says: "azure-client-security-group: Tcp ports 0–442 passes from 10.0.1.0/28 to 10.0.0.0/24",
      change: (r: Recording) =>
        inputs("azure-client-security-group", { securityRules: rulesOf(r).slice(0, 1) })(r),
    },
    {
      says: "azure-client-security-group: Icmp passes from anywhere to 10.0.1.0/28",
      change: (r: Recording) =>
        inputs("azure-client-security-group", { securityRules: rulesOf(r).slice(0, 2) })(r),
    },
    {
      says: "azure-client-security-group: Udp passes from 10.0.1.0/28 to everywhere but AWS",
      change: changedRule(1, { destinationAddressPrefix: "10.0.0.0/24" }),
    },
    {
      says: "azure-client-security-group: Tcp passes from anywhere to 10.0.1.0/28",
      change: changedRule(2, { sourceAddressPrefix: "10.0.0.0/24" }),
    },
    ...["Internet", "VirtualNetwork", "Storage.JapanEast", "0.0.0.0/0"].map((destination) => ({
      says: "azure-client-security-group: Tcp passes from 10.0.1.0/28 to everywhere but AWS",
      change: changedRule(0, { destinationAddressPrefix: destination }),
    })),
    {
      says: "azure-client-subnet: the client subnet has no security group",
      change: inputs("azure-client-subnet", { networkSecurityGroup: undefined }),
    },
    {
      says: "azure-client-subnet: clients get outbound internet access that no setting asks for",
      change: inputs("azure-client-subnet", { defaultOutboundAccess: undefined }),
    },
    {
      says: "azure-network: DDoS protection needs a plan, which costs more than all the rest",
      change: inputs("azure-network", { enableDdosProtection: true }),
    },
    {
      says: "s3-endpoint: private DNS names require a gateway endpoint beside it",
      change: inputs("s3-endpoint", { privateDnsEnabled: true }),
    },
    {
      says: "s3-endpoint: the endpoint lets everybody through to every bucket",
      change: inputs("s3-endpoint", { policy: undefined }),
    },
    {
      says: "s3-endpoint: the endpoint is not guarded by this stack's security group",
      change: inputs("s3-endpoint", { securityGroupIds: ["sg-1"] }),
    },
    {
      says: "s3-https-from-azure: lets in 0.0.0.0/0, which is neither the clients nor the VPC",
      change: inputs("s3-https-from-azure", { cidrIpv4: "0.0.0.0/0" }),
    },
    {
      says: "s3-https-from-azure: lets in more than HTTPS, or none of it",
      change: inputs("s3-https-from-azure", { fromPort: 0 }),
    },
    {
      says: "s3-endpoint-security-group: machines in the VPC (10.0.0.0/24) cannot use the endpoint",
      change: gone("s3-https-from-aws"),
    },
    {
      says: "s3-endpoint-security-group: rules are inside the group (ingress) and beside it",
      change: inputs("s3-endpoint-security-group", { ingress: [] }),
    },
    {
      says: "aws-network: machines in the VPC cannot resolve the endpoint's name",
      change: inputs("aws-network", { enableDnsSupport: false }),
    },
    // VPN
    {
      says: "vpn-tunnel1-azure-site: no Azure connection uses it",
      change: gone("vpn-tunnel1-azure-connection"),
    },
    {
      says: "vpn-azure-gateway: its generation is not the SKU's own",
      change: inputs("vpn-azure-gateway", { vpnGatewayGeneration: "Generation2" }),
    },
    {
      says: "vpn-azure-ip1: a VPN gateway takes regional addresses only",
      change: inputs("vpn-azure-ip1", { sku: { name: "Standard", tier: "Global" } }),
    },
    {
      says: "vpn-aws-connection1: tunnel 2 of the connection does not log as JSON to the stack's log group",
      change: inputs("vpn-aws-connection1", { tunnel2LogOptions: undefined }),
    },
    {
      says: "vpn-aws-connection1: leaves a tunnel's inside network to AWS, and the tunnels change places",
      change: inputs("vpn-aws-connection1", { tunnel2InsideCidr: undefined }),
    },
    {
      says: "vpn-aws-logs: tunnel logs are kept for less than 90 days, or for ever",
      change: inputs("vpn-aws-logs", { retentionInDays: undefined }),
    },
    // Secrets
    {
      says: "vpn-tunnel1-azure-connection: sharedKey is not marked secret",
      change: (r: Recording) =>
        withResource(r, "vpn-tunnel1-azure-connection", (c) => ({ ...c, secretInputs: [] })),
    },
    {
      says: ": the stack output endpointId shows a secret",
      change: (r: Recording) => ({
        ...r,
        outputs: { ...r.outputs, endpointId: r.outputs["readerSecretAccessKey"] ?? "" },
      }),
    },
    {
      says: "s3-data: tags shows a secret",
      change: (r: Recording) =>
        inputs("s3-data", { tags: { key: r.outputs["readerSecretAccessKey"] ?? "" } })(r),
    },
    {
      says: "vpn-tunnel1-key: makes keys that are weaker than both clouds allow, or that one of them rejects",
      change: inputs("vpn-tunnel1-key", { length: 16 }),
    },
    {
      says: "vpn-tunnel1-key: its key could never be rotated: it has no generation",
      change: inputs("vpn-tunnel1-key", { keepers: undefined }),
    },
    // Options
    {
      says: "vpn-tunnel1-azure-connection: a changed key would have no effect: Azure accepts the update and keeps the old one (azurerm #11673)",
      change: options("vpn-tunnel1-azure-connection", { replacementTrigger: undefined }),
    },
    {
      says: "vpn-tunnel1-azure-connection: a refresh could replace every connection: Azure may leave the key out of what it answers",
      change: options("vpn-tunnel1-azure-connection", { ignoreChanges: [] }),
    },
    {
      says: "vpn-azure-gateway: the engine may time out before Azure is done: 45 minutes or more to create, 20 to delete",
      change: options("vpn-azure-gateway", { customTimeouts: { create: "30m", delete: "1h" } }),
    },
    {
      says: "vpn-aws-connection1: the replacement cannot exist beside it: its name, addresses or place are taken until it is deleted",
      change: options("vpn-aws-connection1", { deleteBeforeReplace: false }),
    },
    {
      says: "aws-network: its subnets would have to be deleted while the endpoint is still in them",
      change: options("aws-network", { deleteBeforeReplace: false }),
    },
    {
      says: "azure-gateway-subnet: its name is taken until it is gone",
      change: options("azure-gateway-subnet", { deleteBeforeReplace: false }),
    },
    {
      says: "aws-network: changes of tags would be ignored",
      change: options("aws-network", { ignoreChanges: ["tags"] }),
    },
    {
      says: "aws-network: would remain after a teardown",
      change: options("aws-network", { retainOnDelete: true }),
    },
    // Places
    {
      says: "vpn-azure-ip1: its location is westeurope, that of the others is japaneast",
      change: inputs("vpn-azure-ip1", { location: "westeurope" }),
    },
    {
      says: "aws-network: lacks the tag stack=dev, which the others have",
      change: inputs("aws-network", { tags: { project: "azure-s3-privatelink" } }),
    },
    // Order
    {
      says: "aws-network: waits for Azure's gateway, which takes most of an hour",
      change: (r: Recording) =>
        withResource(r, "aws-network", (v) => ({
          ...v,
          dependencies: [resourceNamed(r, "vpn-tunnel1-azure-connection").urn],
        })),
    },
    {
      says: "vpn-aws-propagation: does not wait for the gateway's attachment",
      change: (r: Recording) => withResource(r, "vpn-aws-propagation", (p) => ({ ...p, dependencies: [] })),
    },
    {
      says: "azure-gateway-subnet: may be created at the same time as another subnet of its network",
      change: (r: Recording) => withResource(r, "azure-gateway-subnet", (s) => ({ ...s, dependencies: [] })),
    },
    {
      says: "s3-data-encryption: may change the bucket at the same time as another setting (OperationAborted)",
      change: (r: Recording) => withResource(r, "s3-data-encryption", (e) => ({ ...e, dependencies: [] })),
    },
    {
      says: "s3-data-sample: does not wait for versioning",
      change: (r: Recording) => withResource(r, "s3-data-sample", (o) => ({ ...o, dependencies: [] })),
    },
  ])
    it(`report ${says}`, async () => {
      const { recording, intent } = await devStack();
      expect(reported({ recording: change(recording), intent })).to.include(says);
    });

  it("report connections that may be made at once", async () => {
    const [, , dual] = stackCases;
    const { recording, intent } = await rehearsedStack(dual ?? { title: "", stack: "dev" });
    const loose = withResource(recording, "vpn-tunnel2-azure-connection", (c) => ({
      ...c,
      dependencies: [],
    }));
    expect(reported({ recording: loose, intent })).to.include(
      "vpn-tunnel2-azure-connection: may be created at the same time as another connection of its gateway (409 Conflict)",
    );
  });

  it("report an address that does not stand in all zones", async () => {
    const [, prod] = stackCases;
    const { recording, intent } = await rehearsedStack(prod ?? { title: "", stack: "prod" });
    const changed = withInputs(recording, "vpn-azure-ip2", { zones: ["1"] });
    expect(reported({ recording: changed, intent })).to.include(
      "vpn-azure-ip2: the address is not in all three zones",
    );
  });

  it("report the sample object's absence only where one was asked for", async () => {
    const { recording, intent } = await devStack();
    const changed = without(recording, "s3-data-sample");
    expect(reported({ recording: changed, intent: { ...intent, switches: new Set() } })).to.deep.equal([]);
  });
});

function rulesOf(recording: Recording): readonly Value[] {
  return resourceNamed(recording, "azure-client-security-group").inputs["securityRules"] as readonly Value[];
}

/** The client's security rules with one of them changed. */
function changedRule(index: number, change: Props) {
  return (r: Recording) =>
    inputs("azure-client-security-group", {
      securityRules: rulesOf(r).map((rule, at) => (at === index ? { ...(rule as Props), ...change } : rule)),
    })(r);
}
