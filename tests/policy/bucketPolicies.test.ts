import {
  confinedServices,
  dataInsidePerimeter,
  limitedReaders,
  namedPrincipals,
  tlsOnlyBuckets,
} from "../../policy/rules/bucketPolicies";
import type { Props } from "../../policy/values";
import { describeRule, type Row } from "./tables";

const type = "aws:s3/bucketPolicy:BucketPolicy";
const both = ["arn:aws:s3:::data", "arn:aws:s3:::data/*"];
const reader = "arn:aws:iam::123456789012:user/reader";

const denyPlain = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: both,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

const denyOutside = {
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: "s3:*",
  Resource: both,
  Condition: {
    StringNotEquals: { "aws:SourceVpce": "vpce-1" },
    ArnNotLike: { "aws:PrincipalArn": [reader] },
  },
};

const allowReader = { Effect: "Allow", Principal: { AWS: reader }, Action: "s3:GetObject", Resource: both };

const policy = (...statements: readonly Props[]) => ({
  bucket: "data",
  policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
});

const noJson = "the bucket policy is no JSON; write it in a way that can be judged";
const notPrincipal =
  "the bucket policy (statement 1) has a NotPrincipal, which is not evaluated here; name the principals in a condition instead; write it in a way that can be judged";
const plain =
  "the policy allows requests without TLS; add a Deny of s3:* to everyone on the bucket and its objects where aws:SecureTransport is false";

describeRule(tlsOnlyBuckets, [
  { that: "a refusal of plain requests", type, props: policy(allowReader, denyPlain) },
  {
    that: "it in a statement that stands alone",
    type,
    props: { bucket: "data", policy: { Statement: denyPlain } },
  },
  {
    that: "it for bucket and objects in two statements",
    type,
    props: policy(...both.map((Resource) => ({ ...denyPlain, Resource }))),
  },
  {
    that: "it for everything, and with a boolean",
    type,
    props: policy({
      ...denyPlain,
      Resource: "*",
      Action: "*",
      Condition: { Bool: { "AWS:SecureTransport": false } },
    }),
  },
  { that: "a policy without it", type, props: policy(allowReader), says: [plain] },
  {
    that: "it for the bucket without its objects",
    type,
    props: policy({ ...denyPlain, Resource: both[0] }),
    says: [plain],
  },
  { that: "it for another bucket", type, props: { ...policy(denyPlain), bucket: "other" }, says: [plain] },
  {
    that: "it for reading only",
    type,
    props: policy({ ...denyPlain, Action: "s3:GetObject" }),
    says: [plain],
  },
  {
    that: "it for the reader only",
    type,
    props: policy({ ...denyPlain, Principal: { AWS: reader } }),
    says: [plain],
  },
  {
    that: "it for everyone but the reader",
    type,
    props: policy({
      Effect: "Deny",
      NotPrincipal: "*",
      Action: "s3:*",
      Resource: both,
      Condition: denyPlain.Condition,
    }),
    says: [notPrincipal],
  },
  {
    that: "it under a second condition, which lets some through",
    type,
    props: policy({
      ...denyPlain,
      Condition: { ...denyPlain.Condition, StringEquals: { "aws:SourceVpce": "vpce-1" } },
    }),
    says: [plain],
  },
  {
    that: "a refusal of TLS",
    type,
    props: policy({ ...denyPlain, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    says: [plain],
  },
  { that: "an Allow in its place", type, props: policy({ ...denyPlain, Effect: "Allow" }), says: [plain] },
  { that: "what is no JSON", type, props: { bucket: "data", policy: "{" }, stack: "dev", says: [noJson] },
]);

const endpoint = { StringEquals: { "aws:SourceVpce": "vpce-1" } };
const unnamed = (whom: string, action = "s3:GetObject") => [
  `the policy allows ${action} to ${whom}; name the principals`,
];

describeRule(namedPrincipals, [
  { that: "a user by name", type, props: policy(allowReader) },
  { that: "a Deny to everyone", type, props: policy(denyPlain) },
  {
    that: "a user by a condition",
    type,
    props: policy({
      ...allowReader,
      Principal: "*",
      Condition: { ArnEquals: { "aws:PrincipalArn": reader } },
    }),
  },
  {
    that: "one session of a role",
    type,
    props: policy({
      ...allowReader,
      Principal: { AWS: "arn:aws:sts::123456789012:assumed-role/app/session" },
    }),
  },
  {
    that: "an Allow to everyone that another statement takes from all but the reader",
    type,
    props: policy(
      { ...allowReader, Principal: "*" },
      {
        ...{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" },
        Condition: { ArnNotEquals: { "aws:PrincipalArn": reader } },
      },
    ),
  },
  ...(
    [
      [
        "whose conditions contradict each other",
        { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" }, Null: { "aws:SourceVpce": "true" } } },
      ],
      ["of an action that is not done to what it names", { Resource: both[0] }],
      ["on another bucket", { Resource: "arn:aws:s3:::other/*" }],
      ["of no action of S3", { Action: "ec2:*" }],
      ["of what is left of S3 after all of it", { Action: undefined, NotAction: "s3:*" }],
      ["of what is left after every resource", { Resource: undefined, NotResource: "*" }],
    ] as const
  ).map(([that, change]) => ({
    that: `an Allow to everyone ${that}`,
    type,
    props: policy({ ...allowReader, Principal: "*", Resource: both[1], ...change }),
  })),
  {
    that: "an Allow to everyone, even through the endpoint",
    type,
    props: policy({ ...allowReader, Principal: "*", Condition: endpoint }),
    says: unnamed("anybody"),
  },
  {
    that: "an Allow to every AWS customer",
    type,
    props: policy({ ...allowReader, Principal: { AWS: ["*"] } }),
    stack: "dev",
    says: unnamed("anybody"),
  },
  {
    that: "an Allow to everyone under a condition that a request without the key passes",
    type,
    props: policy({
      ...allowReader,
      Principal: "*",
      Condition: { ArnEqualsIfExists: { "aws:PrincipalArn": reader } },
    }),
    says: unnamed("anybody"),
  },
  {
    that: "an Allow to everyone under a condition on another key as well, which names nobody",
    type,
    props: policy({
      ...allowReader,
      Principal: "*",
      Condition: { StringEquals: { "aws:SourceVpce": "vpce-1", "aws:SourceVpc": "vpc-2" } },
    }),
    says: unnamed("anybody"),
  },
  {
    that: "an Allow to everyone but the reader",
    type,
    props: policy({
      ...allowReader,
      Principal: "*",
      Condition: { ArnNotEquals: { "aws:PrincipalArn": reader } },
    }),
    says: unnamed("anybody"),
  },
  {
    that: "an Allow to roles by wildcard",
    type,
    props: policy({
      ...allowReader,
      Principal: "*",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/app-*" } },
    }),
    says: unnamed("arn:aws:iam::123456789012:role/app-any"),
  },
  ...(
    [
      ["an account", { Principal: { AWS: "999999999999" } }],
      ["an account by its root", { Principal: { AWS: "arn:aws:iam::999999999999:root" } }],
      [
        "an account by a condition",
        { Principal: "*", Condition: { StringEquals: { "aws:PrincipalAccount": "999999999999" } } },
      ],
    ] as const
  ).map(([that, change]) => ({
    that: `an Allow to ${that}`,
    type,
    props: policy({ ...allowReader, ...change }),
  })),
  {
    that: "an Allow to an organisation",
    type,
    props: policy({
      ...allowReader,
      Principal: "*",
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
    }),
    says: unnamed("anybody in o-1/r-any/ou-any/"),
  },
  {
    that: "an Allow to any service",
    type,
    props: policy({
      ...allowReader,
      Principal: "*",
      Condition: { StringLike: { "aws:PrincipalServiceName": "*.amazonaws.com" } },
    }),
    says: unnamed("any.amazonaws.com"),
  },
  {
    that: "an Allow of all but a few actions to everyone",
    type,
    props: policy({
      ...{ Effect: "Allow", Principal: "*", Resource: both[0] },
      NotAction: ["s3:Get*", "s3:Put*", "s3:Delete*", "s3:*Configuration"],
      Condition: endpoint,
    }),
    says: unnamed(
      "anybody",
      "s3:ListBucket, s3:ListBucketVersions, s3:AllowVendedLogDeliveryForResource and 6 more",
    ),
  },
  {
    that: "an Allow to everyone else",
    type,
    props: policy({
      Effect: "Allow",
      NotPrincipal: { AWS: reader },
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: both,
    }),
    says: [notPrincipal],
  },
  {
    that: "a document without statements",
    type,
    props: { policy: '{"Version":"2012-10-17"}' },
    says: ["the bucket policy has no object for statement 1; write it in a way that can be judged"],
  },
]);

const own = { StringEquals: { "aws:SourceAccount": "123456789012" } };
const takeLogs = {
  Effect: "Allow",
  Principal: { Service: "logging.s3.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::data/access/*",
  Condition: own,
};
const checkOwner = {
  ...takeLogs,
  Principal: { Service: "delivery.logs.amazonaws.com" },
  Action: "s3:GetBucketAcl",
  Resource: both[0],
};
const takeLogsOpen = { ...takeLogs, Condition: {} };
const denyOthers = {
  ...{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: both },
  Condition: { StringNotEquals: own.StringEquals },
};
const anybodys =
  "the policy allows s3:PutObject to logging.s3.amazonaws.com for any customer of AWS; name the account in a condition on aws:SourceAccount";

describeRule(confinedServices, [
  { that: "a service for one account", type, props: policy(takeLogs, checkOwner, denyPlain) },
  {
    that: "a service for one source",
    type,
    props: policy({ ...takeLogs, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::data" } } }),
  },
  {
    that: "a service for the sources of one account",
    type,
    props: policy({
      ...takeLogs,
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:logs:*:123456789012:*" } },
    }),
  },
  {
    that: "a service for an organisation",
    type,
    props: policy({ ...takeLogs, Condition: { StringEquals: { "aws:SourceOrgID": "o-1" } } }),
  },
  { that: "no service at all", type, props: policy(allowReader) },
  ...(
    [
      ["everybody else's account is denied", [takeLogsOpen, denyOthers]],
      [
        "no service can meet its condition",
        [{ ...takeLogsOpen, Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }],
      ],
      ["its statement is about another bucket", [{ ...takeLogsOpen, Resource: "arn:aws:s3:::other/*" }]],
      ["its action is not done to what it names", [{ ...takeLogsOpen, Resource: both[0] }]],
      ["a Deny takes all of it away", [takeLogsOpen, { ...denyOthers, Condition: {} }]],
    ] as const
  ).map(([that, statements]) => ({
    that: `a service for anybody where ${that}`,
    type,
    props: policy(...statements),
  })),
  ...(
    [
      ["the sources of any account", { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:logs:*:*:*" } } }],
      [
        "buckets by wildcard, which others can have as well",
        { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::data-*" } } },
      ],
      ["anybody whose account is told", { Condition: { Null: { "aws:SourceAccount": "false" } } }],
      [
        "anybody, by a condition that is always met",
        { Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } } },
      ],
      [
        "anybody, named by a condition",
        {
          Principal: "*",
          Condition: { StringEquals: { "aws:PrincipalServiceName": "logging.s3.amazonaws.com" } },
        },
      ],
      ["anybody outside an organisation", { Condition: { StringNotEquals: { "aws:SourceOrgID": "o-1" } } }],
    ] as const
  ).map(([that, change]) => ({
    that: `a service for ${that}`,
    type,
    props: policy({ ...takeLogs, ...change }),
    says: [anybodys],
  })),
  {
    that: "a service for anybody where the Deny of others has a second condition, which lets some through",
    type,
    props: policy(takeLogsOpen, {
      ...denyOthers,
      Condition: { ...denyOthers.Condition, Bool: { "aws:SecureTransport": "false" } },
    }),
    says: [anybodys],
  },
  {
    that: "a service for anybody",
    type,
    props: policy({ ...takeLogs, Condition: {} }),
    stack: "dev",
    says: [anybodys],
  },
  {
    that: "a service for any account by name",
    type,
    props: policy({ ...takeLogs, Condition: { StringLike: { "aws:SourceAccount": "*" } } }),
    says: [anybodys],
  },
  {
    that: "a service for anybody but one account",
    type,
    props: policy({ ...takeLogs, Condition: { StringNotEquals: own.StringEquals } }),
    says: [anybodys],
  },
  {
    that: "a service for anybody who tells no account",
    type,
    props: policy({ ...takeLogs, Condition: { StringEqualsIfExists: own.StringEquals } }),
    says: [anybodys],
  },
  {
    that: "a service for anybody beside a user",
    type,
    props: policy({
      ...takeLogs,
      Principal: { AWS: reader, Service: "logging.s3.amazonaws.com" },
      Condition: {},
    }),
    says: [anybodys],
  },
  { that: "no document", type, props: { policy: "" }, says: [noJson] },
]);

const open =
  "the policy lets the account's administrators, or AWS services, reach the data or change what could reveal it from anywhere; set perimeter to enforced";

describeRule(dataInsidePerimeter, [
  { that: "a Deny of everything past the endpoint", type, props: policy(allowReader, denyOutside) },
  {
    that: "a Deny of all but reading the configuration and repairing the policy",
    type,
    props: policy(allowReader, {
      ...denyOutside,
      Action: undefined,
      NotAction: ["s3:GetBucket*", "s3:Get*Configuration", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
    }),
  },
  { that: "a policy without it, in development", type, props: policy(allowReader), stack: "dev" },
  { that: "a policy without it", type, props: policy(allowReader), says: [open] },
  {
    that: "a policy without it that lets services put logs, and nobody anything else",
    type,
    props: policy(takeLogs, checkOwner, denyPlain),
  },
  {
    that: "a policy that lets a reader in beside them",
    type,
    props: policy(takeLogs, allowReader),
    says: [open],
  },
  {
    that: "a policy that lets them read",
    type,
    props: policy(takeLogs, { ...checkOwner, Action: "s3:GetObject", Resource: both[1] }),
    says: [open],
  },
  {
    that: "a policy that lets them read what can never be read",
    type,
    props: policy(takeLogs, { ...checkOwner, Action: "s3:GetObject", Resource: both[0] }),
  },
  {
    that: "a policy that lets services put logs, and a reader where nobody can",
    type,
    props: policy(takeLogs, { ...allowReader, Resource: "arn:aws:s3:::other/*" }),
  },
  {
    that: "a policy that lets services put logs into another bucket only",
    type,
    props: policy({ ...takeLogs, Resource: "arn:aws:s3:::other/*" }),
    says: [open],
  },
  {
    that: "a policy that lets another service in",
    type,
    props: policy(takeLogs, { ...takeLogs, Principal: { Service: "backup.amazonaws.com" } }),
    says: [open],
  },
  { that: "a policy that lets nobody in", type, props: policy(denyPlain), says: [open] },
  {
    that: "it for single versions only",
    type,
    props: policy({ ...denyOutside, Action: "s3:GetObjectVersion" }),
    says: [open],
  },
  {
    that: "it for the bucket without its objects",
    type,
    props: policy({ ...denyOutside, Resource: both[0] }),
    says: [open],
  },
  {
    that: "it for one user",
    type,
    props: policy({ ...denyOutside, Principal: { AWS: reader } }),
    says: [open],
  },
  {
    that: "a Deny of what comes through the endpoint",
    type,
    props: policy({ ...denyOutside, Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }),
    says: [open],
  },
  { that: "no document", type, props: { policy: "" }, says: [noJson] },
]);

describeRule(
  dataInsidePerimeter,
  (
    [
      { that: "a Deny that can never apply", Condition: { StringEquals: { "aws:SourceVpc": "vpc-9" } } },
      {
        that: "an exemption of every role",
        Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } },
      },
      {
        that: "a second endpoint",
        Condition: { StringNotEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } },
      },
      {
        that: "any endpoint",
        Condition: { StringNotLike: { "aws:SourceVpce": "vpce-*" }, StringNotEquals: {} },
      },
      {
        that: "an exemption of a whole account",
        Condition: { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } },
      },
      { that: "a Deny for a prefix", Resource: [both[0], `${both[0]}/private/*`] },
      { that: "a Deny of reading alone", Action: ["s3:GetObject*", "s3:ListBucket*"] },
      {
        that: "a Deny of data alone, which leaves where copies go",
        Action: ["s3:*Object*", "s3:ListBucket*", "s3:*Multipart*"],
      },
      {
        that: "an exemption of what a service does for somebody",
        Condition: { BoolIfExists: { "aws:ViaAWSService": "false" } },
      },
      {
        that: "an exemption of AWS's services",
        Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
      },
    ] as const
  )
    .map(({ that, ...change }): Row => ({
      that,
      type,
      props: policy(allowReader, {
        ...denyOutside,
        ...change,
        Condition: { ...denyOutside.Condition, ...("Condition" in change ? change.Condition : {}) },
      }),
      says: [open],
    }))
    .concat({
      that: "the same in two statements",
      type,
      props: policy(...both.map((Resource) => ({ ...denyOutside, Resource }))),
    }),
);

const reads = {
  ...allowReader,
  Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
  Resource: both[1],
};
const refused = (action: string, how: string, whom = reader) => [
  `the policy allows ${action} to ${whom}, ${how}; allow less`,
];

describeRule(limitedReaders, [
  { that: "reading through the endpoint", type, props: policy(reads) },
  {
    that: "reading and writing through it",
    type,
    props: policy({ ...reads, Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"] }),
  },
  { that: "a service's Allow, which another rule judges", type, props: policy(takeLogs) },
  {
    that: "one more action",
    type,
    props: policy({ ...reads, Action: ["s3:GetObject", "s3:PutObjectTagging"] }),
    says: refused("s3:PutObjectTagging", "which no reader needs"),
  },
  {
    that: "an action by wildcard, in development as well",
    type,
    stack: "dev",
    props: policy({ ...reads, Action: "s3:GetObjectV*" }),
    says: refused(
      "s3:GetObjectVersion, s3:GetObjectVersionAcl, s3:GetObjectVersionAnnotation and 5 more",
      "which no reader needs",
    ),
  },
  {
    that: "an Allow from anywhere",
    type,
    props: policy({ ...reads, Condition: {} }),
    says: refused("s3:GetObject", "without the one endpoint"),
  },
  {
    that: "an Allow for a whole account from anywhere",
    type,
    props: policy({ ...reads, Principal: { AWS: "999999999999" }, Condition: {} }),
    says: refused("s3:GetObject", "without the one endpoint", "anybody in account 999999999999"),
  },
  {
    that: "a condition beyond the evaluator",
    type,
    props: policy({ ...reads, Condition: { DateLessThan: { "aws:CurrentTime": "2026-01-01" } } }),
    says: [
      "the bucket policy (statement 1) uses the operator DateLessThan, which is not evaluated here; write it in a way that can be judged",
    ],
  },
]);
