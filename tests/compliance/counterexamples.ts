import type { Column } from "../../docs/compliance/stacks";
import { type Stack, text } from "../../docs/compliance/control";
import { awsTypes, azureTypes } from "../../rehearsal/model/resourceTypes";
import type { Props, RecordedResource } from "../../rehearsal/model/recording";

/** A change of a recorded stack that turns a control's verdict round. */
export interface Counterexample {
  /** Controls, each as `standard id`. */
  readonly controls: readonly string[];
  readonly stack?: Column;
  readonly that: string;
  readonly change: (stack: Stack) => Stack;
}

/** A stack in which each resource of a type has other inputs. */
function changed(type: string, inputs: (inputs: Props) => Props): (stack: Stack) => Stack {
  return (stack) =>
    stack.map((one) =>
      one.type === type ? { ...one, inputs: { ...one.inputs, ...inputs(one.inputs) } } : one,
    );
}

function without(type: string): (stack: Stack) => Stack {
  return (stack) => stack.filter((one) => one.type !== type);
}

/** A stack with one resource more for each of a type. */
function beside(
  type: string,
  added: string,
  inputs: (of: RecordedResource) => Props,
): (stack: Stack) => Stack {
  return (stack) =>
    stack.flatMap((one) =>
      one.type === type
        ? [
            one,
            { ...one, type: added, name: `${one.name}-beside`, id: `${one.id}-beside`, inputs: inputs(one) },
          ]
        : [one],
    );
}

function inPolicy(type: string, from: string, to: string): (stack: Stack) => Stack {
  return changed(type, ({ policy }) => ({ policy: text(policy).replaceAll(from, to) }));
}

const bucketArn = ({ inputs }: RecordedResource): string => `arn:aws:s3:::${text(inputs["bucket"])}/`;
const fromAnywhere = (from: number, to = from): ((stack: Stack) => Stack) =>
  changed(awsTypes.securityGroupIngressRule, () => ({ cidrIpv4: "0.0.0.0/0", fromPort: from, toPort: to }));

const azureRule = (port: string, protocol = "Tcp"): ((stack: Stack) => Stack) =>
  changed(azureTypes.networkSecurityGroup, () => ({
    securityRules: [
      {
        name: "AllowAnybody",
        direction: "Inbound",
        access: "Allow",
        priority: 100,
        protocol,
        sourceAddressPrefix: "Internet",
        sourcePortRange: "*",
        destinationAddressPrefix: "*",
        destinationPortRange: port,
      },
    ],
  }));

const endpointTo = (service: string): ((stack: Stack) => Stack) =>
  beside(awsTypes.vpcEndpoint, awsTypes.vpcEndpoint, ({ inputs }) => ({
    ...inputs,
    serviceName: `com.amazonaws.ap-northeast-1.${service}`,
  }));

const flowLog = (type: string): ((stack: Stack) => Stack) =>
  beside(type, "azure-native:network:FlowLog", ({ id }) => ({
    targetResourceId: id,
    enabled: true,
    flowAnalyticsConfiguration: {
      networkWatcherFlowAnalyticsConfiguration: { enabled: true, workspaceResourceId: "/a/workspace" },
    },
  }));

export const counterexamples: readonly Counterexample[] = [
  {
    controls: ["AWS S3.2", "AWS S3.3", "AWS S3.8", "CIS AWS 2.1.4"],
    that: "takes a public policy",
    change: changed(awsTypes.bucketPublicAccessBlock, () => ({ blockPublicPolicy: false })),
  },
  {
    controls: ["AWS S3.2", "AWS S3.3"],
    that: "allows everybody something",
    change: changed(awsTypes.bucketPolicy, () => ({
      policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject" }] }),
    })),
  },
  {
    controls: ["AWS S3.5", "CIS AWS 2.1.1"],
    that: "allows plain HTTP",
    change: inPolicy(awsTypes.bucketPolicy, "aws:SecureTransport", "aws:ViaAWSService"),
  },
  {
    controls: ["AWS S3.6"],
    that: "lets the reader write the policy",
    change: inPolicy(awsTypes.bucketPolicy, '"s3:ListBucket"', '"s3:PutBucketPolicy"'),
  },
  {
    controls: ["AWS S3.9", "CIS AWS 3.4"],
    that: "logs every bucket",
    change: beside(awsTypes.bucket, awsTypes.bucketLogging, ({ inputs }) => ({
      bucket: inputs["bucket"] ?? "",
      targetBucket: "logs",
    })),
  },
  {
    controls: ["AWS S3.12"],
    that: "takes ACLs",
    change: changed(awsTypes.bucketOwnershipControls, () => ({ rule: { objectOwnership: "ObjectWriter" } })),
  },
  {
    controls: ["AWS S3.13"],
    that: "gives every bucket a lifecycle",
    change: beside(awsTypes.bucket, awsTypes.bucketLifecycleConfiguration, ({ inputs }) => ({
      bucket: inputs["bucket"] ?? "",
      rules: [{ id: "all", status: "Enabled" }],
    })),
  },
  {
    controls: ["CIS AWS 2.1.2"],
    that: "asks for a second factor",
    change: changed(awsTypes.bucketVersioning, () => ({
      versioningConfiguration: { status: "Enabled", mfaDelete: "Enabled" },
    })),
  },
  {
    controls: ["AWS EC2.2", "CIS AWS 5.5"],
    that: "empties the default security group",
    change: beside(awsTypes.vpc, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", ({ id }) => ({
      vpcId: id,
    })),
  },
  {
    controls: ["AWS EC2.6", "CIS AWS 3.7"],
    that: "logs what is accepted only",
    change: changed(awsTypes.flowLog, () => ({ trafficType: "ACCEPT" })),
  },
  ...(
    [
      ["EC2.10", "ec2"],
      ["EC2.55", "ecr.api"],
      ["EC2.56", "ecr.dkr"],
      ["EC2.57", "ssm"],
      ["EC2.58", "ssm-contacts"],
      ["EC2.60", "ssm-incidents"],
    ] as const
  ).map(([id, service]) => ({
    controls: [`AWS ${id}`],
    that: `has an endpoint for ${service}`,
    change: endpointTo(service),
  })),
  {
    controls: ["AWS EC2.15"],
    that: "gives machines public addresses",
    change: changed(awsTypes.subnet, () => ({ mapPublicIpOnLaunch: true })),
  },
  {
    controls: ["AWS EC2.18", "AWS EC2.19", "CIS AWS 5.3", "CIS AWS 5.4"],
    that: "lets the internet in by SSH",
    change: fromAnywhere(22),
  },
  { controls: ["AWS EC2.19"], that: "lets the internet in by HTTPS", change: fromAnywhere(443) },
  { controls: ["CIS AWS 5.1.2"], that: "shares files with the internet", change: fromAnywhere(400, 500) },
  {
    controls: ["AWS EC2.20"],
    that: "leaves an end of a tunnel out",
    change: without(azureTypes.virtualNetworkGatewayConnection),
  },
  {
    controls: ["AWS EC2.171"],
    that: "does not log its second tunnels",
    change: changed(awsTypes.vpnConnection, () => ({ tunnel2LogOptions: null })),
  },
  {
    controls: ["AWS IAM.2", "AWS KMS.2", "CIS AWS 1.14", "CIS AWS 1.21"],
    that: "gives the user a policy",
    change: beside(awsTypes.user, "aws:iam/userPolicy:UserPolicy", ({ inputs }) => ({
      user: inputs["name"] ?? "",
    })),
  },
  {
    controls: ["AWS IAM.5", "CIS AWS 1.9", "CIS AWS 1.10"],
    that: "gives the user a password",
    change: beside(awsTypes.user, "aws:iam/userLoginProfile:UserLoginProfile", ({ inputs }) => ({
      user: inputs["name"] ?? "",
    })),
  },
  {
    controls: ["CIS AWS 1.12"],
    that: "gives the user a second key",
    change: beside(awsTypes.accessKey, awsTypes.accessKey, ({ inputs }) => inputs),
  },
  {
    controls: ["AWS SNS.4"],
    that: "opens the topic",
    change: beside(awsTypes.topic, awsTypes.topicPolicy, ({ id }) => ({
      arn: id,
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sns:Publish" }],
      }),
    })),
  },
  {
    controls: ["AWS CloudTrail.4", "CIS AWS 3.2"],
    that: "has a trail whose files nobody can check",
    change: changed(awsTypes.trail, () => ({ enableLogFileValidation: false })),
  },
  {
    controls: ["AWS CloudTrail.2", "CIS AWS 3.5"],
    that: "encrypts its trail by a key of its own",
    change: changed(awsTypes.trail, () => ({ kmsKeyId: "key" })),
  },
  {
    controls: ["AWS CloudTrail.5"],
    that: "writes its trail to CloudWatch Logs",
    change: changed(awsTypes.trail, () => ({ cloudWatchLogsGroupArn: "group" })),
  },
  {
    controls: ["CIS AWS 3.8", "CIS AWS 3.9"],
    that: "records object calls",
    change: beside(awsTypes.bucket, awsTypes.trail, (bucket) => ({
      advancedEventSelectors: [
        {
          fieldSelectors: [
            { field: "resources.type", equals: ["AWS::S3::Object"] },
            { field: "resources.ARN", startsWiths: [bucketArn(bucket)] },
          ],
        },
      ],
    })),
  },
  {
    controls: ["CIS Azure 6.1.1.5", "CIS Azure 7.5"],
    that: "logs the flows of its security group",
    change: flowLog(azureTypes.networkSecurityGroup),
  },
  {
    controls: ["CIS Azure 6.1.1.7", "CIS Azure 7.8"],
    that: "logs the flows of its network",
    change: flowLog(azureTypes.virtualNetwork),
  },
  {
    controls: ["CIS Azure 6.1.4"],
    that: "keeps every log",
    change: (stack) =>
      [
        azureTypes.virtualNetworkGateway,
        azureTypes.networkSecurityGroup,
        azureTypes.publicIPAddress,
        azureTypes.virtualNetwork,
      ].reduce(
        (all, type) =>
          beside(type, azureTypes.diagnosticSetting, ({ id }) => ({
            resourceUri: id,
            logs: [{ category: "all", enabled: true }],
          }))(all),
        stack,
      ),
  },
  {
    controls: ["CIS Azure 6.1.5"],
    that: "has a Basic gateway",
    change: changed(azureTypes.virtualNetworkGateway, () => ({ sku: { name: "Basic", tier: "Basic" } })),
  },
  {
    controls: ["CIS Azure 6.2"],
    that: "locks its resource group",
    change: beside(
      azureTypes.resourceGroup,
      "azure-native:authorization:ManagementLockByScope",
      ({ id }) => ({
        scope: id,
      }),
    ),
  },
  { controls: ["CIS Azure 7.1"], that: "lets the internet in by RDP", change: azureRule("3000-4000") },
  { controls: ["CIS Azure 7.2"], that: "lets the internet in by SSH", change: azureRule("22") },
  { controls: ["CIS Azure 7.3"], that: "lets the internet in by UDP", change: azureRule("53", "Udp") },
  { controls: ["CIS Azure 7.4"], that: "lets the internet in by HTTPS", change: azureRule("443", "*") },
  {
    controls: ["CIS Azure 7.9"],
    that: "takes clients with certificates",
    change: changed(azureTypes.virtualNetworkGateway, () => ({
      vpnClientConfiguration: { vpnAuthenticationTypes: ["Certificate", "AAD"] },
    })),
  },
  {
    controls: ["CIS Azure 7.11"],
    that: "takes the security group off its subnet",
    change: changed(azureTypes.subnet, () => ({ networkSecurityGroup: null })),
  },
  {
    controls: ["CIS Azure 8.5"],
    that: "is protected against floods",
    change: changed(azureTypes.virtualNetwork, () => ({ enableDdosProtection: true })),
  },
];
