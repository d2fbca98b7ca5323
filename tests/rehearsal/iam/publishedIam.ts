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
  role,
  service,
  user,
} from "./published";

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const operators = `${guide}/reference_policies_elements_condition_operators.html`;
const keys = `${guide}/reference_policies_condition-keys.html`;
const principals = `${guide}/reference_policies_elements_principal.html`;
const evaluation = `${guide}/reference_policies_evaluation-logic_policy-eval-basics.html`;
const implicit = `${guide}/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html`;
const crossAccount = `${guide}/reference_policies_evaluation-logic-cross-account.html`;
const setOperators = `${guide}/reference_policies_condition-single-vs-multi-valued-context-keys.html`;
const elements = (name: string) => `${guide}/reference_policies_elements_${name}.html`;
const rights = "everything";
const [a, b] = ["444455556666", "555555555555"];
const through = { endpointId: "vpce-1", vpcId: "vpc-1" };

const reads = { Principal: "*", Action: "s3:GetObject", Resource: arn("data/*") };
const writes = { Principal: "*", Action: "s3:PutObject", Resource: arn("data/*") };
const when = (operator: string, key: string, value: string | readonly string[]) => ({
  Condition: { [operator]: { [key]: value } },
});

/** What the tables of operators say, each on a key that the evaluator knows. */
const strings: readonly Example[] = (
  [
    ["StringEquals", "private", "private", "allowed"],
    ["StringEquals", "private", "Private", "denied"],
    ["StringEquals", "public-*", "public-read", "denied"],
    ["StringNotEquals", "private", "private", "denied"],
    ["StringNotEquals", "private", "Private", "allowed"],
    ["StringEqualsIgnoreCase", "private", "Private", "allowed"],
    ["StringEqualsIgnoreCase", "private", "public-read", "denied"],
    ["StringNotEqualsIgnoreCase", "private", "Private", "denied"],
    ["StringNotEqualsIgnoreCase", "private", "public-read", "allowed"],
    ["StringLike", "public-*", "public-read", "allowed"],
    ["StringLike", "public-rea?", "public-read", "allowed"],
    ["StringLike", "public", "public-read", "denied"],
    ["StringLike", "Public-*", "public-read", "denied"],
    ["StringNotLike", "public-*", "public-read", "denied"],
    ["StringNotLike", "public-*", "private", "allowed"],
  ] as const
).map(([operator, value, acl, decision]): Example => {
  const decided = decision === "allowed" ? allowed : denied;
  return {
    source: `${operators}#Conditions_String`,
    bucket: [allow({ ...writes, ...when(operator, "s3:x-amz-acl", value) })],
    rows: [decided(`${operator} ${value} of ${acl}`, "s3:PutObject", "data/a", { acl })],
  };
});

/** A key that the request lacks: no match, which negated operators ask for, and IfExists and Null ask about. */
const absent: readonly Example[] = (
  [
    ["StringEquals", "aws:SourceVpce", "vpce-1", "denied", ""],
    ["StringLike", "aws:SourceVpce", "vpce-*", "denied", ""],
    ["ArnLike", "aws:SourceArn", "arn:aws:s3:::data", "denied", ""],
    ["IpAddress", "aws:VpcSourceIp", "10.0.0.0/8", "denied", "#Conditions_IPAddress"],
    ["StringNotEquals", "aws:SourceVpce", "vpce-1", "allowed", ""],
    ["StringNotLike", "aws:SourceVpce", "vpce-*", "allowed", ""],
    ["ArnNotLike", "aws:SourceArn", "arn:aws:s3:::data", "allowed", ""],
    ["StringEqualsIfExists", "aws:SourceVpce", "vpce-1", "allowed", "#Conditions_IfExists"],
    ["StringLikeIfExists", "aws:SourceVpce", "vpce-*", "allowed", "#Conditions_IfExists"],
    ["ArnLikeIfExists", "aws:SourceArn", "arn:aws:s3:::data", "allowed", "#Conditions_IfExists"],
    ["StringNotEqualsIfExists", "aws:SourceVpce", "vpce-1", "allowed", "#Conditions_IfExists"],
    ["Null", "aws:SourceVpce", "true", "allowed", "#Conditions_Null"],
    ["Null", "aws:SourceVpce", "false", "denied", "#Conditions_Null"],
  ] as const
).map(([operator, key, value, decision, anchor]): Example => {
  const decided = decision === "allowed" ? allowed : denied;
  return {
    source: `${operators}${anchor}`,
    bucket: [allow({ ...reads, ...when(operator, key, value) })],
    rows: [decided(`${operator} of ${key}, which is absent`, "s3:GetObject", "data/a", {})],
  };
});

const present: readonly Example[] = [
  {
    source: `${operators}#Conditions_Null`,
    bucket: [allow({ ...reads, ...when("Null", "aws:SourceVpce", "true") })],
    rows: [denied("the key is there", "s3:GetObject", "data/a", { through })],
  },
  {
    source: `${operators}#Conditions_Null`,
    bucket: [allow({ ...reads, ...when("Null", "aws:SourceVpce", "false") })],
    rows: [allowed("the key is there", "s3:GetObject", "data/a", { through })],
  },
  {
    source: `${operators}#Conditions_IfExists`,
    bucket: [deny({ ...reads, ...when("StringNotEqualsIfExists", "aws:SourceVpce", "vpce-1") })],
    rows: [
      denied("a negated operator in a Deny, and no key", "s3:GetObject", "data/a", { rights }),
      allowed("the key with the value", "s3:GetObject", "data/a", { rights, through }),
    ],
  },
  {
    source: `${operators}#Conditions_IfExists`,
    bucket: [allow({ ...reads, ...when("StringEqualsIfExists", "aws:SourceVpce", "vpce-9") })],
    rows: [denied("the key with another value", "s3:GetObject", "data/a", { through })],
  },
];

const accessKeys = { Action: "iam:*AccessKey*", Resource: `arn:aws:iam::${owner}:user/*` };
const someKey = `arn:aws:iam::${owner}:user/someone`;
const finance = "arn:aws:someservice:*:111122223333:finance/*";
const bySource = (sourceArn: string) => ({ by: service("someservice.amazonaws.com", { sourceArn }) });

const otherOperators: readonly Example[] = [
  {
    source: `${operators}#Conditions_Boolean`,
    identity: [
      own,
      deny({
        Action: "s3:*",
        Resource: arn("DOC-EXAMPLE-BUCKET", "DOC-EXAMPLE-BUCKET/*"),
        ...when("Bool", "aws:SecureTransport", "false"),
      }),
    ],
    rows: [
      denied("over http", "s3:GetObject", "DOC-EXAMPLE-BUCKET/a", { transport: "http" }),
      denied("over http, the bucket", "s3:ListBucket", "DOC-EXAMPLE-BUCKET", { transport: "http" }),
      allowed("over https", "s3:GetObject", "DOC-EXAMPLE-BUCKET/a"),
    ],
  },
  {
    source: `${operators}#Conditions_Boolean`,
    identity: [
      deny({
        Action: "s3:*",
        Resource: arn("DOC-EXAMPLE-BUCKET/*"),
        ...when("Bool", "aws:SecureTransport", "false"),
      }),
    ],
    rows: [denied("over https, but nothing allows it", "s3:GetObject", "DOC-EXAMPLE-BUCKET/a")],
  },
  {
    source: `${operators}#Conditions_IPAddress`,
    identity: [allow({ ...accessKeys, ...when("IpAddress", "aws:SourceIp", "203.0.113.0/24") })],
    rows: [
      ...["203.0.113.0", "203.0.113.255"].map((from) =>
        allowed(`from ${from}`, "iam:CreateAccessKey", someKey, { from }),
      ),
      denied("from the next range", "iam:CreateAccessKey", someKey, { from: "203.0.114.0" }),
      denied("through an endpoint, where the key is absent", "iam:CreateAccessKey", someKey, {
        from: "203.0.113.7",
        through,
      }),
    ],
  },
  {
    source: `${operators}#Conditions_IPAddress`,
    identity: [
      allow({
        Action: "someservice:*",
        Resource: "*",
        ...when("IpAddress", "aws:SourceIp", ["203.0.113.0/24", "2001:DB8:1234:5678::/64"]),
      }),
    ],
    rows: [
      allowed("IPv4 in the range", "someservice:Do", "*", { from: "203.0.113.9" }),
      allowed("IPv6 in the range", "someservice:Do", "*", { from: "2001:db8:1234:5678::9" }),
      denied("IPv4 outside", "someservice:Do", "*", { from: "203.0.112.9" }),
      denied("IPv6 outside", "someservice:Do", "*", { from: "2001:db8:1234:5679::9" }),
    ],
  },
  {
    source: `${operators}#Conditions_IPAddress`,
    bucket: [allow({ ...reads, ...when("IpAddress", "aws:SourceIp", "203.0.113.7") })],
    rows: [
      allowed("an address without a length means itself", "s3:GetObject", "data/a", { from: "203.0.113.7" }),
      denied("and not its neighbour", "s3:GetObject", "data/a", { from: "203.0.113.6" }),
    ],
  },
  ...["ArnLike", "ArnEquals"].map((operator): Example => ({
    source: `${operators}#Conditions_ARN`,
    bucket: [allow({ ...reads, ...when(operator, "aws:SourceArn", finance) })],
    rows: [
      allowed(
        `${operator}: any Region`,
        "s3:GetObject",
        "data/a",
        bySource("arn:aws:someservice:us-east-2:111122223333:finance/document.txt"),
      ),
      denied(
        `${operator}: a star stays between its colons`,
        "s3:GetObject",
        "data/a",
        bySource("arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"),
      ),
    ],
  })),
  ...["ArnNotLike", "ArnNotEquals"].map((operator): Example => ({
    source: `${operators}#Conditions_ARN`,
    bucket: [allow({ ...reads, ...when(operator, "aws:SourceArn", finance) })],
    rows: [
      denied(
        `${operator}: any Region`,
        "s3:GetObject",
        "data/a",
        bySource("arn:aws:someservice:us-east-2:111122223333:finance/document.txt"),
      ),
    ],
  })),
  {
    source: `${operators}#Conditions_ARN`,
    bucket: [allow({ ...reads, ...when("StringLike", "aws:SourceArn", finance) })],
    rows: [
      allowed(
        "StringLike: a star goes over colons",
        "s3:GetObject",
        "data/a",
        bySource("arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"),
      ),
    ],
  },
  {
    source: `${operators}#Conditions_ARN`,
    bucket: [
      allow({
        Principal: { AWS: owner },
        Action: "SQS:SendMessage",
        Resource: `arn:aws:sqs:us-east-1:${owner}:queue`,
        ...when("ArnEquals", "aws:SourceArn", `arn:aws:sns:us-east-1:${owner}:topic`),
      }),
    ],
    rows: [denied("a user calls directly", "sqs:SendMessage", `arn:aws:sqs:us-east-1:${owner}:queue`)],
  },
  ...(
    [
      ["Conditions_Numeric", "NumericLessThanEquals", "s3:max-keys", "10", "s3:max-keys"],
      ["Conditions_Date", "DateGreaterThan", "aws:TokenIssueTime", "2020-01-01T00:00:01Z", "DateGreaterThan"],
      ["Conditions_BinaryEquals", "BinaryEquals", "key", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", "BinaryEquals"],
      ["Conditions_IfExists", "StringLikeIfExists", "ec2:InstanceType", "t1.*", "ec2:InstanceType"],
      [
        "Conditions_String",
        "StringEquals",
        "aws:PrincipalTag/job-category",
        "iamuser-admin",
        "aws:PrincipalTag",
      ],
      ["Conditions_String", "StringLike", "s3:prefix", "home/", "s3:prefix"],
    ] as const
  ).map(([anchor, operator, key, value, names]) => ({
    source: `${operators}#${anchor}`,
    identity: [allow({ Action: "*", Resource: "*", ...when(operator, key, value) })],
    rows: notJudged(names),
  })),
];

const ou = (path: string) => ({ by: user(owner, "someone", { id: "o-a1b2c3d4e5", path }) });
const root = "o-a1b2c3d4e5/r-f6g7h8i9j0example";
const inOrganisation = (operator: string, ...paths: readonly string[]): object => ({
  ...reads,
  ...when(operator, "aws:PrincipalOrgPaths", paths),
});
const ninja = (decided: typeof allowed, what: string, by: ReturnType<typeof user>) =>
  decided(what, "s3:PutObject", "policy-ninja-dev/a", { by, rights });

const globalKeys: readonly Example[] = [
  {
    source: keys,
    bucket: [
      allow({
        ...reads,
        Condition: {
          IpAddressIfExists: { "aws:SourceIp": ["198.51.100.0/24"] },
          StringEqualsIfExists: { "aws:SourceVpc": ["vpc-1"] },
        },
      }),
    ],
    rows: [
      allowed("from the range; no VPC", "s3:GetObject", "data/a", { from: "198.51.100.7" }),
      allowed("from the VPC; no address", "s3:GetObject", "data/a", { through }),
      allowed("neither key is there", "s3:GetObject", "data/a"),
      denied("from another range", "s3:GetObject", "data/a", { from: "192.0.2.7" }),
      denied("from another VPC", "s3:GetObject", "data/a", {
        through: { endpointId: "vpce-2", vpcId: "vpc-2" },
      }),
    ],
  },
  {
    source: `${keys}#condition-keys-principalorgid`,
    bucket: [
      allow({
        Principal: "*",
        Action: "s3:PutObject",
        Resource: arn("policy-ninja-dev/*"),
        ...when("StringEquals", "aws:PrincipalOrgID", ["o-xxxxxxxxxxx"]),
      }),
    ],
    rows: [
      ninja(
        allowed,
        "a member account",
        user(a, "x", { id: "o-xxxxxxxxxxx", path: "o-xxxxxxxxxxx/r-1/ou-1/" }),
      ),
      ninja(
        allowed,
        "the management account",
        user(b, "x", { id: "o-xxxxxxxxxxx", path: "o-xxxxxxxxxxx/r-1/" }),
      ),
      ninja(
        denied,
        "another organization",
        user(a, "x", { id: "o-yyyyyyyyyyy", path: "o-yyyyyyyyyyy/r-1/" }),
      ),
      ninja(denied, "no organization", user(a)),
      denied("no credentials", "s3:PutObject", "policy-ninja-dev/a", { by: anonymous }),
    ],
  },
  {
    source: `${keys}#condition-keys-principalorgpaths`,
    bucket: [allow(inOrganisation("ForAnyValue:StringEquals", `${root}/ou-ghi0-awsccccc/ou-jkl0-awsddddd/`))],
    rows: [
      allowed("in the OU", "s3:GetObject", "data/a", ou(`${root}/ou-ghi0-awsccccc/ou-jkl0-awsddddd/`)),
      denied(
        "in an OU below it",
        "s3:GetObject",
        "data/a",
        ou(`${root}/ou-ghi0-awsccccc/ou-jkl0-awsddddd/ou-mno0-awseeeee/`),
      ),
    ],
  },
  ...["ou-jkl0-awsddddd*", "ou-jkl0-awsddddd/*"].map((end): Example => ({
    source: `${keys}#condition-keys-principalorgpaths`,
    bucket: [allow(inOrganisation("ForAnyValue:StringLike", `${root}/ou-ghi0-awsccccc/${end}`))],
    rows: [
      allowed(`in the OU of ${end}`, "s3:GetObject", "data/a", {
        ...ou(`${root}/ou-ghi0-awsccccc/ou-jkl0-awsddddd/`),
      }),
      allowed(
        `in an OU below ${end}`,
        "s3:GetObject",
        "data/a",
        ou(`${root}/ou-ghi0-awsccccc/ou-jkl0-awsddddd/ou-mno0-awseeeee/`),
      ),
      denied(`above the OU of ${end}`, "s3:GetObject", "data/a", ou(`${root}/ou-ghi0-awsccccc/`)),
    ],
  })),
  {
    source: `${keys}#condition-keys-principalorgpaths`,
    bucket: [allow(inOrganisation("ForAnyValue:StringLike", "o-a1b2c3d4e5/*"))],
    rows: [
      allowed("whatever the OU", "s3:GetObject", "data/a", ou(`${root}/ou-def0-awsbbbbb/`)),
      denied("another organization", "s3:GetObject", "data/a", {
        by: user(owner, "x", { id: "o-other", path: "o-other/r-1/" }),
      }),
    ],
  },
  {
    source: `${keys}#condition-keys-principalorgpaths`,
    bucket: [
      allow(
        inOrganisation("ForAnyValue:StringLike", `${root}/ou-def0-awsbbbbb/*`, `${root}/ou-jkl0-awsddddd/*`),
      ),
    ],
    rows: [
      ...["ou-def0-awsbbbbb", "ou-jkl0-awsddddd"].map((name) =>
        allowed(`in ${name}, one of the two`, "s3:GetObject", "data/a", ou(`${root}/${name}/`)),
      ),
      denied("in a third", "s3:GetObject", "data/a", ou(`${root}/ou-ghi0-awsccccc/`)),
    ],
  },
  {
    source: setOperators,
    bucket: [allow(inOrganisation("ForAllValues:StringLike", "o-a1b2c3d4e5/*"))],
    rows: [allowed("ForAllValues of a key that is absent", "s3:GetObject", "data/a")],
  },
  {
    source: setOperators,
    bucket: [allow(inOrganisation("ForAnyValue:StringLike", "o-a1b2c3d4e5/*"))],
    rows: [denied("ForAnyValue of a key that is absent", "s3:GetObject", "data/a")],
  },
  {
    source: `${keys}#condition-keys-sourceip`,
    identity: [
      allow({
        Action: "s3:PutObject",
        Resource: arn("my-service-bucket/*"),
        Condition: { Bool: { "aws:ViaAWSService": "false" }, IpAddress: { "aws:SourceIp": "123.45.167.89" } },
      }),
      allow({
        Action: "s3:PutObject",
        Resource: arn("my-service-bucket/*"),
        ...when("Bool", "aws:ViaAWSService", "true"),
      }),
    ],
    rows: [
      allowed("directly from the address", "s3:PutObject", "my-service-bucket/a", { from: "123.45.167.89" }),
      denied("directly from another", "s3:PutObject", "my-service-bucket/a", { from: "123.45.167.90" }),
      allowed("by a service on the user's behalf", "s3:PutObject", "my-service-bucket/a", {
        by: {
          kind: "user",
          arn: `arn:aws:iam::${owner}:user/someone`,
          accountId: owner,
          viaAwsService: true,
        },
        from: "192.0.2.1",
      }),
    ],
  },
  {
    source: `${guide}/reference_policies_examples_aws_deny-ip.html`,
    identity: [
      own,
      deny({
        Action: "*",
        Resource: "*",
        ...when("NotIpAddress", "aws:SourceIp", ["192.0.2.0/24", "203.0.113.0/24"]),
      }),
    ],
    rows: [
      ...["192.0.2.7", "203.0.113.7"].map((from) =>
        allowed(`from ${from}`, "s3:GetObject", "data/a", { from }),
      ),
      denied("from outside both", "s3:GetObject", "data/a", { from: "198.51.100.7" }),
    ],
  },
  ...(
    [
      ["condition-keys-calledvia", "ForAnyValue:StringEquals", "aws:CalledVia"],
      ["condition-keys-calledviafirst", "StringEquals", "aws:CalledViaFirst"],
      ["condition-keys-multifactorauthpresent", "BoolIfExists", "aws:MultiFactorAuthPresent"],
      ["condition-keys-principaltag", "StringEquals", "aws:PrincipalTag/tagManager"],
      ["condition-keys-requestedregion", "StringEquals", "aws:RequestedRegion"],
      ["condition-keys-userid", "StringEquals", "aws:userid"],
    ] as const
  ).map(([anchor, operator, key]) => ({
    source: `${keys}#${anchor}`,
    identity: [allow({ Action: "*", Resource: "*", ...when(operator, key, "true") })],
    rows: notJudged(key),
  })),
];

const carlos = "carlossalazar";
const carlosOwn = [
  allow({
    Action: ["s3:GetBucketLocation", "s3:GetAccountPublicAccessBlock", "s3:ListAllMyBuckets"],
    Resource: arn("*"),
  }),
  allow({ Action: "s3:*", Resource: arn(`${carlos}/*`, carlos) }),
  deny({ Action: "s3:*", Resource: arn("*log*") }),
];
const carlosBucket = allow({
  Principal: { AWS: `arn:aws:iam::${owner}:user/${carlos}` },
  Action: "s3:*",
  Resource: arn(`${carlos}/*`, carlos),
});
const byCarlos = { by: user(owner, carlos) };
const [trusted, trusting] = ["111111111111", "222222222222"];
const abroad = { by: user(trusted, carlos), owner: trusting };

const logic: readonly Example[] = [
  {
    source: evaluation,
    identity: carlosOwn,
    rows: [
      denied("saves to the log bucket", "s3:PutObject", `${carlos}-logs/a`, byCarlos),
      allowed("saves to his bucket by his policy", "s3:PutObject", `${carlos}/a`, byCarlos),
      allowed("asks where a bucket is", "s3:GetBucketLocation", "other", byCarlos),
      denied("reads in another bucket", "s3:GetObject", "other/a", byCarlos),
    ],
  },
  {
    source: evaluation,
    bucket: [carlosBucket],
    identity: carlosOwn,
    rows: [
      allowed("saves to his bucket by both", "s3:PutObject", `${carlos}/a`, byCarlos),
      denied("a log in his bucket", "s3:GetObject", `${carlos}/log.txt`, byCarlos),
    ],
  },
  {
    source: evaluation,
    bucket: [carlosBucket],
    rows: [
      allowed("saves by the bucket policy alone", "s3:PutObject", `${carlos}/a`, byCarlos),
      denied("another user", "s3:PutObject", `${carlos}/a`),
    ],
  },
  {
    source: implicit,
    identity: [
      allow({ Action: ["iam:Get*", "iam:List*"], Resource: "*" }),
      deny({ Action: "iam:*Report", Resource: "*" }),
    ],
    rows: [
      allowed("iam:GetUser", "iam:GetUser", "*"),
      allowed("iam:ListUsers", "iam:ListUsers", "*"),
      denied("iam:CreatePolicy, implicitly", "iam:CreatePolicy", "*"),
      denied("iam:GetOrganizationsAccessReport", "iam:GetOrganizationsAccessReport", "*"),
      denied(
        "iam:GenerateCredentialReport, though another policy allows it",
        "iam:GenerateCredentialReport",
        "*",
        {
          rights,
        },
      ),
    ],
  },
  {
    source: crossAccount,
    identity: [
      allow({ Action: "s3:ListAllMyBuckets", Resource: "*" }),
      allow({ Action: "s3:*Object*", Resource: arn("Production/*") }),
      deny({ Action: "s3:*", Resource: arn("*log*", "*log*/*") }),
    ],
    bucket: [
      allow({
        Action: ["s3:GetObject*", "s3:PutObject*", "s3:ReplicateObject", "s3:RestoreObject"],
        Principal: { AWS: `arn:aws:iam::${trusted}:user/${carlos}` },
        Resource: arn("Production/*"),
      }),
    ],
    rows: [
      allowed("saves, as both accounts allow", "s3:PutObject", "Production/a", abroad),
      allowed("reads, as both accounts allow", "s3:GetObject", "Production/a", abroad),
      denied("saves to the log bucket", "s3:PutObject", "Production-logs/a", abroad),
      denied("deletes, which the bucket policy does not allow", "s3:DeleteObject", "Production/a", abroad),
      denied("manages the bucket", "s3:PutBucketPolicy", "Production", abroad),
    ],
  },
  {
    source: crossAccount,
    bucket: [allow({ ...reads, Principal: { AWS: `arn:aws:iam::${trusted}:user/${carlos}` } })],
    rows: [denied("without a policy of his own", "s3:GetObject", "data/a", abroad)],
  },
  {
    source: crossAccount,
    identity: [own],
    rows: [denied("without a bucket policy", "s3:GetObject", "data/a", abroad)],
  },
];

const to = (...AWS: readonly string[]) => allow({ ...reads, Principal: { AWS } });
const example = (source: string, bucket: readonly object[], ...rows: Example["rows"]): Example => ({
  source,
  bucket,
  rows,
});

const ofPrincipals: readonly Example[] = [
  ...[`arn:aws:iam::${owner}:root`, owner].map((account) =>
    example(
      `${principals}#principal-accounts`,
      [to(account)],
      allowed(`${account}: an identity with a grant of its administrator`, "s3:GetObject", "data/a", {
        by: user(owner),
        owner: b,
        rights,
      }),
      denied(`${account}: an identity without`, "s3:GetObject", "data/a", { by: user(owner), owner: b }),
      denied(`${account}: another account`, "s3:GetObject", "data/a", { by: user(a), owner: b, rights }),
    ),
  ),
  example(
    `${principals}#Principal_specifying`,
    [to(owner, b)],
    ...[owner, b].map((account) =>
      allowed(`either account: ${account}`, "s3:GetObject", "data/a", {
        by: user(account),
        owner: a,
        rights,
      }),
    ),
  ),
  example(
    `${principals}#principal-roles`,
    [to(`arn:aws:iam::${owner}:role/role-name`)],
    allowed("a session of the role", "s3:GetObject", "data/a", { by: role(owner, "role-name") }),
    denied("a session of another role", "s3:GetObject", "data/a", { by: role(owner, "other") }),
  ),
  example(
    `${principals}#principal-role-session`,
    [to(`arn:aws:sts::${owner}:assumed-role/role-name/role-session-name`)],
    allowed("the session", "s3:GetObject", "data/a", { by: role(owner, "role-name", "role-session-name") }),
    denied("another session of the role", "s3:GetObject", "data/a", {
      by: role(owner, "role-name", "other"),
    }),
  ),
  example(
    `${principals}#principal-users`,
    [to(`arn:aws:iam::${owner}:user/user-name-1`, `arn:aws:iam::${owner}:user/user-name-2`)],
    ...["user-name-1", "user-name-2"].map((name) =>
      allowed(`either user: ${name}`, "s3:GetObject", "data/a", { by: user(owner, name) }),
    ),
    denied("another user", "s3:GetObject", "data/a", { by: user(owner, "user-name-3") }),
    denied("the name in capitals", "s3:GetObject", "data/a", { by: user(owner, "User-Name-1") }),
  ),
  example(
    `${principals}#principal-services`,
    [
      allow({
        ...reads,
        Principal: { Service: ["ecs.amazonaws.com", "elasticloadbalancing.amazonaws.com"] },
      }),
    ],
    ...["ecs.amazonaws.com", "elasticloadbalancing.amazonaws.com"].map((name) =>
      allowed(`either service: ${name}`, "s3:GetObject", "data/a", { by: service(name) }),
    ),
    denied("another service", "s3:GetObject", "data/a", { by: service("ec2.amazonaws.com") }),
  ),
  ...["*", { AWS: "*" }].map((Principal) => {
    const written = JSON.stringify(Principal);
    return example(
      `${principals}#principal-anonymous`,
      [allow({ ...reads, Principal })],
      allowed(`${written}: no credentials`, "s3:GetObject", "data/a", { by: anonymous }),
      allowed(`${written}: a user of the account needs nothing more`, "s3:GetObject", "data/a", {
        by: user(owner),
      }),
      allowed(`${written}: a role of the account needs nothing more`, "s3:GetObject", "data/a", {
        by: role(owner, "role-name"),
      }),
      denied(`${written}: another account's user without its own grant`, "s3:GetObject", "data/a", {
        by: user(a),
      }),
      allowed(`${written}: another account's user with it`, "s3:GetObject", "data/a", {
        by: user(a),
        rights,
      }),
    );
  }),
  example(
    `${principals}#principal-anonymous`,
    [
      deny({
        Action: "s3:*",
        Principal: "*",
        Resource: arn("data/*", "data"),
        ...when("ArnNotEquals", "aws:PrincipalArn", `arn:aws:iam::${a}:user/user-name`),
      }),
      allow({ Action: "s3:*", Principal: "*", Resource: arn("data/*", "data") }),
    ],
    allowed("the user excepted", "s3:GetObject", "data/a", { by: user(a, "user-name"), rights }),
    denied("another user of the account", "s3:GetObject", "data/a", { by: user(a, "other"), rights }),
    denied("a user of the bucket's account", "s3:GetObject", "data/a", { rights }),
    denied("no credentials", "s3:GetObject", "data/a", { by: anonymous }),
  ),
  ...(
    [
      ["principal-accounts", { CanonicalUser: "79a59df900b949e5" }, "CanonicalUser"],
      ["principal-federated-web-identity", { Federated: "cognito-identity.amazonaws.com" }, "Federated"],
      ["principal-users", { AWS: `arn:aws:iam::${owner}:user/*` }, "user/*"],
      ["sts-session-principals", { AWS: `arn:aws:sts::${owner}:federated-user/kim` }, "federated-user/kim"],
    ] as const
  ).map(([anchor, Principal, names]) =>
    example(`${principals}#${anchor}`, [allow({ ...reads, Principal })], ...notJudged(names)),
  ),
  // What stays in a policy when the user or role that it named was deleted: it means nobody, a new one of the name neither.
  example(
    `${principals}#principal-users`,
    [to("AIDACKCEVSQ6C2EXAMPLE")],
    denied("the user made again", "s3:GetObject", "data/a", { by: user(owner, "user-name") }),
  ),
  example(
    `${principals}#principal-roles`,
    [to("AROADBQP57FF2AEXAMPLE")],
    denied("the role made again", "s3:GetObject", "data/a", { by: role(owner, "role-name") }),
  ),
  {
    source: elements("notprincipal"),
    bucket: [
      {
        Effect: "Deny",
        NotPrincipal: { AWS: [`arn:aws:iam::${a}:user/Bob`, `arn:aws:iam::${a}:root`] },
        Action: "s3:*",
        Resource: arn("data", "data/*"),
      },
    ],
    rows: notJudged("NotPrincipal"),
  },
];

const actionsAndResources: readonly Example[] = [
  {
    source: elements("action"),
    identity: [allow({ Action: "IAM:listaccesskeys", Resource: "*" })],
    rows: [allowed("upper and lower case are the same", "iam:ListAccessKeys", "*")],
  },
  {
    source: elements("action"),
    identity: [allow({ Action: "iam:*AccessKey*", Resource: "*" })],
    rows: [
      ...["CreateAccessKey", "DeleteAccessKey", "ListAccessKeys", "UpdateAccessKey"].map((name) =>
        allowed(name, `iam:${name}`, "*"),
      ),
      denied("an action without it", "iam:ListUsers", "*"),
    ],
  },
  {
    source: elements("notaction"),
    identity: [allow({ NotAction: "s3:DeleteBucket", Resource: arn("*") })],
    rows: [
      allowed("any other action of S3", "s3:PutObject", "data/a"),
      denied("the action excepted", "s3:DeleteBucket", "data"),
      denied("what needs the resource *", "s3:ListAllMyBuckets", "*"),
    ],
  },
  {
    source: elements("notaction"),
    identity: [allow({ NotAction: "iam:*", Resource: "*" })],
    rows: [
      allowed("another service", "s3:GetObject", "data/a"),
      denied("the service excepted", "iam:CreateUser", "*"),
    ],
  },
  {
    source: elements("notaction"),
    identity: [
      deny({
        NotAction: "iam:*",
        Resource: "*",
        ...when("BoolIfExists", "aws:MultiFactorAuthPresent", "false"),
      }),
    ],
    rows: notJudged("aws:MultiFactorAuthPresent"),
  },
  {
    source: elements("notresource"),
    identity: [deny({ Action: "s3:*", NotResource: arn("HRBucket/Payroll", "HRBucket/Payroll/*") })],
    rows: [
      denied("the folder, as nothing allows it", "s3:GetObject", "HRBucket/Payroll/a"),
      allowed("the folder, which a broad policy allows", "s3:GetObject", "HRBucket/Payroll/a", { rights }),
      denied("another folder", "s3:GetObject", "HRBucket/Other/a", { rights }),
      denied("another bucket", "s3:GetObject", "data/a", { rights }),
    ],
  },
  {
    source: elements("resource"),
    identity: [
      allow({
        Action: "*",
        Resource: [`arn:aws:iam::${owner}:user/accounting/*`, ...arn("my_corporate_bucket/*")],
      }),
    ],
    rows: [
      allowed("a user of the path", "iam:GetUser", `arn:aws:iam::${owner}:user/accounting/kim`),
      denied("a user of another path", "iam:GetUser", `arn:aws:iam::${owner}:user/sales/kim`),
      allowed("an object of the bucket", "s3:GetObject", "my_corporate_bucket/a/b"),
      denied("the bucket itself", "s3:ListBucket", "my_corporate_bucket"),
    ],
  },
];

export const iamGuide: readonly Example[] = [
  ...strings,
  ...absent,
  ...present,
  ...otherOperators,
  ...globalKeys,
  ...logic,
  ...ofPrincipals,
  ...actionsAndResources,
];
