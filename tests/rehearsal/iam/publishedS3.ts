import {
  allow,
  allowed,
  anonymous,
  arn,
  denied,
  deny,
  type Example,
  notJudged,
  own,
  owner,
  service,
  user,
} from "./published";

const guide = "https://docs.aws.amazon.com/AmazonS3/latest/userguide";
const examples = `${guide}/example-bucket-policies.html`;
const keys = `${guide}/amazon-s3-policy-keys.html`;
const userPolicies = `${guide}/example-policies-s3.html`;
const endpoints = `${guide}/example-bucket-policies-vpc-endpoint.html`;
const privateLink = `${guide}/privatelink-interface-endpoints.html`;
const meaning = `${guide}/access-control-block-public-access.html#access-control-block-public-access-policy-status`;
const bucket = "DOC-EXAMPLE-BUCKET";
const [a, b, c] = ["111122223333", "444455556666", "555555555555"];
const fullControl = "bucket-owner-full-control";
const rights = "everything";
const through = (endpointId: string, vpcId = "vpc-111bbb22") => ({ endpointId, vpcId });

/** Every action of a bucket and its objects. */
const whole = (name: string) => ({ Action: "s3:*", Resource: arn(name, `${name}/*`) });
const dave = `arn:aws:iam::${owner}:user/Dave`;

const bucketPolicies: readonly Example[] = [
  {
    source: `${examples}#example-bucket-policies-use-case-1`,
    bucket: [
      allow({
        Principal: { AWS: [`arn:aws:iam::${a}:root`, `arn:aws:iam::${b}:root`] },
        Action: ["s3:PutObject", "s3:PutObjectAcl"],
        Resource: arn(`${bucket}/*`),
        Condition: { StringEquals: { "s3:x-amz-acl": ["public-read"] } },
      }),
    ],
    rows: [
      allowed("the first account uploads with public-read", "s3:PutObject", `${bucket}/a`, {
        by: user(a),
        rights,
        acl: "public-read",
      }),
      allowed("the second account uploads with public-read", "s3:PutObject", `${bucket}/a`, {
        by: user(b),
        rights,
        acl: "public-read",
      }),
      allowed("the first account sets the ACL public-read", "s3:PutObjectAcl", `${bucket}/a`, {
        by: user(a),
        rights,
        acl: "public-read",
      }),
      denied("no ACL in the request", "s3:PutObject", `${bucket}/a`, { by: user(a), rights }),
      denied("another ACL in the request", "s3:PutObject", `${bucket}/a`, {
        by: user(b),
        rights,
        acl: "private",
      }),
      denied("a third account", "s3:PutObject", `${bucket}/a`, { by: user(c), rights, acl: "public-read" }),
      denied("an account of the two reads", "s3:GetObject", `${bucket}/a`, { by: user(a), rights }),
    ],
  },
  {
    source: `${examples}#example-bucket-policies-use-case-2`,
    bucket: [
      allow({
        Principal: "*",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: arn(`${bucket}/*`),
      }),
    ],
    rows: [
      allowed("anybody reads an object", "s3:GetObject", `${bucket}/a`, { by: anonymous }),
      allowed("anybody reads a version", "s3:GetObjectVersion", `${bucket}/a`, { by: anonymous }),
      denied("anybody writes", "s3:PutObject", `${bucket}/a`, { by: anonymous }),
      denied("anybody lists", "s3:ListBucket", bucket, { by: anonymous }),
    ],
  },
  {
    source: `${examples}#example-bucket-policies-use-case-3`,
    bucket: [
      deny({
        Principal: "*",
        ...whole(bucket),
        Condition: { NotIpAddress: { "aws:SourceIp": "54.240.143.0/24" } },
      }),
    ],
    rows: [
      allowed("from the range, with rights elsewhere", "s3:GetObject", `${bucket}/a`, {
        rights,
        from: "54.240.143.7",
      }),
      denied("from outside the range", "s3:GetObject", `${bucket}/a`, { rights, from: "54.240.144.7" }),
      denied("from outside the range, the bucket", "s3:ListBucket", bucket, {
        rights,
        from: "192.0.2.1",
      }),
      denied("from the range, but nothing allows it", "s3:GetObject", `${bucket}/a`, {
        from: "54.240.143.7",
      }),
    ],
  },
  {
    source: `${examples}#example-bucket-policies-use-case-ipv6`,
    bucket: [
      allow({
        Principal: "*",
        ...whole(bucket),
        Condition: {
          IpAddress: { "aws:SourceIp": ["54.240.143.0/24", "2001:DB8:1234:5678::/64"] },
          NotIpAddress: { "aws:SourceIp": ["54.240.143.128/30", "2001:DB8:1234:5678:ABCD::/80"] },
        },
      }),
    ],
    rows: [
      ...["54.240.143.1", "2001:DB8:1234:5678::1"].map((from) =>
        allowed(`from ${from}`, "s3:GetObject", `${bucket}/a`, { by: anonymous, from }),
      ),
      ...["54.240.143.129", "2001:DB8:1234:5678:ABCD::1"].map((from) =>
        denied(`from ${from}`, "s3:GetObject", `${bucket}/a`, { by: anonymous, from }),
      ),
    ],
  },
  {
    source: `${examples}#example-bucket-policies-use-case-4`,
    bucket: [
      allow({
        Principal: "*",
        Action: ["s3:GetObject"],
        Resource: arn(`${bucket}/*`),
        Condition: { StringLike: { "aws:Referer": ["http://www.example.com/*", "http://example.com/*"] } },
      }),
    ],
    rows: notJudged("aws:Referer"),
  },
  {
    source: `${examples}#example-bucket-policies-cloudfront`,
    bucket: [
      allow({
        Principal: { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC" },
        Action: "s3:GetObject",
        Resource: arn(`${bucket}/*`),
      }),
    ],
    rows: notJudged("CloudFront Origin Access Identity EH1HDMB1FH2TC"),
  },
  {
    source: `${examples}#example-bucket-policies-use-case-7`,
    bucket: [
      deny({
        Principal: "*",
        Action: "s3:*",
        Resource: arn(`${bucket}/taxdocuments/*`),
        Condition: { Null: { "aws:MultiFactorAuthAge": true } },
      }),
    ],
    rows: notJudged("aws:MultiFactorAuthAge"),
  },
  {
    source: `${examples}#example-bucket-policies-use-case-7`,
    bucket: [
      deny({
        Principal: "*",
        Action: "s3:*",
        Resource: arn(`${bucket}/taxdocuments/*`),
        Condition: { NumericGreaterThan: { "aws:MultiFactorAuthAge": 3600 } },
      }),
    ],
    rows: notJudged("aws:MultiFactorAuthAge"),
  },
  {
    source: `${examples}#example-bucket-policies-use-case-8`,
    bucket: [
      allow({
        Principal: { AWS: a },
        Action: "s3:PutObject",
        Resource: arn(`${bucket}/*`),
        Condition: { StringEquals: { "s3:x-amz-acl": fullControl } },
      }),
    ],
    rows: [
      allowed("the account uploads with the ACL", "s3:PutObject", `${bucket}/a`, {
        by: user(a),
        rights,
        acl: fullControl,
      }),
      denied("the account uploads without it", "s3:PutObject", `${bucket}/a`, { by: user(a), rights }),
      denied("the account uploads with another", "s3:PutObject", `${bucket}/a`, {
        by: user(a),
        rights,
        acl: "private",
      }),
      denied("another account uploads with it", "s3:PutObject", `${bucket}/a`, {
        by: user(b),
        rights,
        acl: fullControl,
      }),
    ],
  },
  {
    source: `${examples}#example-bucket-policies-use-case-9`,
    bucket: [
      allow({
        Principal: { Service: "s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: arn("destinationbucket/*"),
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:s3:::sourcebucket" },
          StringEquals: { "aws:SourceAccount": owner, "s3:x-amz-acl": fullControl },
        },
      }),
    ],
    rows: [
      allowed("S3 delivers for the source bucket", "s3:PutObject", "destinationbucket/a", {
        by: service("s3.amazonaws.com", { sourceAccount: owner, sourceArn: "arn:aws:s3:::sourcebucket" }),
        acl: fullControl,
      }),
      denied("for another bucket", "s3:PutObject", "destinationbucket/a", {
        by: service("s3.amazonaws.com", { sourceAccount: owner, sourceArn: "arn:aws:s3:::other" }),
        acl: fullControl,
      }),
      denied("for another account", "s3:PutObject", "destinationbucket/a", {
        by: service("s3.amazonaws.com", { sourceAccount: b, sourceArn: "arn:aws:s3:::sourcebucket" }),
        acl: fullControl,
      }),
      denied("without the ACL", "s3:PutObject", "destinationbucket/a", {
        by: service("s3.amazonaws.com", { sourceAccount: owner, sourceArn: "arn:aws:s3:::sourcebucket" }),
      }),
      denied("S3 reads", "s3:GetObject", "destinationbucket/a", {
        by: service("s3.amazonaws.com", { sourceAccount: owner, sourceArn: "arn:aws:s3:::sourcebucket" }),
      }),
      denied("a user of another account uploads", "s3:PutObject", "destinationbucket/a", {
        by: user(a),
        rights,
        acl: fullControl,
      }),
    ],
  },
  {
    // The page repeats StringEquals, once for each key; here they are one.
    source: `${examples}#example-bucket-policies-lens`,
    bucket: [
      allow({
        Principal: { Service: ["storage-lens.s3.amazonaws.com"] },
        Action: "s3:PutObject",
        Resource: arn(`destination-bucket/prefix/StorageLens/${a}/*`),
        Condition: {
          StringEquals: {
            "s3:x-amz-acl": fullControl,
            "aws:SourceAccount": a,
            "aws:SourceArn": `arn:aws:s3:eu-west-1:${a}:storage-lens/id`,
          },
        },
      }),
    ],
    rows: [
      allowed("the dashboard exports", "s3:PutObject", `destination-bucket/prefix/StorageLens/${a}/m`, {
        by: service("storage-lens.s3.amazonaws.com", {
          sourceAccount: a,
          sourceArn: `arn:aws:s3:eu-west-1:${a}:storage-lens/id`,
        }),
        acl: fullControl,
      }),
      denied("another dashboard", "s3:PutObject", `destination-bucket/prefix/StorageLens/${a}/m`, {
        by: service("storage-lens.s3.amazonaws.com", {
          sourceAccount: a,
          sourceArn: `arn:aws:s3:eu-west-1:${a}:storage-lens/other`,
        }),
        acl: fullControl,
      }),
      denied("beside the prefix", "s3:PutObject", "destination-bucket/m", {
        by: service("storage-lens.s3.amazonaws.com", {
          sourceAccount: a,
          sourceArn: `arn:aws:s3:eu-west-1:${a}:storage-lens/id`,
        }),
        acl: fullControl,
      }),
    ],
  },
  {
    source: `${guide}/ipv6-access.html#ipv6-access-iam`,
    bucket: [
      allow({
        Principal: "*",
        Action: "s3:*",
        Resource: arn("examplebucket/*"),
        Condition: { IpAddress: { "aws:SourceIp": "54.240.143.0/24" } },
      }),
    ],
    rows: [
      allowed("IPv4 in the range", "s3:GetObject", "examplebucket/a", {
        by: anonymous,
        from: "54.240.143.7",
      }),
      denied("IPv4 outside", "s3:GetObject", "examplebucket/a", { by: anonymous, from: "54.240.142.7" }),
      denied("every IPv6 address", "s3:GetObject", "examplebucket/a", {
        by: anonymous,
        from: "2001:DB8:1234:5678::1",
      }),
    ],
  },
  {
    source: `${guide}/ipv6-access.html#ipv6-access-iam`,
    bucket: [
      allow({
        Principal: "*",
        Action: "s3:*",
        Resource: arn("examplebucket/*"),
        Condition: { IpAddress: { "aws:SourceIp": ["54.240.143.0/24", "2001:DB8:1234:5678::/64"] } },
      }),
    ],
    rows: [
      allowed("IPv4 in the range", "s3:GetObject", "examplebucket/a", {
        by: anonymous,
        from: "54.240.143.7",
      }),
      allowed("IPv6 in the range", "s3:GetObject", "examplebucket/a", {
        by: anonymous,
        from: "2001:db8:1234:5678::1",
      }),
    ],
  },
  {
    source: `${guide}/access-policy-language-overview.html`,
    bucket: [
      allow({
        Principal: { AWS: dave },
        Action: ["s3:GetObject", "s3:GetBucketLocation", "s3:ListBucket"],
        Resource: arn("awsexamplebucket1/*", "awsexamplebucket1"),
      }),
    ],
    rows: [
      ...["s3:GetBucketLocation", "s3:ListBucket"].map((action) =>
        allowed(`Dave: ${action}`, action, "awsexamplebucket1", { by: user(owner, "Dave") }),
      ),
      allowed("Dave: s3:GetObject", "s3:GetObject", "awsexamplebucket1/a", { by: user(owner, "Dave") }),
      denied("Dave: s3:PutObject", "s3:PutObject", "awsexamplebucket1/a", { by: user(owner, "Dave") }),
      denied("somebody else", "s3:GetObject", "awsexamplebucket1/a", { by: user(owner, "Jane") }),
    ],
  },
];

const conditionKeys: readonly Example[] = [
  {
    source: `${keys}#AvailableKeys-iamV2`,
    bucket: [
      allow({
        Principal: "*",
        Action: "s3:GetObject",
        Resource: arn("awsexamplebucket1/*"),
        Condition: {
          IpAddress: { "aws:SourceIp": "192.0.2.0/24" },
          NotIpAddress: { "aws:SourceIp": "192.0.2.188/32" },
        },
      }),
    ],
    rows: [
      allowed("from the range", "s3:GetObject", "awsexamplebucket1/a", { from: "192.0.2.7" }),
      denied("from the address excepted", "s3:GetObject", "awsexamplebucket1/a", { from: "192.0.2.188" }),
      denied("from outside", "s3:GetObject", "awsexamplebucket1/a", { from: "203.0.113.7" }),
    ],
  },
  {
    source: keys,
    identity: [
      allow({
        Action: "s3:PutObject",
        Resource: arn("awsexamplebucket1/*"),
        Condition: { StringEquals: { "s3:x-amz-acl": "public-read" } },
      }),
    ],
    rows: [
      allowed("with the header", "s3:PutObject", "awsexamplebucket1/a", { acl: "public-read" }),
      denied("without the header", "s3:PutObject", "awsexamplebucket1/a"),
    ],
  },
  {
    source: `${keys}#require-x-amz-acl-header`,
    bucket: [
      allow({
        Principal: { AWS: `arn:aws:iam::${b}:user/Dave` },
        Action: "s3:PutObject",
        Resource: arn("awsexamplebucket1/*"),
      }),
      deny({
        Principal: { AWS: `arn:aws:iam::${b}:user/Dave` },
        Action: "s3:PutObject",
        Resource: arn("awsexamplebucket1/*"),
        Condition: { StringNotEquals: { "s3:x-amz-acl": fullControl } },
      }),
    ],
    rows: [
      allowed("with the ACL", "s3:PutObject", "awsexamplebucket1/a", {
        by: user(b, "Dave"),
        rights,
        acl: fullControl,
      }),
      denied("with another", "s3:PutObject", "awsexamplebucket1/a", {
        by: user(b, "Dave"),
        rights,
        acl: "private",
      }),
      denied("with none", "s3:PutObject", "awsexamplebucket1/a", { by: user(b, "Dave"), rights }),
    ],
  },
  ...(
    [
      ["require-x-amz-full-control", "s3:PutObject", "StringEquals", "s3:x-amz-grant-full-control"],
      ["putobject-require-sse-2", "s3:PutObject", "StringNotEquals", "s3:x-amz-server-side-encryption"],
      ["putobject-limit-copy-source-3", "s3:PutObject", "StringNotLike", "s3:x-amz-copy-source"],
      [
        "getobjectversion-limit-access-to-specific-version-3",
        "s3:GetObjectVersion",
        "StringNotEquals",
        "s3:VersionId",
      ],
      ["example-storage-class-condition-key", "s3:PutObject", "StringEquals", "s3:x-amz-storage-class"],
      ["condition-key-bucket-ops-1", "s3:CreateBucket", "StringLike", "s3:LocationConstraint"],
      ["condition-key-bucket-ops-2", "s3:ListBucket", "StringEquals", "s3:prefix"],
    ] as const
  ).map(([anchor, action, operator, key]) => ({
    source: `${keys}#${anchor}`,
    identity: [allow({ Action: action, Resource: "*", Condition: { [operator]: { [key]: "any" } } })],
    rows: notJudged(key),
  })),
];

const objectActions = [
  "s3:PutObject",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
] as const;

const ofUsers: readonly Example[] = [
  {
    source: `${userPolicies}#iam-policy-ex0`,
    identity: [
      allow({ Action: "s3:ListAllMyBuckets", Resource: "*" }),
      allow({ Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: arn("awsexamplebucket1") }),
      allow({
        Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:GetObject", "s3:GetObjectAcl", "s3:DeleteObject"],
        Resource: arn("awsexamplebucket1/*"),
      }),
    ],
    rows: [
      allowed("lists the account's buckets", "s3:ListAllMyBuckets", "*"),
      ...["s3:ListBucket", "s3:GetBucketLocation"].map((action) =>
        allowed(action, action, "awsexamplebucket1"),
      ),
      ...["s3:PutObject", "s3:PutObjectAcl", "s3:GetObject", "s3:GetObjectAcl", "s3:DeleteObject"].map(
        (action) => allowed(action, action, "awsexamplebucket1/a"),
      ),
      denied("another bucket", "s3:GetObject", "awsexamplebucket2/a"),
      denied("lists another bucket", "s3:ListBucket", "awsexamplebucket2"),
      denied("deletes the bucket", "s3:DeleteBucket", "awsexamplebucket1"),
    ],
  },
  {
    source: `${userPolicies}#iam-policy-ex1`,
    identity: [allow({ Action: objectActions, Resource: arn("awsexamplebucket1/Alice/*") })],
    rows: [
      ...objectActions.map((action) =>
        allowed(`${action} in her folder`, action, "awsexamplebucket1/Alice/a"),
      ),
      denied("reads in Bob's folder", "s3:GetObject", "awsexamplebucket1/Bob/a"),
      denied("writes in Bob's folder", "s3:PutObject", "awsexamplebucket1/Bob/a"),
    ],
  },
  {
    source: `${userPolicies}#iam-policy-ex1`,
    identity: [allow({ Action: objectActions, Resource: arn("awsexamplebucket1/${aws:username}/*") })],
    rows: notJudged("${aws:username}"),
  },
  {
    source: `${userPolicies}#iam-policy-ex1`,
    identity: [allow({ Action: objectActions, Resource: arn("mycorporatebucket/home/${aws:userid}/*") })],
    rows: notJudged("${aws:userid}"),
  },
  {
    source: `${userPolicies}#iam-policy-ex2`,
    identity: [allow({ Action: objectActions, Resource: arn("mycorporatebucket/share/marketing/*") })],
    rows: [
      allowed("reads in the folder", "s3:GetObject", "mycorporatebucket/share/marketing/a"),
      allowed("deletes in the folder", "s3:DeleteObject", "mycorporatebucket/share/marketing/a"),
      denied("sets an ACL in the folder", "s3:PutObjectAcl", "mycorporatebucket/share/marketing/a"),
      denied("reads in another folder", "s3:GetObject", "mycorporatebucket/share/sales/a"),
    ],
  },
  {
    source: `${userPolicies}#iam-policy-ex3`,
    identity: [
      allow({
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: arn("MyCorporateBucket/readonly/*"),
      }),
    ],
    rows: [
      allowed("reads in the folder", "s3:GetObject", "MyCorporateBucket/readonly/a"),
      allowed("reads a version in the folder", "s3:GetObjectVersion", "MyCorporateBucket/readonly/a"),
      denied("writes in the folder", "s3:PutObject", "MyCorporateBucket/readonly/a"),
      denied("reads beside the folder", "s3:GetObject", "MyCorporateBucket/a"),
    ],
  },
  {
    source: `${userPolicies}#iam-policy-ex4`,
    identity: [
      allow({ Action: "s3:PutObject", Resource: arn("mycorporatebucket/uploads/widgetco/*") }),
      deny({ Action: "s3:*", NotResource: arn("mycorporatebucket/uploads/widgetco/*") }),
    ],
    rows: [
      allowed("drops a file", "s3:PutObject", "mycorporatebucket/uploads/widgetco/a"),
      denied("reads it", "s3:GetObject", "mycorporatebucket/uploads/widgetco/a"),
      denied("writes elsewhere, even with a broad policy", "s3:PutObject", "mycorporatebucket/a", { rights }),
      denied("lists, even with a broad policy", "s3:ListBucket", "mycorporatebucket", { rights }),
    ],
  },
];

/** The same example in the three partitions: its ARNs begin as the partition's do. */
const partitions = [
  { partition: "aws", source: `${endpoints}#example-bucket-policies-restrict-accesss-vpc-endpoint` },
  {
    partition: "aws-cn",
    source:
      "https://docs.amazonaws.cn/en_us/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html",
  },
  {
    // The example of the commercial partition; the page says how its ARNs begin there.
    partition: "aws-us-gov",
    source: "https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/using-govcloud-arns.html",
  },
].map(({ partition, source }): Example => {
  const name = `arn:${partition}:s3:::awsexamplebucket1`;
  const by = {
    kind: "user",
    arn: `arn:${partition}:iam::${owner}:user/someone`,
    accountId: owner,
  } as const;
  return {
    source,
    bucket: [
      deny({
        Principal: "*",
        Action: "s3:*",
        Resource: [name, `${name}/*`],
        Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } },
      }),
    ],
    rows: [
      allowed("through the endpoint, with rights elsewhere", "s3:GetObject", `${name}/a`, {
        by,
        rights,
        through: through("vpce-1a2b3c4d"),
      }),
      denied("through another endpoint", "s3:GetObject", `${name}/a`, {
        by,
        rights,
        through: through("vpce-9"),
      }),
      denied("from the console", "s3:ListBucket", name, { by, rights, from: "198.51.100.7" }),
      denied("through the endpoint, but nothing allows it", "s3:GetObject", `${name}/a`, {
        by,
        through: through("vpce-1a2b3c4d"),
      }),
    ],
  };
});

const ofEndpoints: readonly Example[] = [
  ...partitions,
  {
    source: `${endpoints}#example-bucket-policies-restrict-access-vpc`,
    bucket: [
      deny({
        Principal: "*",
        ...whole("awsexamplebucket1"),
        Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-111bbb22" } },
      }),
    ],
    rows: [
      ...["vpce-1", "vpce-2"].map((id) =>
        allowed(`through ${id} in the VPC`, "s3:GetObject", "awsexamplebucket1/a", {
          rights,
          through: through(id),
        }),
      ),
      denied("from another VPC", "s3:GetObject", "awsexamplebucket1/a", {
        rights,
        through: through("vpce-3", "vpc-9"),
      }),
      denied("from the console", "s3:ListBucket", "awsexamplebucket1", { rights, from: "198.51.100.7" }),
    ],
  },
  {
    source: `${privateLink}#privatelink-example-restrict-access-to-bucket`,
    endpoint: [
      allow({
        Principal: "*",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: arn("DOC-EXAMPLE-BUCKET1", "DOC-EXAMPLE-BUCKET1/*"),
      }),
    ],
    rows: [
      ...["s3:GetObject", "s3:PutObject"].map((action) =>
        allowed(`${action} on the bucket`, action, "DOC-EXAMPLE-BUCKET1/a", {
          rights,
          through: through("vpce-1"),
        }),
      ),
      denied("deletes in the bucket", "s3:DeleteObject", "DOC-EXAMPLE-BUCKET1/a", {
        rights,
        through: through("vpce-1"),
      }),
      denied("reads in another bucket", "s3:GetObject", "DOC-EXAMPLE-BUCKET2/a", {
        rights,
        through: through("vpce-1"),
      }),
      denied("reads, but nothing else allows it", "s3:GetObject", "DOC-EXAMPLE-BUCKET1/a", {
        through: through("vpce-1"),
      }),
    ],
  },
  ...["aws:ResourceAccount", "s3:ResourceAccount"].map((key): Example => ({
    source: `${privateLink}#privatelink-example-access-bucket-in-specific-account-only`,
    bucket: [allow({ Principal: "*", Action: "s3:*", Resource: "*" })],
    endpoint: [
      allow({ Principal: "*", Action: "*", Resource: "*" }),
      deny({
        Principal: "*",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: arn("*"),
        Condition: { StringNotEquals: { [key]: a } },
      }),
    ],
    rows: [
      allowed(`a bucket of the account, by ${key}`, "s3:GetObject", "mine/a", {
        owner: a,
        through: through("vpce-1"),
      }),
      denied(`reads in a bucket of another account, by ${key}`, "s3:GetObject", "theirs/a", {
        owner: b,
        by: user(a),
        rights,
        through: through("vpce-1"),
      }),
      denied(`writes to a bucket of another account, by ${key}`, "s3:PutObject", "theirs/a", {
        owner: b,
        by: user(a),
        rights,
        through: through("vpce-1"),
      }),
    ],
  })),
  {
    source: `${privateLink}#privatelink-example-restrict-access-to-vpc-endpoint`,
    bucket: [
      deny({
        Principal: "*",
        ...whole("DOC-EXAMPLE-BUCKET2"),
        Condition: { StringNotEquals: { "aws:sourceVpce": "vpce-1a2b3c4d" } },
      }),
    ],
    rows: [
      allowed("through the endpoint; the key begins small", "s3:GetObject", "DOC-EXAMPLE-BUCKET2/a", {
        rights,
        through: through("vpce-1a2b3c4d"),
      }),
      denied("without it", "s3:GetObject", "DOC-EXAMPLE-BUCKET2/a", { rights, from: "198.51.100.7" }),
    ],
  },
];

const everybodyPuts = { Principal: "*", Action: "s3:PutObject", Resource: "*" };
const means = (is: "public" | "not public", ...statements: readonly object[]): Example => ({
  source: meaning,
  bucket: statements,
  rows: [{ kind: "meaning", meaning: is }],
});

const publicPolicies: readonly Example[] = [
  means("public", allow(everybodyPuts)),
  means("public", allow({ ...everybodyPuts, Condition: { StringLike: { "aws:SourceVpc": "vpc-*" } } })),
  means(
    "not public",
    allow({ ...everybodyPuts, Condition: { StringEquals: { "aws:SourceVpc": "vpc-91237329" } } }),
  ),
  means(
    "not public",
    allow({ ...everybodyPuts, Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }),
  ),
  means("not public", allow({ ...everybodyPuts, Condition: { StringEquals: { "aws:SourceAccount": a } } })),
  means(
    "not public",
    allow({ ...everybodyPuts, Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::sourcebucket" } } }),
  ),
  means(
    "not public",
    allow({ ...everybodyPuts, Condition: { IpAddress: { "aws:SourceIp": "54.240.143.0/24" } } }),
  ),
  means("public", allow({ ...everybodyPuts, Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/1" } } })),
  means(
    "not public",
    allow({ ...everybodyPuts, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
  ),
  means(
    "public",
    allow({ ...everybodyPuts, Principal: { Service: "cloudtrail.amazonaws.com" } }),
    allow({ ...everybodyPuts, Principal: { AWS: b } }),
    allow(everybodyPuts),
  ),
  means(
    "not public",
    allow({ ...everybodyPuts, Principal: { Service: "cloudtrail.amazonaws.com" } }),
    allow({ ...everybodyPuts, Principal: { AWS: b } }),
  ),
  {
    source: meaning,
    bucket: [allow({ ...everybodyPuts, Principal: { Federated: "graph.facebook.com" } })],
    rows: notJudged("Federated"),
  },
];

const walkthrough = (number: number) => `${guide}/example-walkthroughs-managing-access-example${number}.html`;
const [accountA, accountB] = ["111111111111", "222222222222"];
const toAccountB = { Principal: { AWS: `arn:aws:iam::${accountB}:root` }, Resource: arn(bucket) };

const walkthroughs: readonly Example[] = [
  {
    source: walkthrough(1),
    bucket: [
      allow({
        Principal: { AWS: `arn:aws:iam::${accountA}:user/Dave` },
        Action: ["s3:GetBucketLocation", "s3:ListBucket"],
        Resource: arn("awsexamplebucket1"),
      }),
      allow({
        Principal: { AWS: `arn:aws:iam::${accountA}:user/Dave` },
        Action: ["s3:GetObject"],
        Resource: arn("awsexamplebucket1/*"),
      }),
    ],
    identity: [allow({ Action: ["s3:PutObject"], Resource: arn("awsexamplebucket1/*") })],
    rows: [
      allowed("by his own policy", "s3:PutObject", "awsexamplebucket1/HappyFace.jpg", {
        by: user(accountA, "Dave"),
        owner: accountA,
      }),
      allowed("by the bucket policy", "s3:GetObject", "awsexamplebucket1/HappyFace.jpg", {
        by: user(accountA, "Dave"),
        owner: accountA,
      }),
      allowed("lists by the bucket policy", "s3:ListBucket", "awsexamplebucket1", {
        by: user(accountA, "Dave"),
        owner: accountA,
      }),
      denied("what neither grants", "s3:DeleteObject", "awsexamplebucket1/HappyFace.jpg", {
        by: user(accountA, "Dave"),
        owner: accountA,
      }),
    ],
  },
  {
    source: `${walkthrough(2)}#access-policies-walkthrough-example2b-user-dave-access`,
    bucket: [allow({ ...toAccountB, Action: ["s3:GetLifecycleConfiguration", "s3:ListBucket"] })],
    identity: [allow({ Action: ["s3:ListBucket"], Resource: arn(bucket) })],
    rows: [
      allowed("Dave lists what both accounts grant", "s3:ListBucket", bucket, {
        by: user(accountB, "Dave"),
        owner: accountA,
      }),
      denied("Dave reads what his account does not grant", "s3:GetLifecycleConfiguration", bucket, {
        by: user(accountB, "Dave"),
        owner: accountA,
      }),
      allowed("the administrator reads it", "s3:GetLifecycleConfiguration", bucket, {
        by: user(accountB, "AccountBadmin"),
        rights,
        owner: accountA,
      }),
    ],
  },
  {
    source: `${walkthrough(2)}#access-policies-walkthrough-example2-explicit-deny`,
    bucket: [
      allow({ ...toAccountB, Action: ["s3:GetLifecycleConfiguration", "s3:ListBucket"] }),
      deny({ ...toAccountB, Action: ["s3:ListBucket"] }),
    ],
    identity: [own],
    rows: [
      denied("the administrator lists", "s3:ListBucket", bucket, {
        by: user(accountB, "AccountBadmin"),
        owner: accountA,
      }),
      denied("a user lists", "s3:ListBucket", bucket, { by: user(accountB, "Dave"), owner: accountA }),
    ],
  },
];

const arns: readonly Example[] = [
  {
    source: `${guide}/s3-arn-format.html#s3-arn-examples`,
    identity: [allow({ Action: "s3:*", Resource: arn("example?bucket/*") })],
    rows: [
      allowed("one character for ?", "s3:GetObject", "example1bucket/a"),
      denied("none for ?", "s3:GetObject", "examplebucket/a"),
      denied("two for ?", "s3:GetObject", "example12bucket/a"),
    ],
  },
  {
    source: `${guide}/s3-arn-format.html#s3-arn-examples`,
    identity: [allow({ Action: "s3:*", Resource: arn("examplebucket/developers/design_info.doc") })],
    rows: [
      allowed("the object named", "s3:GetObject", "examplebucket/developers/design_info.doc"),
      denied("another object", "s3:GetObject", "examplebucket/developers/other.doc"),
    ],
  },
];

export const s3Guide: readonly Example[] = [
  ...bucketPolicies,
  ...conditionKeys,
  ...ofUsers,
  ...ofEndpoints,
  ...publicPolicies,
  ...walkthroughs,
  ...arns,
];
