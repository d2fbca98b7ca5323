import { expect } from "chai";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readerComponent } from "../../policy/organisation";
import { judgeResource, judgeStack, type StackResource } from "../../policy/rule";
import { watchedLinks } from "../../policy/rules/alarms";
import { guardedBuckets } from "../../policy/rules/bucketCompanions";
import { keysForReadersOnly } from "../../policy/rules/identities";
import { keptRecords } from "../../policy/rules/records";
import { nothingOfOthers } from "../../policy/rules/joined";
import { encryptedTunnelKeys, generatedTunnelKeys } from "../../policy/rules/tunnelKeys";
import { resource, stackResource } from "./resources";

const companionTypes = [
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketPolicy:BucketPolicy",
];

const bucket = stackResource("aws:s3/bucket:Bucket", "data", { props: { bucket: "data-1" } });
const other = stackResource("aws:s3/bucketV2:BucketV2", "other", { props: { bucket: "other-1" } });
const beside = (madeOf: StackResource) =>
  companionTypes.map((type) => stackResource(type, "companion", { madeOf: { bucket: madeOf } }));
const lacking = [
  "the bucket has no public access block; add a BucketPublicAccessBlock that takes its name from it",
  "the bucket has no ownership control; add a BucketOwnershipControls that takes its name from it",
  "the bucket has no versioning; add a BucketVersioning that takes its name from it",
  "the bucket has no encryption; add a BucketServerSideEncryptionConfiguration that takes its name from it",
  "the bucket has no policy; add a BucketPolicy that takes its name from it",
];

describe("guarded-buckets", () => {
  it("accepts a bucket with all its companions, before anybody knows its name", () => {
    expect(judgeStack(guardedBuckets, [bucket, ...beside(bucket)])).to.deep.equal([]);
  });

  it("accepts companions to which the name was typed", () => {
    const typed = companionTypes.map((type) => stackResource(type, "typed", { props: { bucket: "data-1" } }));
    expect(judgeStack(guardedBuckets, [bucket, ...typed])).to.deep.equal([]);
  });

  it("accepts a stack without buckets, and one without anything", () => {
    expect(judgeStack(guardedBuckets, [stackResource("aws:ec2/vpc:Vpc", "vpc")])).to.deep.equal([]);
    expect(judgeStack(guardedBuckets, [])).to.deep.equal([]);
  });

  it("refuses a bucket whose companions are another's", () => {
    const problems = judgeStack(guardedBuckets, [bucket, other, ...beside(other)]);
    expect(problems).to.deep.equal(lacking.map((says) => ({ urn: bucket.urn, says })));
  });

  for (const [index, type] of companionTypes.entries())
    it(`refuses a bucket without ${type}`, () => {
      const rest = beside(bucket).filter((companion) => companion.type !== type);
      expect(judgeStack(guardedBuckets, [bucket, ...rest])).to.deep.equal([
        { urn: bucket.urn, says: lacking[index] },
      ]);
    });
});

describe("watched-links", () => {
  const connection = stackResource("aws:ec2/vpnConnection:VpnConnection", "connection");
  const gateway = stackResource("azure-native:network/v20240501:VirtualNetworkGateway", "gateway");
  const alarm = (dimensions: StackResource) =>
    stackResource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", { madeOf: { dimensions } });
  const alert = (scopes: StackResource) =>
    stackResource("azure-native:monitor/v20180301:MetricAlert", "alert", { madeOf: { scopes } });
  const other = stackResource("aws:ec2/vpnConnection:VpnConnection", "other");
  const link = [connection, gateway];
  const says = {
    aws: "no CloudWatch alarm watches the connection, so nobody is told when its tunnels are down; set alarms to true",
    azure: "no metric alert watches the gateway, so nobody is told when it drops packets; set alarms to true",
  };

  it("accepts ends that are watched, and a stack without any", () => {
    expect(judgeStack(watchedLinks, [...link, alarm(connection), alert(gateway)])).to.deep.equal([]);
    expect(judgeStack(watchedLinks, [bucket])).to.deep.equal([]);
  });

  it("refuses ends that nothing watches", () => {
    expect(judgeStack(watchedLinks, link)).to.deep.equal([
      { urn: connection.urn, says: says.aws },
      { urn: gateway.urn, says: says.azure },
    ]);
  });

  it("refuses an alarm that watches another connection", () => {
    expect(judgeStack(watchedLinks, [...link, other, alarm(other), alert(gateway)])).to.deep.equal([
      { urn: connection.urn, says: says.aws },
    ]);
  });
});

describe("kept-records", () => {
  const vpc = stackResource("aws:ec2/vpc:Vpc", "vpc");
  const logs = stackResource("aws:s3/bucket:Bucket", "logs");
  const logsPolicy = stackResource("aws:s3/bucketPolicy:BucketPolicy", "logs-policy", {
    madeOf: { bucket: logs },
  });
  const flow = stackResource("aws:ec2/flowLog:FlowLog", "flow", {
    madeOf: { vpcId: vpc, logDestination: logs },
  });
  const access = (of: StackResource) =>
    stackResource("aws:s3/bucketLogging:BucketLogging", `${of.name}-access`, {
      madeOf: { bucket: of, targetBucket: logsPolicy },
    });
  const trail = (of: StackResource) =>
    stackResource("aws:cloudtrail/trail:Trail", `${of.name}-trail`, {
      madeOf: { advancedEventSelectors: of, s3BucketName: logsPolicy },
    });
  const says = {
    flow: "no flow log records who opens connections in the VPC; set flowLogs to true. Resources (1): vpc",
    access: (...names: readonly string[]) =>
      `no access log records what S3 answers to whom; set accessLogs to true. Resources (${names.length}): ${names.join(", ")}`,
    trail: (...names: readonly string[]) =>
      `no trail records who reads and writes the bucket's objects; set auditTrail to true. Resources (${names.length}): ${names.join(", ")}`,
  };
  const asked = [vpc, bucket, other];
  const recorded = [flow, access(bucket), access(other), trail(bucket), trail(other)];

  it("accepts a VPC and buckets that are recorded, leaves out the bucket for logs, and a stack without either", () => {
    expect(judgeStack(keptRecords, [...asked, logs, logsPolicy, ...recorded])).to.deep.equal([]);
    expect(judgeStack(keptRecords, [stackResource("aws:sns/topic:Topic", "topic")])).to.deep.equal([]);
  });

  it("says once what is missing, with all that lack it", () => {
    expect(judgeStack(keptRecords, asked)).to.deep.equal([
      { urn: vpc.urn, says: says.flow },
      { urn: bucket.urn, says: says.access("data", "other") },
      { urn: bucket.urn, says: says.trail("data", "other") },
    ]);
  });

  for (const [what, missing, problem] of [
    ["flow logs", flow, { urn: vpc.urn, says: says.flow }],
    ["access logs", recorded[2], { urn: other.urn, says: says.access("other") }],
    ["a trail", recorded[3], { urn: bucket.urn, says: says.trail("data") }],
  ] as const)
    it(`refuses one without ${what}`, () => {
      const rest = recorded.filter((one) => one !== missing);
      expect(judgeStack(keptRecords, [...asked, logs, logsPolicy, ...rest])).to.deep.equal([problem]);
    });

  it("takes a bucket that nothing is logged to for one of data", () => {
    const unused = { ...logs, name: "unused" };
    expect(judgeStack(keptRecords, [unused])).to.have.lengthOf(2);
  });

  it("asks nothing of development", () => {
    const dev = asked.map((one) => ({ ...one, urn: one.urn.replace(":prod::", ":dev::") }));
    expect(judgeStack(keptRecords, dev)).to.deep.equal([]);
  });

  it("names settings that the page about production sets", () => {
    const settings = judgeStack(keptRecords, asked).map((one) => /set (\w+) to true/.exec(one.says)?.[1]);
    const page = readFileSync(resolve(__dirname, "../../docs/policy.md"), "utf8");
    for (const setting of settings) expect(page).to.include(`pulumi config set ${setting ?? ""} true`);
    expect(settings).to.have.lengthOf(3);
  });
});

describe("generated-tunnel-keys", () => {
  const password = stackResource("random:index/randomPassword:RandomPassword", "key");
  const elsewhere = stackResource("random:index/randomString:RandomString", "string");
  const azure = (from?: StackResource) =>
    stackResource("azure-native:network/v20240501:VirtualNetworkGatewayConnection", "azure", {
      madeOf: from === undefined ? {} : { sharedKey: from },
    });
  const says = (key: string) => `${key} does not come from a RandomPassword; take it from the result of one`;

  it("accepts keys out of a generator", () => {
    expect(judgeStack(generatedTunnelKeys, [password, azure(password)])).to.deep.equal([]);
  });

  it("refuses a key that was typed in", () => {
    expect(judgeStack(generatedTunnelKeys, [password, azure()])).to.deep.equal([
      { urn: azure().urn, says: says("sharedKey") },
    ]);
  });

  it("refuses a random text that Pulumi does not keep secret", () => {
    expect(judgeStack(generatedTunnelKeys, [elsewhere, azure(elsewhere)])).to.deep.equal([
      { urn: azure().urn, says: says("sharedKey") },
    ]);
  });

  it("refuses a key that AWS makes up for the tunnel that is not used", () => {
    const aws = stackResource("aws:ec2/vpnConnection:VpnConnection", "aws", {
      madeOf: { tunnel1PresharedKey: password },
    });
    expect(judgeStack(generatedTunnelKeys, [password, aws])).to.deep.equal([
      { urn: aws.urn, says: says("tunnel2PresharedKey") },
    ]);
  });
});

describe("encrypted-tunnel-keys", () => {
  const says = (key: string) => `the state would hold ${key} in the clear; add it to additionalSecretOutputs`;
  for (const { type, keys } of [
    { type: "azure-native:network:VirtualNetworkGatewayConnection", keys: ["sharedKey"] },
    { type: "aws:ec2/vpnConnection:VpnConnection", keys: ["tunnel1PresharedKey", "tunnel2PresharedKey"] },
  ]) {
    it(`accepts ${type} with its keys among the secret outputs`, () => {
      const given = { ...resource(type, {}), additionalSecretOutputs: [...keys, "more"] };
      expect(judgeResource(encryptedTunnelKeys, given)).to.deep.equal([]);
    });

    it(`refuses ${type} without, in development as well`, () => {
      expect(judgeResource(encryptedTunnelKeys, resource(type, {}, "dev"))).to.deep.equal(keys.map(says));
    });
  }
});

describe("keys-for-readers-only", () => {
  const user = (parentType: string) =>
    stackResource("aws:iam/user:User", "user", { parentType, props: { name: "r" } });
  const reader = user(readerComponent);
  const key = stackResource("aws:iam/accessKey:AccessKey", "key", { madeOf: { user: reader } });
  const refused = [
    {
      urn: key.urn,
      says: "its user is not a reader of a PrivateLinkBucket; let people and programs assume a role instead",
    },
  ];

  it("accepts the reader's key", () => {
    expect(judgeStack(keysForReadersOnly, [reader, key])).to.deep.equal([]);
  });

  it("accepts it where the user's name was typed", () => {
    const typed = stackResource("aws:iam/accessKey:AccessKey", "key", { props: { user: "r" } });
    expect(judgeStack(keysForReadersOnly, [reader, typed])).to.deep.equal([]);
  });

  it("refuses the key of a user somewhere else in the stack", () => {
    expect(judgeStack(keysForReadersOnly, [user("app:Backend"), key])).to.deep.equal(refused);
  });

  it("refuses the key of a user outside of the stack", () => {
    const foreign = stackResource("aws:iam/accessKey:AccessKey", "key", { props: { user: "somebody" } });
    expect(judgeStack(keysForReadersOnly, [reader, foreign])).to.deep.equal(refused);
  });
});

describe("nothing-of-others", () => {
  const stack = (joined: Readonly<Record<string, string>>) =>
    stackResource("pulumi:pulumi:Stack", "stack", { props: { joined } });
  const hub = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub";

  for (const [what, id, type] of [
    ["azureVirtualNetworkId", hub, "azure-native:network:VirtualNetwork"],
    ["azureVirtualNetworkId", hub, "azure-native:network:SecurityRule"],
    ["azureGatewayId", `${hub}-gateway`, "azure-native:network/v20240501:VirtualNetworkGateway"],
    ["awsVpcId", "vpc-1", "aws:ec2/vpc:Vpc"],
    ["awsVpcId", "vpc-1", "aws:ec2/routeTable:RouteTable"],
    ["awsGatewayId", "vgw-1", "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment"],
  ] as const) {
    const one = stackResource(type, "one");
    it(`refuses ${type} where the stack joins by ${what}`, () => {
      expect(judgeStack(nothingOfOthers, [stack({ [what]: id }), one])).to.deep.equal([
        { urn: one.urn, says: `the stack joins ${id}, whose owner has this; leave it out` },
      ]);
    });

    it(`accepts ${type} where the stack joins nothing there`, () => {
      expect(judgeStack(nothingOfOthers, [stack({}), one])).to.deep.equal([]);
      expect(judgeStack(nothingOfOthers, [one])).to.deep.equal([]);
    });
  }

  it("accepts a subnet of its own in a network of others", () => {
    const subnet = stackResource("azure-native:network:Subnet", "gateway-subnet");
    expect(judgeStack(nothingOfOthers, [stack({ azureVirtualNetworkId: hub }), subnet])).to.deep.equal([]);
  });
});
