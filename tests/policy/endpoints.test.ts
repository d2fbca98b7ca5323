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
const anybody = "the endpoint's policy allows s3:GetObject to anyone; name the principals";

describeRule(limitedEndpoints, [
  { that: "buckets, actions and principals by name", type, props: policy(allow) },
  {
    that: "a principal named as such",
    type,
    props: policy({ ...allow, Principal: { AWS: reader }, Condition: {} }),
  },
  {
    that: "a wide Deny beside them",
    type,
    props: policy(allow, { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }),
  },
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
    says: ["policy is not a policy document; write JSON with at least one statement"],
  },
  {
    that: "AWS's own default, which allows everything",
    type,
    props: policy({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }),
    says: [
      "the endpoint's policy allows *, which is too much; name the actions",
      "the endpoint's policy allows * on any bucket, so data can leave to somebody else's; name the buckets",
      "the endpoint's policy allows * to anyone; name the principals",
    ],
  },
  {
    that: "every action but a few",
    type,
    props: policy({ ...allow, Action: undefined, NotAction: "s3:DeleteObject" }),
    says: ["the endpoint's policy allows all but s3:DeleteObject, which is too much; name the actions"],
  },
  {
    that: "any bucket",
    type,
    props: policy({ ...allow, Resource: ["arn:aws:s3:::data/*", "arn:aws:s3:::*"] }),
    says: [
      "the endpoint's policy allows s3:GetObject on any bucket, so data can leave to somebody else's; name the buckets",
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
