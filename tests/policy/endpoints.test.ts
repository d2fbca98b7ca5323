import { limitedEndpoints, noPrivateDns } from "../../policy/rules/endpoints";
import type { Props } from "../../policy/values";
import { describeRule } from "./tables";

const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
const reader = "arn:aws:iam::123456789012:user/reader";

const allow = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::data/*",
  Condition: { ArnEquals: { "aws:PrincipalArn": reader } },
};

const policy = (...statements: readonly Props[]) => ({ policy: JSON.stringify({ Statement: statements }) });
const deny = { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };
const anyBucket = [
  "the endpoint's policy allows s3:GetObject on any bucket, so data can leave to somebody else's; name the buckets",
];
const anybody = "the endpoint's policy allows s3:GetObject to anyone; name the principals";

describeRule(limitedEndpoints, [
  { that: "buckets, actions and principals by name", type, props: policy(allow) },
  {
    that: "a principal named as such",
    type,
    props: policy({ ...allow, Principal: { AWS: reader }, Condition: {} }),
  },
  { that: "a wide Deny beside them", type, props: policy(allow, deny) },
  {
    that: "an Allow to everyone that a Deny takes from all but the reader",
    type,
    props: policy(
      { ...allow, Condition: {} },
      { ...deny, Condition: { ArnNotEquals: { "aws:PrincipalArn": reader } } },
    ),
  },
  {
    that: "an Allow of everything that a Deny takes from all but what is named",
    type,
    props: policy(
      { ...allow, Action: "*", Resource: "*" },
      { Effect: "Deny", Principal: "*", NotAction: "s3:GetObject", Resource: "*" },
      { Effect: "Deny", Principal: "*", Action: "*", NotResource: "arn:aws:s3:::data/*" },
    ),
  },
  {
    that: "buckets of one account",
    type,
    props: policy({
      ...allow,
      Resource: "*",
      Condition: { ...allow.Condition, StringEquals: { "aws:ResourceAccount": "123456789012" } },
    }),
  },
  ...(
    [
      [
        "whose conditions contradict each other",
        { StringEquals: { "aws:SourceVpce": "vpce-1" }, Null: { "aws:SourceVpce": "true" } },
      ],
      [
        "that wants an address, which no call through an endpoint has",
        { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
      ],
    ] as const
  ).map(([that, Condition]) => ({
    that: `an Allow of everything to everyone ${that}`,
    type,
    props: policy({ ...deny, Effect: "Allow", Condition }),
  })),
  {
    that: "no policy, in development as well",
    type,
    props: {},
    stack: "dev",
    says: ["policy is not set, so the endpoint leads to every bucket in S3; limit it to the stack's buckets"],
  },
  {
    that: "what is no policy",
    type,
    props: { policy: "allow" },
    says: ["the endpoint policy is no JSON; write it in a way that can be judged"],
  },
  {
    that: "AWS's own default, which allows everything",
    type,
    props: policy({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }),
    says: [
      "the endpoint's policy allows s3:ListBucketVersions, s3:GetObjectVersion, s3:GetObjectTagging and 172 more, which no reader needs; name the actions",
      "the endpoint's policy allows s3:ListBucket, s3:GetObject, s3:ListBucketVersions and 177 more on any bucket, so data can leave to somebody else's; name the buckets",
      "the endpoint's policy allows s3:ListBucket, s3:GetObject, s3:ListBucketVersions and 177 more to anyone; name the principals",
    ],
  },
  {
    that: "every action but a few",
    type,
    props: policy({ ...allow, Action: undefined, NotAction: "s3:DeleteObject" }),
    says: [
      "the endpoint's policy allows s3:GetObjectVersion, s3:GetObjectTagging, s3:ListMultipartUploadParts and 37 more, which no reader needs; name the actions",
    ],
  },
  {
    that: "any bucket",
    type,
    props: policy({ ...allow, Resource: ["arn:aws:s3:::data/*", "arn:aws:s3:::*"] }),
    says: anyBucket,
  },
  {
    that: "buckets by wildcard, which others can have as well",
    type,
    props: policy({ ...allow, Resource: "arn:aws:s3:::data-*/*" }),
    says: anyBucket,
  },
  {
    that: "any bucket but one",
    type,
    props: policy({ ...allow, Resource: undefined, NotResource: "arn:aws:s3:::data/*" }),
    says: anyBucket,
  },
  {
    that: "any account's buckets but one's",
    type,
    props: policy({
      ...allow,
      Resource: "*",
      Condition: { ...allow.Condition, StringNotEquals: { "aws:ResourceAccount": "123456789012" } },
    }),
    says: anyBucket,
  },
  {
    that: "one more action, by name",
    type,
    props: policy({ ...allow, Action: ["s3:GetObject", "s3:PutObjectTagging"] }),
    says: ["the endpoint's policy allows s3:PutObjectTagging, which no reader needs; name the actions"],
  },
  {
    that: "a Deny of everybody else that never applies",
    type,
    props: policy(
      { ...allow, Condition: {} },
      {
        ...deny,
        Condition: {
          ArnNotEquals: { "aws:PrincipalArn": reader },
          StringEquals: { "aws:SourceVpce": "vpce-1" },
        },
      },
    ),
    says: [anybody],
  },
  {
    that: "everybody whose ARN is not told",
    type,
    props: policy({ ...allow, Condition: { ArnEqualsIfExists: { "aws:PrincipalArn": reader } } }),
    says: [anybody],
  },
  {
    that: "everybody by NotPrincipal",
    type,
    props: policy({ ...allow, Principal: undefined, NotPrincipal: { AWS: reader } }),
    says: [
      "the endpoint policy (statement 1) has a NotPrincipal, which is not evaluated here; name the principals in a condition instead; write it in a way that can be judged",
    ],
  },
  {
    that: "anybody of the account",
    type,
    props: policy({ ...allow, Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/*" } } }),
    says: [anybody],
  },
  {
    that: "a condition on somebody else than the principal",
    type,
    props: policy({ ...allow, Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }),
    says: [anybody],
  },
  {
    that: "everybody but the reader",
    type,
    props: policy({ ...allow, Condition: { ArnNotEquals: { "aws:PrincipalArn": reader } } }),
    says: [anybody],
  },
]);

describeRule(noPrivateDns, [
  { that: "an endpoint with its own names", type, props: { privateDnsEnabled: false } },
  {
    that: "an endpoint that answers to S3's names",
    type,
    props: { privateDnsEnabled: true },
    says: [
      "privateDnsEnabled is true, which sends all S3 traffic of the VPC to this endpoint and needs a gateway endpoint (terraform-provider-aws #32407); set it to false",
    ],
  },
]);
