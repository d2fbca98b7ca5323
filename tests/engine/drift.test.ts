import { expect } from "chai";
import type { LiveResource } from "../../rehearsal/clouds/cloudType";
import type { Props, Value } from "../../rehearsal/model/recording";
import { disagreements } from "./support/agreement";
import { EngineStack, type StackOptions } from "./support/engineStack";
import { besidesVpc, peered } from "./support/joinChanges";
import { expectQuietRefresh } from "./support/quietRefresh";
import { own } from "./support/settings";

interface Drift {
  /** A property that the program sets. */
  readonly property: string;
  readonly value: Value;
}

const tags: Drift = { property: "tags", value: { owner: "somebody else" } };

/** For each type one property that somebody changes by hand; `gone` where the type has none that can change. */
const drifts: Readonly<Record<string, Drift | "gone">> = {
  "azure-native:resources:ResourceGroup": tags,
  "azure-native:network:NetworkInterface": tags,
  "azure-native:compute:VirtualMachine": {
    property: "diagnosticsProfile",
    value: { bootDiagnostics: { enabled: false } },
  },
  "azure-native:dnsresolver:DnsResolverPolicy": tags,
  "azure-native:dnsresolver:DnsResolverDomainList": { property: "domains", value: ["example.com."] },
  "azure-native:dnsresolver:DnsSecurityRule": { property: "dnsSecurityRuleState", value: "Disabled" },
  "azure-native:dnsresolver:DnsResolverPolicyVirtualNetworkLink": "gone",
  "azure-native:network:NetworkSecurityGroup": { property: "securityRules", value: [] },
  "azure-native:network:VirtualNetwork": tags,
  "azure-native:network:Subnet": { property: "defaultOutboundAccess", value: true },
  "azure-native:network:VirtualNetworkPeering": { property: "allowForwardedTraffic", value: true },
  "azure-native:network:PublicIPAddress": tags,
  "azure-native:network:VirtualNetworkGateway": tags,
  "azure-native:network:LocalNetworkGateway": { property: "gatewayIpAddress", value: "192.0.2.1" },
  "azure-native:network:VirtualNetworkGatewayConnection": { property: "dpdTimeoutSeconds", value: 9 },
  "aws:ec2/vpc:Vpc": { property: "enableDnsHostnames", value: false },
  "aws:ec2/subnet:Subnet": tags,
  "aws:ec2/routeTable:RouteTable": tags,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": "gone",
  "aws:ec2/customerGateway:CustomerGateway": tags,
  "aws:ec2/vpnGateway:VpnGateway": tags,
  "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment": "gone",
  "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": "gone",
  "aws:cloudtrail/trail:Trail": { property: "enableLogFileValidation", value: false },
  "aws:cloudwatch/eventRule:EventRule": { property: "eventPattern", value: '{"source":["aws.nothing"]}' },
  "aws:cloudwatch/eventTarget:EventTarget": "gone",
  "aws:sns/topicPolicy:TopicPolicy": {
    property: "policy",
    value: '{"Version":"2012-10-17","Statement":[]}',
  },
  "aws:cloudwatch/logGroup:LogGroup": { property: "retentionInDays", value: 1 },
  "aws:sns/topic:Topic": tags,
  "aws:sns/topicSubscription:TopicSubscription": "gone",
  "aws:cloudwatch/metricAlarm:MetricAlarm": { property: "threshold", value: 0 },
  "azure-native:operationalinsights:Workspace": { property: "retentionInDays", value: 30 },
  "azure-native:monitor:DiagnosticSetting": {
    property: "logs",
    value: [{ category: "GatewayDiagnosticLog", enabled: true }],
  },
  "azure-native:monitor:ActionGroup": { property: "enabled", value: false },
  "azure-native:monitor:MetricAlert": { property: "enabled", value: false },
  "aws:ec2/vpnConnection:VpnConnection": { property: "tunnel1DpdTimeoutAction", value: "none" },
  "aws:ec2/vpnConnectionRoute:VpnConnectionRoute": "gone",
  "aws:ec2/securityGroup:SecurityGroup": tags,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    property: "cidrIpv4",
    value: "192.0.2.0/24",
  },
  "aws:iam/user:User": tags,
  "aws:iam/accessKey:AccessKey": "gone",
  "aws:s3/bucket:Bucket": tags,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { property: "blockPublicPolicy", value: false },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    property: "rule",
    value: { objectOwnership: "ObjectWriter" },
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    property: "versioningConfiguration",
    value: { status: "Suspended" },
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    property: "rules",
    value: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    property: "policy",
    value: '{"Version":"2012-10-17","Statement":[]}',
  },
  "aws:s3/bucketLogging:BucketLogging": { property: "targetPrefix", value: "access/elsewhere/" },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    property: "rules",
    value: [{ id: "expire-logs", status: "Enabled", expiration: { days: 1 } }],
  },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
    property: "rule",
    value: { defaultRetention: { mode: "GOVERNANCE", days: 1 } },
  },
  "aws:ec2/flowLog:FlowLog": tags,
  "aws:s3/bucketObjectv2:BucketObjectv2": { property: "content", value: "Changed by hand.\n" },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { property: "policy", value: '{"Version":"2012-10-17","Statement":[]}' },
};

function changeByHand({ clouds }: EngineStack, resource: LiveResource, drift: Drift | "gone"): void {
  if (drift === "gone") {
    clouds.remove(resource.type, resource.id);
    return;
  }
  const changed = (props: Props): Props => ({ ...props, [drift.property]: drift.value });
  clouds.put({ ...resource, inputs: changed(resource.inputs), outputs: changed(resource.outputs) });
}

const buckets = [
  { name: "data", access: "read" },
  { name: "archive", access: "readWrite", lockDays: 30 },
];

for (const { name, ...options } of [
  // Between them everything that a stack can have beside what it must.
  {
    name: "dev",
    settings: own({
      clientVm: true,
      dnsSecurityPolicy: true,
      flowLogs: true,
      accessLogs: true,
      auditTrail: true,
      alarms: true,
      alarmEmails: ["us@example.com"],
      buckets,
    }),
  },
  { name: "prod", settings: {} },
  { name: "vpc", settings: peered, besides: besidesVpc },
] satisfies readonly (Pick<StackOptions, "settings" | "besides"> & { name: StackOptions["stack"] })[]) {
  describe(`drift in ${name}`, function () {
    this.timeout(120_000);
    let stack: EngineStack;
    let first: readonly LiveResource[];
    before(async () => {
      stack = await EngineStack.create({ stack: name, ...options });
      const run = await stack.up();
      expect(run.code, run.output).to.equal(0);
      const ours = stack.clouds.resources().filter(({ foreign }) => foreign !== true);
      first = ours.filter(({ type }, place) => ours.findIndex((one) => one.type === type) === place);
    });
    after(() => {
      stack.close();
    });

    it("has a row for every type that is deployed", () => {
      expect(first.map(({ type }) => type).filter((type) => drifts[type] === undefined)).to.deep.equal([]);
    });

    it("is found by refresh, in every type at once", async () => {
      for (const resource of first) changeByHand(stack, resource, drifts[resource.type] ?? "gone");
      const run = await stack.refresh();
      expect(run.code, run.output).to.equal(0);
      const noticed = run.output;
      const found = first.filter(({ name: resource }) =>
        new RegExp(`${resource}\\b.*(updated|deleted)`).test(noticed),
      );
      expect(found.map((resource) => resource.name)).to.have.members(first.map((resource) => resource.name));
    });

    it("is repaired by up", async () => {
      const run = await stack.up();
      expect(run.code, run.output).to.equal(0);
      expect(disagreements(stack)).to.deep.equal([]);
      for (const { type, name: resource, inputs } of first) {
        const now = stack.clouds.all(type).find((live) => live.name === resource);
        const drift = drifts[type] ?? "gone";
        expect(now, `${type} ${resource}`).not.to.equal(undefined);
        if (drift !== "gone") expect(now?.inputs[drift.property], type).to.deep.equal(inputs[drift.property]);
      }
    });

    it("is gone after that", async () => {
      await expectQuietRefresh(stack);
      expect((await stack.preview("--expect-no-changes")).code).to.equal(0);
    });
  });
}
