import type { SettingMistake } from "./mistake";
import { many } from "../settings/many";

export const s3Mistakes: readonly SettingMistake[] = [
  {
    what: "buckets that are no JSON",
    given: { buckets: "[{name: data" },
    says: 'buckets is "[{name: data", but it must be a list; for example [{name: data, access: read}]',
  },
  {
    what: "no bucket",
    given: { buckets: [] },
    says: "buckets is [], but the endpoint needs at least one bucket to lead to; for example [{name: data, access: read}]",
  },
  {
    what: "a bucket's key in capitals",
    given: { buckets: [{ name: "Data", access: "read" }] },
    says: "buckets[0].name is Data, but a bucket's key has lower-case letters, digits and hyphens, and none at either end; write it as data or team-a",
  },
  {
    what: "a bucket's key that is too long",
    given: { buckets: [{ name: "x".repeat(53), access: "read" }] },
    says: `buckets[0].name is ${"x".repeat(53)}, but a bucket's key has at most 52 characters, so that a name made of it stays within S3's 63; shorten it by 1`,
  },
  {
    what: "a bucket without access",
    given: { buckets: [{ name: "data" }] },
    says: "buckets[0].access is not set, but it takes read, readWrite; choose one of them",
  },
  {
    what: "an access that there is not",
    given: { buckets: [{ name: "data", access: "write" }] },
    says: "buckets[0].access is write, but it takes read, readWrite; choose one of them",
  },
  {
    what: "a bucket with a key that there is not",
    given: { buckets: [{ name: "data", access: "read", public: true }] },
    says: "buckets[0].public is true, but there is no such key; there are name, access, bucketName, lockDays",
  },
  {
    what: "two buckets with one key",
    given: {
      buckets: [
        { name: "data", access: "read" },
        { name: "data", access: "readWrite" },
      ],
    },
    says: "buckets[1].name is data, but another bucket has the key data; give each bucket a key of its own",
  },
  {
    what: "two buckets with one name",
    given: {
      buckets: [
        { name: "a", access: "read", bucketName: "same-name" },
        { name: "b", access: "read", bucketName: "same-name" },
      ],
    },
    says: "buckets[1].bucketName is same-name, but another bucket has the name same-name; give each bucket a name of its own",
  },
  {
    what: "a bucket name that looks like an address",
    given: { buckets: [{ name: "a", access: "read", bucketName: "192.168.5.4" }] },
    says: "buckets[0].bucketName is 192.168.5.4, but a bucket's name must not look like an IP address; choose another name",
  },
  {
    what: "a bucket name with dots",
    given: { buckets: [{ name: "a", access: "read", bucketName: "my.data" }] },
    says: "buckets[0].bucketName is my.data, but the endpoint's certificate covers *.bucket.vpce-…, which a name with dots does not match; use my-data",
  },
  {
    what: "a bucket name that is too short",
    given: { buckets: [{ name: "a", access: "read", bucketName: "ab" }] },
    says: "buckets[0].bucketName is ab, but a bucket's name has 3 to 63 characters; it has 2",
  },
  {
    what: "a bucket name in capitals",
    given: { buckets: [{ name: "a", access: "read", bucketName: "My_Data" }] },
    says: "buckets[0].bucketName is My_Data, but a bucket's name has lower-case letters, digits and hyphens, and no hyphen at either end; write it as example-data",
  },
  {
    what: "a bucket name with a reserved beginning",
    given: { buckets: [{ name: "a", access: "read", bucketName: "xn--data" }] },
    says: "buckets[0].bucketName is xn--data, but S3 keeps names with xn-- at the start for itself; choose another name",
  },
  {
    what: "a bucket name with another reserved beginning",
    given: { buckets: [{ name: "a", access: "read", bucketName: "sthree-data" }] },
    says: "buckets[0].bucketName is sthree-data, but S3 keeps names with sthree- at the start for itself; choose another name",
  },
  {
    what: "a bucket name with a reserved end",
    given: { buckets: [{ name: "a", access: "read", bucketName: "data-s3alias" }] },
    says: "buckets[0].bucketName is data-s3alias, but S3 keeps names with -s3alias at the end for itself; choose another name",
  },
  {
    what: "a bucket name with another reserved end",
    given: { buckets: [{ name: "a", access: "read", bucketName: "data--ol-s3" }] },
    says: "buckets[0].bucketName is data--ol-s3, but S3 keeps names with --ol-s3 at the end for itself; choose another name",
  },
  {
    what: "a bucket name of an account's own namespace",
    given: { buckets: [{ name: "a", access: "read", bucketName: "data-123456789012-eu-west-1-an" }] },
    says: "buckets[0].bucketName is data-123456789012-eu-west-1-an, but S3 keeps names with -an at the end for itself; choose another name",
  },
  {
    what: "more bucket names than the endpoint's policy holds",
    given: { buckets: many(200, (i) => ({ name: `team-${i}-${"x".repeat(30)}`, access: "read" })) },
    says: "buckets is set, but the endpoint's policy that names all 200 has 27012 characters, and AWS takes 20480; use fewer buckets or shorter names, or a second stack",
  },
  ...[0, 36_501].map((lockDays) => ({
    what: `a lock for ${lockDays} days`,
    given: { buckets: [{ name: "a", access: "read", lockDays }] },
    says: `buckets[0].lockDays is ${lockDays}, but S3 locks a version for 1 to 36500 days; use 30, or remove it where nothing is to be locked`,
  })),
  {
    what: "old versions that expire while they are locked",
    given: {
      oldVersionDays: 29,
      buckets: [
        { name: "a", access: "read" },
        { name: "b", access: "read", lockDays: 30 },
      ],
    },
    says: "oldVersionDays is 29, but buckets[1].lockDays is 30, and S3 keeps what is locked; use 30 or more, or lock for fewer days",
  },
  {
    what: "a sample object that is locked",
    given: { sampleObject: true, buckets: [{ name: "a", access: "read", lockDays: 30 }] },
    says: "sampleObject is true, but the first bucket locks it for 30 days, in which the stack could not delete it; remove it, or list a bucket without lockDays first",
  },
  ...[
    { presignedUrlMinutes: 14, what: "presigned URLs that end before clocks may differ" },
    { presignedUrlMinutes: 10_081, what: "presigned URLs that live longer than S3 lets them" },
  ].map(({ what, presignedUrlMinutes }) => ({
    what,
    given: { presignedUrlMinutes },
    says: `presignedUrlMinutes is ${presignedUrlMinutes}, but S3 takes no signature that is older than seven days, and below 15 minutes clocks that differ shut out requests that are not presigned; use 15 to 10080`,
  })),
  {
    what: "400 trusted principals",
    given: {
      trustedPrincipals: many(400, (i) => `arn:aws:iam::123456789012:role/emergency-role-${i}`),
    },
    says: "trustedPrincipals is set, but a bucket's policy that exempts all 401 has 23290 characters, and S3 takes 20480; name fewer, as one role that they all assume",
  },
  {
    what: "400 deployers",
    given: { deployers: many(400, (i) => `arn:aws:iam::123456789012:role/deploying-role-${i}`) },
    says: "deployers is set, but a bucket's policy that exempts all 400 has 23192 characters, and S3 takes 20480; name fewer, as one role that they all assume",
  },
  {
    what: "a misspelt perimeter",
    given: { perimeter: "enforce" },
    says: "perimeter is enforce, but it takes enforced, allow; did you mean enforced?",
  },
  {
    what: "trusted principals where nobody is kept out",
    given: { perimeter: "allow", trustedPrincipals: ["arn:aws:iam::123456789012:role/break-glass"] },
    says: 'trustedPrincipals is ["arn:aws:iam::123456789012:role/break-glass"], but perimeter is allow, which keeps nobody out, so there is nobody to exempt; remove it, or use perimeter: enforced',
  },
  {
    what: "deployers where nobody is kept out",
    given: { perimeter: "allow", deployers: ["arn:aws:iam::123456789012:role/deployer"] },
    says: 'deployers is ["arn:aws:iam::123456789012:role/deployer"], but perimeter is allow, which keeps nobody out, so there is nobody to exempt; remove it, or use perimeter: enforced',
  },
  {
    what: "a wildcard among the deployers",
    given: { deployers: ["arn:aws:iam::123456789012:role/ci-*"] },
    says: "deployers[0] is arn:aws:iam::123456789012:role/ci-*, but a wildcard would let more than named principals past the perimeter; list each user or role, as arn:aws:iam::123456789012:role/break-glass",
  },
  {
    what: "a role's session as a deployer",
    given: { deployers: ["arn:aws:sts::123456789012:assumed-role/deployer/github-42"] },
    says: "deployers[0] is arn:aws:sts::123456789012:assumed-role/deployer/github-42, but it names one session of a role, and AWS compares the role; use arn:aws:iam::123456789012:role/deployer (with the role's path, if it has one)",
  },
  {
    what: "a deployer twice",
    given: { deployers: many(2, () => "arn:aws:iam::123456789012:role/deployer") },
    says: "deployers[1] is arn:aws:iam::123456789012:role/deployer, but it is in the list already; list it once",
  },
  {
    what: "a deployer of another partition",
    given: { deployers: ["arn:aws-cn:iam::123456789012:role/deployer"] },
    says: "deployers[0] is arn:aws-cn:iam::123456789012:role/deployer, but it belongs to another partition of AWS, whose principals never call this one; use a principal whose ARN begins with arn:aws:",
  },
  {
    what: "a wildcard among the trusted principals",
    given: { trustedPrincipals: ["arn:aws:iam::123456789012:role/*"] },
    says: "trustedPrincipals[0] is arn:aws:iam::123456789012:role/*, but a wildcard would let more than named principals past the perimeter; list each user or role, as arn:aws:iam::123456789012:role/break-glass",
  },
  {
    what: "everybody as a trusted principal",
    given: { trustedPrincipals: ["*"] },
    says: "trustedPrincipals[0] is *, but a wildcard would let more than named principals past the perimeter; list each user or role, as arn:aws:iam::123456789012:role/break-glass",
  },
  {
    what: "a role's session as a trusted principal",
    given: { trustedPrincipals: ["arn:aws:sts::123456789012:assumed-role/admin/anna"] },
    says: "trustedPrincipals[0] is arn:aws:sts::123456789012:assumed-role/admin/anna, but it names one session of a role, and AWS compares the role; use arn:aws:iam::123456789012:role/admin (with the role's path, if it has one)",
  },
  {
    what: "an account as a trusted principal",
    given: { trustedPrincipals: ["123456789012"] },
    says: 'trustedPrincipals[0] is "123456789012", but an account\'s number names no principal here; use arn:aws:iam::123456789012:root for its root user, or list its users and roles',
  },
  {
    what: "a number as a trusted principal",
    given: { trustedPrincipals: [123456789012] },
    says: 'trustedPrincipals[0] is 123456789012, but it must be text; quote it: "123456789012"',
  },
  {
    what: "a group as a trusted principal",
    given: { trustedPrincipals: ["arn:aws:iam::123456789012:group/admins"] },
    says: "trustedPrincipals[0] is arn:aws:iam::123456789012:group/admins, but it is not the ARN of an IAM user, an IAM role or an account's root; write it as arn:aws:iam::123456789012:role/break-glass",
  },
  {
    what: "a principal of another partition",
    given: { trustedPrincipals: ["arn:aws-cn:iam::123456789012:role/admin"] },
    says: "trustedPrincipals[0] is arn:aws-cn:iam::123456789012:role/admin, but it belongs to another partition of AWS, whose principals never call this one; use a principal whose ARN begins with arn:aws:",
  },
  {
    what: "a trusted principal twice",
    given: { trustedPrincipals: many(2, () => "arn:aws:iam::123456789012:role/admin") },
    says: "trustedPrincipals[1] is arn:aws:iam::123456789012:role/admin, but it is in the list already; list it once",
  },
];
