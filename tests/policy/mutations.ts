import type { Props } from "../../policy/values";
import type { RecordedStackResource } from "./recorded";

export interface Mutation {
  /** The rule that must refuse it. */
  readonly rule: string;
  /** What refuses it as well: who gets in against the promise is refused whichever rule names the cause. */
  readonly also?: readonly ["promised-access"];
  readonly that: string;
  /** The recorded stack that is changed. */
  readonly stack?: "dev" | "prod";
  readonly mutate: (resources: readonly RecordedStackResource[]) => readonly RecordedStackResource[];
}

/** Changes the inputs of the resources of this logical name. */
function set(name: string, change: (props: Props) => Props): Mutation["mutate"] {
  return (resources) =>
    resources.map((resource) =>
      resource.name === name
        ? { ...resource, props: { ...resource.props, ...change(resource.props) } }
        : resource,
    );
}

function edit(
  name: string,
  change: (resource: RecordedStackResource) => Partial<RecordedStackResource>,
): Mutation["mutate"] {
  return (resources) =>
    resources.map((resource) => (resource.name === name ? { ...resource, ...change(resource) } : resource));
}

function remove(name: string): Mutation["mutate"] {
  return (resources) => resources.filter((resource) => resource.name !== name);
}

/** A resource that somebody adds beside the recorded ones. */
function add(type: string, props: Props): Mutation["mutate"] {
  return (resources) => [
    ...resources,
    {
      urn: `urn:pulumi:prod::azure-s3-privatelink::${type}::added`,
      type,
      name: "added",
      props,
      outputs: {},
      additionalSecretOutputs: [],
      parentType: undefined,
      madeOf: {},
    },
  ];
}

const hardened = {
  securityProfile: {
    securityType: "TrustedLaunch",
    uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
  },
};

function editPolicy(
  name: string,
  change: (statements: readonly Props[]) => readonly Props[],
): Mutation["mutate"] {
  return set(name, ({ policy }) => {
    const document = JSON.parse(policy as string) as { Statement: readonly Props[] };
    return { policy: JSON.stringify({ ...document, Statement: change(document.Statement) }) };
  });
}

const without = (sid: string) => (statements: readonly Props[]) =>
  statements.filter(({ Sid }) => Sid !== sid);

function changeCondition(sid: string, change: (conditions: Props) => Props) {
  return (statements: readonly Props[]) =>
    statements.map((one) =>
      one["Sid"] === sid ? { ...one, Condition: change(one["Condition"] as Props) } : one,
    );
}

function readerIn(statement: Props): string {
  return (statement["Principal"] as Props)["AWS"] as string;
}

function resourceOf(statements: readonly Props[], sid: string): string {
  return statements.find((one) => one["Sid"] === sid)?.["Resource"] as string;
}

const tags = { tags: { project: "p", stack: "prod", environment: "production", owner: "me" } };

export const mutations: readonly Mutation[] = [
  {
    rule: "no-public-buckets",
    that: "a block of public access with a hole",
    mutate: set("s3-reports-public-access", () => ({ ignorePublicAcls: false })),
  },
  {
    rule: "no-public-buckets",
    stack: "dev",
    that: "an ACL on the sample object",
    mutate: set("s3-data-sample", () => ({ acl: "public-read" })),
  },
  {
    rule: "no-public-buckets",
    that: "ACLs in force",
    mutate: set("s3-uploads-ownership", () => ({ rule: { objectOwnership: "BucketOwnerPreferred" } })),
  },
  ...["public-access", "ownership", "versioning", "encryption"].map((companion) => ({
    rule: "guarded-buckets",
    that: `a bucket without its ${companion}`,
    mutate: remove(`s3-uploads-${companion}`),
  })),
  {
    rule: "guarded-buckets",
    also: ["promised-access"],
    that: "a bucket without its policy",
    mutate: remove("s3-uploads-policy"),
  },
  {
    rule: "guarded-buckets",
    that: "a companion that stands beside the other bucket",
    mutate: edit("s3-uploads-versioning", ({ madeOf }) => ({
      madeOf: {
        ...madeOf,
        bucket: [...(madeOf["bucket"] ?? [])].map((urn) => urn.replace("uploads", "reports")),
      },
    })),
  },
  {
    rule: "tls-only-buckets",
    also: ["promised-access"],
    that: "a policy that lets plain requests in",
    mutate: editPolicy("s3-uploads-policy", without("DenyInsecureTransport")),
  },
  {
    rule: "named-principals",
    also: ["promised-access"],
    stack: "dev",
    that: "a policy that lets everybody read through the endpoint",
    mutate: editPolicy("s3-data-policy", (statements) =>
      statements.map((statement) =>
        statement["Effect"] === "Allow" ? { ...statement, Principal: "*" } : statement,
      ),
    ),
  },
  {
    rule: "confined-services",
    also: ["promised-access"],
    that: "access logs of anybody's buckets",
    // An enforced perimeter would stop them.
    stack: "dev",
    mutate: editPolicy("s3-data-policy", (statements) => [
      ...statements,
      {
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: resourceOf(statements, "AllowReaderToGetThroughEndpoint"),
      },
    ]),
  },
  {
    rule: "data-inside-perimeter",
    also: ["promised-access"],
    that: "a policy without the perimeter",
    mutate: editPolicy("s3-reports-policy", without("DenyDataOutsideEndpoint")),
  },
  ...(
    [
      ["a perimeter that never applies", { StringEquals: { "aws:SourceVpc": "vpc-0999" } }],
      ["a perimeter with everybody exempt", { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:*" } }],
      ["a perimeter with a second endpoint", { StringNotEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } }],
    ] as const
  ).map(([that, conditions]) => ({
    rule: "data-inside-perimeter",
    also: ["promised-access"],
    that,
    mutate: editPolicy("s3-reports-policy", (statements) =>
      statements.map((one) =>
        one["Sid"] === "DenyDataOutsideEndpoint"
          ? { ...one, Condition: { ...(one["Condition"] as Props), ...conditions } }
          : one,
      ),
    ),
  })),
  ...["s3:DeleteObject", "s3:ListBucket*", "s3:PutReplicationConfiguration"].map((action) => ({
    rule: "data-inside-perimeter",
    also: ["promised-access"],
    that: `a perimeter that leaves ${action}`,
    mutate: editPolicy("s3-reports-policy", (statements) =>
      statements.map((one) =>
        one["Sid"] === "DenyDataOutsideEndpoint"
          ? { ...one, NotAction: [...(one["NotAction"] as readonly string[]), action] }
          : one,
      ),
    ),
  })),
  ...["s3:PutObjectTagging", "s3:GetObjectVersion", "s3:*"].map((action) => ({
    rule: "limited-readers",
    also: ["promised-access"],
    that: `one more action for the reader, ${action}`,
    mutate: editPolicy("s3-reports-policy", (statements) =>
      statements.map((one) =>
        one["Sid"] === "AllowReaderToGetThroughEndpoint" ? { ...one, Action: ["s3:GetObject", action] } : one,
      ),
    ),
  })),
  ...(
    [
      ["a reader that is shut out", without("AllowReaderToListThroughEndpoint")],
      [
        "one more reader by name",
        (statements: readonly Props[]) =>
          statements.map((one) =>
            one["Effect"] === "Allow"
              ? { ...one, Principal: { AWS: [readerIn(one), "arn:aws:iam::123456789012:user/kim"] } }
              : one,
          ),
      ],
      [
        "one more principal exempt by name",
        changeCondition("DenyDataOutsideEndpoint", ({ ArnNotLike, ...others }) => ({
          ...others,
          ArnNotLike: {
            "aws:PrincipalArn": [
              ...((ArnNotLike as Props)["aws:PrincipalArn"] as readonly string[]),
              "arn:aws:iam::123456789012:role/kim",
            ],
          },
        })),
      ],
      [
        "a deployer that is no longer exempt",
        changeCondition("DenyDataOutsideEndpoint", (conditions) => ({
          ...conditions,
          ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/break-glass" },
        })),
      ],
      [
        "writing, where the stack promises reading",
        (statements: readonly Props[]) =>
          statements.map((one) =>
            one["Sid"] === "AllowReaderToGetThroughEndpoint"
              ? { ...one, Action: ["s3:GetObject", "s3:PutObject"] }
              : one,
          ),
      ],
      [
        "a reader that needs another VPC as well",
        changeCondition("AllowReaderToGetThroughEndpoint", ({ StringEquals }) => ({
          StringEquals: { ...(StringEquals as Props), "aws:SourceVpc": "vpc-0aaaaaaaaaaaaaaaa" },
        })),
      ],
    ] as const
  ).map(([that, change]) => ({
    rule: "promised-access",
    that,
    mutate: editPolicy("s3-reports-policy", change),
  })),
  {
    rule: "promised-access",
    stack: "dev",
    that: "an endpoint that shuts the reader out",
    mutate: editPolicy("s3-endpoint", without("AllowReaderToGet")),
  },
  {
    rule: "promised-access",
    that: "an endpoint that lets the reader write where the stack promises reading",
    mutate: editPolicy("s3-endpoint", (statements) =>
      statements.map((one) => ({ ...one, Action: ["s3:ListBucket", "s3:GetObject", "s3:PutObject"] })),
    ),
  },
  {
    rule: "versioned-buckets",
    that: "versions suspended",
    mutate: set("s3-reports-versioning", () => ({ versioningConfiguration: { status: "Suspended" } })),
  },
  {
    rule: "encrypted-buckets",
    stack: "dev",
    that: "no cipher",
    mutate: set("s3-data-encryption", () => ({ rules: [] })),
  },
  {
    rule: "kept-buckets",
    that: "a bucket that goes with its data",
    mutate: set("s3-reports", () => ({ forceDestroy: true })),
  },
  {
    rule: "limited-endpoints",
    also: ["promised-access"],
    that: "an endpoint without policy",
    mutate: set("s3-endpoint", () => ({ policy: undefined })),
  },
  {
    rule: "limited-endpoints",
    also: ["promised-access"],
    stack: "dev",
    that: "an endpoint to any bucket",
    mutate: editPolicy("s3-endpoint", (statements) =>
      statements.map((statement) => ({ ...statement, Resource: "*" })),
    ),
  },
  {
    rule: "no-private-dns",
    that: "an endpoint that answers to S3's names",
    mutate: set("s3-endpoint", () => ({ privateDnsEnabled: true })),
  },
  {
    rule: "no-open-ingress",
    stack: "dev",
    that: "the internet at the endpoint",
    mutate: set("s3-https-from-azure", () => ({ cidrIpv4: "0.0.0.0/0" })),
  },
  {
    rule: "no-open-ingress",
    that: "the internet at the clients",
    mutate: set("azure-client-security-group", ({ securityRules }) => ({
      securityRules: [
        ...(securityRules as readonly Props[]),
        {
          name: "Ssh",
          direction: "Inbound",
          access: "Allow",
          priority: 300,
          protocol: "Tcp",
          sourceAddressPrefix: "Internet",
          sourcePortRange: "*",
          destinationAddressPrefix: "*",
          destinationPortRange: "22",
        },
      ],
    })),
  },
  {
    rule: "final-denials",
    that: "a security group that denies AWS alone",
    mutate: set("azure-client-security-group", ({ securityRules }) => ({
      securityRules: (securityRules as readonly Props[]).map((rule) =>
        rule["name"] === "DenyOtherOut" ? { ...rule, destinationAddressPrefix: "10.0.0.0/24" } : rule,
      ),
    })),
  },
  {
    rule: "private-networks",
    that: "an internet gateway",
    mutate: add("aws:ec2/internetGateway:InternetGateway", tags),
  },
  {
    rule: "private-networks",
    that: "Azure's default way out",
    mutate: set("azure-client-subnet", () => ({ defaultOutboundAccess: true })),
  },
  {
    rule: "nothing-of-others",
    that: "a VPC of its own beside the one that it joins",
    mutate: (resources) =>
      resources.map((one) =>
        one.type === "pulumi:pulumi:Stack"
          ? { ...one, outputs: { ...one.outputs, joined: { awsVpcId: "vpc-0123456789abcdef0" } } }
          : one,
      ),
  },
  {
    rule: "strong-ipsec",
    that: "SHA1 in one tunnel",
    mutate: set("vpn-aws-connection2", () => ({ tunnel1Phase1IntegrityAlgorithms: ["SHA2-384", "SHA1"] })),
  },
  {
    rule: "strong-ipsec",
    that: "an Azure policy without forward secrecy",
    mutate: set("vpn-tunnel3-azure-connection", ({ ipsecPolicies }) => ({
      ipsecPolicies: (ipsecPolicies as readonly Props[]).map((policy) => ({ ...policy, pfsGroup: "None" })),
    })),
  },
  {
    rule: "pinned-ipsec",
    that: "a connection left to Azure's defaults",
    mutate: set("vpn-tunnel4-azure-connection", () => ({ ipsecPolicies: [] })),
  },
  {
    rule: "no-basic-gateway",
    that: "a Basic gateway",
    mutate: set("vpn-azure-gateway", () => ({ sku: { name: "Basic", tier: "Basic" } })),
  },
  {
    rule: "encrypted-tunnel-keys",
    stack: "dev",
    that: "a key in the clear in the state",
    mutate: edit("vpn-tunnel1-azure-connection", () => ({ additionalSecretOutputs: [] })),
  },
  {
    rule: "generated-tunnel-keys",
    that: "a key that was typed in",
    mutate: edit("vpn-tunnel2-azure-connection", ({ madeOf }) => ({ madeOf: { ...madeOf, sharedKey: [] } })),
  },
  {
    rule: "kept-records",
    // The bucket's policy then lets in a service that delivers nothing.
    also: ["promised-access"],
    that: "a VPC without flow logs",
    mutate: remove("logs-flow"),
  },
  {
    rule: "kept-records",
    that: "a data bucket without access logs",
    mutate: remove("s3-reports-logging"),
  },
  {
    rule: "kept-records",
    that: "a trail that leaves out a data bucket",
    mutate: edit("audit-trail", ({ madeOf }) => ({
      madeOf: {
        ...madeOf,
        advancedEventSelectors: (madeOf["advancedEventSelectors"] ?? []).filter(
          (urn) => !urn.endsWith("::s3-reports"),
        ),
      },
    })),
  },
  {
    rule: "watched-links",
    that: "an AWS connection that no alarm watches",
    mutate: (resources) =>
      ["alarms-aws-tunnel3", "alarms-aws-tunnel4", "alarms-aws-connection2"].reduce(
        (rest, name) => remove(name)(rest),
        resources,
      ),
  },
  {
    rule: "watched-links",
    that: "alerts on another gateway",
    mutate: (resources) =>
      resources.map((resource) =>
        resource.type === "azure-native:monitor:MetricAlert" ? { ...resource, madeOf: {} } : resource,
      ),
  },
  {
    rule: "hidden-machine-secrets",
    that: "a machine that shows its start in the state",
    mutate: add("azure-native:compute:VirtualMachine", { ...tags, ...hardened }),
  },
  {
    rule: "hardened-machines",
    that: "a machine with a password",
    mutate: (resources) =>
      add("azure-native:compute:VirtualMachine", { ...tags, ...hardened, osProfile: { adminPassword: "p" } })(
        resources,
      ).map((one) => (one.name === "added" ? { ...one, additionalSecretOutputs: ["osProfile"] } : one)),
  },
  {
    rule: "private-networks",
    that: "a machine with a public address",
    mutate: add("azure-native:network:NetworkInterface", {
      ...tags,
      ipConfigurations: [{ publicIPAddress: { id: "ip" } }],
    }),
  },
  {
    rule: "logged-tunnels",
    that: "a silent tunnel",
    mutate: set("vpn-aws-connection1", () => ({ tunnel2LogOptions: undefined })),
  },
  {
    rule: "logged-tunnels",
    that: "logs kept for a week",
    mutate: set("vpn-aws-logs", () => ({ retentionInDays: 7 })),
  },
  {
    rule: "users-without-rights",
    that: "a policy of the reader's own",
    mutate: add("aws:iam/userPolicy:UserPolicy", { user: "s3-reader" }),
  },
  {
    rule: "keys-for-readers-only",
    that: "a key for somebody else",
    mutate: add("aws:iam/accessKey:AccessKey", { user: "somebody" }),
  },
  {
    rule: "required-tags",
    that: "a bucket that is nobody's",
    mutate: set("s3-reports", () => ({ tags: { project: "p", stack: "prod" } })),
  },
];
