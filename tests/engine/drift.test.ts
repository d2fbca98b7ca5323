import { expect } from "chai";
import { recordOf } from "../../rehearsal/clouds/cloudTypes";
import type { LiveResource } from "../../rehearsal/clouds/cloudType";
import type { Props, Value } from "../../rehearsal/model/recording";
import { everySwitch } from "../settings/everySwitch";
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

/** What somebody changes by hand, where another change says more than the first that can be made. */
const chosen: Readonly<Record<string, Drift | "gone">> = {
  "azure-native:compute:VirtualMachine": {
    property: "diagnosticsProfile",
    value: { bootDiagnostics: { enabled: false } },
  },
  "azure-native:dnsresolver:DnsResolverDomainList": { property: "domains", value: ["example.com."] },
  "azure-native:dnsresolver:DnsSecurityRule": { property: "dnsSecurityRuleState", value: "Disabled" },
  "azure-native:dnsresolver:DnsResolverPolicyVirtualNetworkLink": "gone",
  "azure-native:network:NetworkSecurityGroup": { property: "securityRules", value: [] },
  "azure-native:network:Subnet": { property: "defaultOutboundAccess", value: true },
  "azure-native:network:VirtualNetworkPeering": { property: "allowForwardedTraffic", value: true },
  "azure-native:network:LocalNetworkGateway": { property: "gatewayIpAddress", value: "192.0.2.1" },
  "azure-native:network:VirtualNetworkGatewayConnection": { property: "dpdTimeoutSeconds", value: 9 },
  "aws:ec2/vpc:Vpc": { property: "enableDnsHostnames", value: false },
  "aws:cloudtrail/trail:Trail": { property: "enableLogFileValidation", value: false },
  "aws:cloudwatch/eventRule:EventRule": { property: "eventPattern", value: '{"source":["aws.nothing"]}' },
  "aws:cloudwatch/eventTarget:EventTarget": "gone",
  "aws:sns/topicPolicy:TopicPolicy": {
    property: "policy",
    value: '{"Version":"2012-10-17","Statement":[]}',
  },
  "aws:cloudwatch/logGroup:LogGroup": { property: "retentionInDays", value: 1 },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { property: "threshold", value: 0 },
  "azure-native:operationalinsights:Workspace": { property: "retentionInDays", value: 30 },
  "azure-native:monitor:DiagnosticSetting": {
    property: "logs",
    value: [{ category: "GatewayDiagnosticLog", enabled: true }],
  },
  "azure-native:monitor:ActionGroup": { property: "enabled", value: false },
  "azure-native:monitor:MetricAlert": { property: "enabled", value: false },
  "aws:ec2/vpnConnection:VpnConnection": { property: "tunnel1DpdTimeoutAction", value: "none" },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    property: "cidrIpv4",
    value: "192.0.2.0/24",
  },
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
  "aws:s3/bucketObjectv2:BucketObjectv2": { property: "content", value: "Changed by hand.\n" },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { property: "policy", value: '{"Version":"2012-10-17","Statement":[]}' },
};

/** Tags, or else the first text that changes in place; a resource that has none can only go. */
function driftOf({ type, inputs }: LiveResource): Drift | "gone" {
  const row = chosen[type];
  if (row !== undefined) return row;
  if (inputs["tags"] !== undefined) return { property: "tags", value: { owner: "somebody else" } };
  const replaces = recordOf(type)?.replaces ?? {};
  const text = Object.keys(inputs).find(
    (property) => typeof inputs[property] === "string" && replaces[property] === undefined,
  );
  return text === undefined ? "gone" : { property: text, value: "changed by hand" };
}

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
    settings: { ...everySwitch, ...own({ protection: false, alarmEmails: ["us@example.com"], buckets }) },
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

    it("is found by refresh, in every type at once", async () => {
      for (const resource of first) changeByHand(stack, resource, driftOf(resource));
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
      for (const before of first) {
        const { type, name: resource, inputs } = before;
        const now = stack.clouds.all(type).find((live) => live.name === resource);
        const drift = driftOf(before);
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
