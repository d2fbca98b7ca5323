import {
  allow,
  allowed,
  anonymous,
  arn,
  denied,
  deny,
  type Example,
  notJudged,
  open,
  owner,
  service,
  user,
} from "./published";

const rights = "everything";
const fullControl = "bucket-owner-full-control";
const through = { endpointId: "vpce-1a2b3c4d", vpcId: "vpc-111bbb22" };
const gateway = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html";
const perimeter =
  "https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/resource_based_policies/s3_bucket_policy.json";
const perimeterEndpoint =
  "https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/vpc_endpoint_policies/s3_endpoint_policy.json";
const [partyA, partyB, balancer, stranger] = ["111122223333", "444455556666", "555555555555", "999999999999"];
const mine = (account: string) => user(account, "someone", { id: "o-mine", path: "o-mine/r-1/" });

const gatewayEndpoints: readonly Example[] = [
  ...(
    [
      [
        ["packages.*.amazonaws.com/*", "repo.*.amazonaws.com/*"],
        ["packages.us-west-1.amazonaws.com/a", "repo.us-west-1.amazonaws.com/a"],
      ],
      [["amazonlinux.*.amazonaws.com/*"], ["amazonlinux.us-west-1.amazonaws.com/a"]],
    ] as const
  ).map(([resources, objects]): Example => ({
    source: `${gateway}#vpc-endpoints-policies-s3`,
    bucket: [open],
    endpoint: [allow({ Principal: "*", Action: ["s3:GetObject"], Resource: arn(...resources) })],
    rows: [
      ...objects.map((name) => allowed(name, "s3:GetObject", name, { by: anonymous, through })),
      denied(`another bucket than ${resources.join()}`, "s3:GetObject", "data/a", { by: anonymous, through }),
      denied("an upload", "s3:PutObject", objects[0], { by: anonymous, through }),
    ],
  })),
  {
    source: gateway,
    bucket: [
      deny({
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
      }),
    ],
    rows: [
      denied("NotIpAddress always matches through an endpoint", "s3:GetObject", "data/a", {
        rights,
        through: { ...through, sourceIp: "10.1.2.3" },
      }),
    ],
  },
  {
    source: gateway,
    bucket: [
      deny({
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
      }),
    ],
    rows: [
      denied("IpAddress matches without one", "s3:GetObject", "data/a", { rights, from: "10.1.2.3" }),
      allowed("IpAddress never matches through an endpoint", "s3:GetObject", "data/a", {
        rights,
        through: { ...through, sourceIp: "10.1.2.3" },
      }),
    ],
  },
];

const trail =
  "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html";
const byTrail = { by: service("cloudtrail.amazonaws.com") };
const logs = (name: string) => `${name}/my-prefix/AWSLogs/${owner}/a`;

const deliveries: readonly Example[] = [
  {
    source: trail,
    bucket: [
      allow({
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:GetBucketAcl",
        Resource: arn("bucket-1"),
      }),
      allow({
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: arn(`bucket-1/my-prefix/AWSLogs/${owner}/*`),
        Condition: { StringEquals: { "s3:x-amz-acl": fullControl } },
      }),
    ],
    rows: [
      allowed("CloudTrail reads the ACL", "s3:GetBucketAcl", "bucket-1", byTrail),
      allowed("CloudTrail delivers", "s3:PutObject", logs("bucket-1"), { ...byTrail, acl: fullControl }),
      denied("without the ACL", "s3:PutObject", logs("bucket-1"), byTrail),
      denied("under another prefix", "s3:PutObject", `bucket-1/AWSLogs/${owner}/a`, {
        ...byTrail,
        acl: fullControl,
      }),
      denied("another service", "s3:PutObject", logs("bucket-1"), {
        by: service("config.amazonaws.com"),
        acl: fullControl,
      }),
    ],
  },
  {
    source: `${trail}#s3-bucket-policy-for-multiple-regions`,
    bucket: [
      allow({
        Principal: { AWS: ["arn:aws:iam::903692715234:root", "arn:aws:iam::035351147821:root"] },
        Action: "s3:GetBucketAcl",
        Resource: arn("bucket-1"),
      }),
    ],
    rows: [
      allowed("CloudTrail's account of a Region that is named", "s3:GetBucketAcl", "bucket-1", {
        by: user("903692715234"),
        rights,
      }),
      denied("of a Region that is not", "s3:GetBucketAcl", "bucket-1", { by: user("475085895292"), rights }),
    ],
  },
  {
    source:
      "https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-bucket-policy",
    bucket: [
      allow({
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: ["s3:PutObject"],
        Resource: arn("destination/logs*"),
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:s3:::source" },
          StringEquals: { "aws:SourceAccount": owner },
        },
      }),
    ],
    rows: [
      allowed("delivers the source's log", "s3:PutObject", "destination/logs/a", {
        by: service("logging.s3.amazonaws.com", { sourceAccount: owner, sourceArn: "arn:aws:s3:::source" }),
      }),
      denied("another bucket's log", "s3:PutObject", "destination/logs/a", {
        by: service("logging.s3.amazonaws.com", { sourceAccount: owner, sourceArn: "arn:aws:s3:::other" }),
      }),
      denied("another account's log", "s3:PutObject", "destination/logs/a", {
        by: service("logging.s3.amazonaws.com", {
          sourceAccount: stranger,
          sourceArn: "arn:aws:s3:::source",
        }),
      }),
      denied("beside the prefix", "s3:PutObject", "destination/a", {
        by: service("logging.s3.amazonaws.com", { sourceAccount: owner, sourceArn: "arn:aws:s3:::source" }),
      }),
    ],
  },
  {
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html#flow-logs-s3-permissions",
    bucket: [
      allow({
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: arn(`flow/AWSLogs/${owner}/*`),
        Condition: {
          StringEquals: { "aws:SourceAccount": owner, "s3:x-amz-acl": fullControl },
          ArnLike: { "aws:SourceArn": `arn:aws:logs:eu-west-1:${owner}:*` },
        },
      }),
      allow({
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["s3:GetBucketAcl", "s3:ListBucket"],
        Resource: arn("flow"),
        Condition: {
          StringEquals: { "aws:SourceAccount": owner },
          ArnLike: { "aws:SourceArn": `arn:aws:logs:eu-west-1:${owner}:*` },
        },
      }),
    ],
    rows: [
      ...["s3:GetBucketAcl", "s3:ListBucket"].map((action) =>
        allowed(action, action, "flow", { by: delivery(owner) }),
      ),
      allowed("delivers", "s3:PutObject", `flow/AWSLogs/${owner}/a`, {
        by: delivery(owner),
        acl: fullControl,
      }),
      denied("delivers without the ACL", "s3:PutObject", `flow/AWSLogs/${owner}/a`, { by: delivery(owner) }),
      denied("for another account", "s3:PutObject", `flow/AWSLogs/${owner}/a`, {
        by: delivery(stranger),
        acl: fullControl,
      }),
      denied("for another Region", "s3:PutObject", `flow/AWSLogs/${owner}/a`, {
        by: delivery(owner, "us-east-1"),
        acl: fullControl,
      }),
    ],
  },
];

function delivery(account: string, region = "eu-west-1") {
  return service("delivery.logs.amazonaws.com", {
    sourceAccount: account,
    sourceArn: `arn:aws:logs:${region}:${account}:delivery`,
  });
}

const perimeters: readonly Example[] = [
  {
    source: perimeter,
    bucket: [
      open,
      deny({
        Sid: "EnforceIdentityPerimeter",
        Principal: "*",
        Action: "s3:*",
        Resource: arn("data", "data/*"),
        Condition: {
          StringNotEqualsIfExists: {
            "aws:PrincipalOrgID": "o-mine",
            "aws:PrincipalAccount": [balancer, partyA, partyB],
          },
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      }),
    ],
    rows: [
      allowed("an identity of the organization", "s3:GetObject", "data/a", { by: mine(owner) }),
      allowed("an identity of its other account", "s3:GetObject", "data/a", { by: mine(stranger), rights }),
      ...[balancer, partyA, partyB].map((account) =>
        allowed(`the third party ${account}`, "s3:GetObject", "data/a", { by: user(account), rights }),
      ),
      allowed("a service of AWS", "s3:PutObject", "data/a", { by: service("cloudtrail.amazonaws.com") }),
      denied("an identity of no organization", "s3:GetObject", "data/a", { by: user(stranger), rights }),
      denied("an identity of another organization", "s3:GetObject", "data/a", {
        by: user(stranger, "x", { id: "o-other", path: "o-other/r-1/" }),
        rights,
      }),
      denied("no credentials", "s3:GetObject", "data/a", { by: anonymous }),
    ],
  },
  {
    source: perimeter,
    bucket: [
      deny({
        Sid: "EnforceNetworkPerimeter",
        Principal: "*",
        Action: "s3:*",
        Resource: arn("data", "data/*"),
        Condition: {
          NotIpAddressIfExists: { "aws:SourceIp": "198.51.100.0/24" },
          StringNotEqualsIfExists: {
            "aws:SourceVpc": "vpc-111bbb22",
            "aws:PrincipalTag/network-perimeter-exception": "true",
          },
        },
      }),
    ],
    rows: notJudged("aws:PrincipalTag/network-perimeter-exception"),
  },
  {
    source: perimeterEndpoint,
    endpoint: [
      allow({
        Principal: { AWS: "*" },
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-mine", "aws:ResourceOrgID": "o-mine" } },
      }),
    ],
    rows: notJudged("aws:ResourceOrgID"),
  },
  {
    source: perimeterEndpoint,
    bucket: [open],
    endpoint: [
      allow({
        Sid: "AllowRequestsByAWSServicePrincipals",
        Principal: { AWS: "*" },
        Action: "*",
        Resource: "*",
        Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } },
      }),
      allow({
        Sid: "AllowRequestsToAWSOwnedResources",
        Principal: { AWS: "*" },
        Action: ["s3:GetObject"],
        Resource: arn("al2023-eu-west-1/*", "aws-ssm-eu-west-1/*"),
      }),
      allow({
        Sid: "AllowRequestsByThirdPartyIdentitiesToThirdPartyResources",
        Principal: { AWS: "*" },
        Action: "s3:PutObject",
        Resource: arn("theirs/*"),
        Condition: {
          StringEquals: {
            "aws:PrincipalAccount": [partyA, partyB],
            "aws:ResourceAccount": [partyA, partyB],
          },
        },
      }),
      allow({
        Sid: "AllowRequestsByOrgsIdentitiesToThirdPartyResources",
        Principal: { AWS: "*" },
        Action: "s3:GetObject",
        Resource: arn("theirs/*"),
        Condition: {
          StringEquals: { "aws:PrincipalOrgID": "o-mine", "aws:ResourceAccount": [partyA, partyB] },
        },
      }),
    ],
    rows: [
      allowed("a service of AWS", "s3:PutObject", "data/a", {
        by: service("cloudtrail.amazonaws.com"),
        through,
      }),
      allowed("anybody reads AWS's packages", "s3:GetObject", "al2023-eu-west-1/a", {
        by: user(owner),
        rights,
        owner: stranger,
        through,
      }),
      denied("anybody writes there", "s3:PutObject", "al2023-eu-west-1/a", {
        by: user(owner),
        rights,
        owner: stranger,
        through,
      }),
      allowed("a third party uploads to its own", "s3:PutObject", "theirs/a", {
        by: user(partyA),
        owner: partyA,
        through,
      }),
      denied("a third party uploads to another's", "s3:PutObject", "theirs/a", {
        by: user(partyA),
        rights,
        owner: stranger,
        through,
      }),
      allowed("the organization reads a third party's", "s3:GetObject", "theirs/a", {
        by: mine(owner),
        rights,
        owner: partyB,
        through,
      }),
      denied("a stranger reads a third party's", "s3:GetObject", "theirs/a", {
        by: user(stranger),
        rights,
        owner: partyB,
        through,
      }),
      denied("the organization uploads to a stranger's", "s3:PutObject", "stolen/a", {
        by: mine(owner),
        rights,
        owner: stranger,
        through,
      }),
    ],
  },
];

export const serviceGuides: readonly Example[] = [...gatewayEndpoints, ...deliveries, ...perimeters];
