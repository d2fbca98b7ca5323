import { distinct, matches, type Breach, type Rule } from "./rule";

/**
 * Beginnings and ends that S3 keeps for itself; `.mrap` is one more, and no name here has dots. `-an` ends the names of an
 * account's own namespace, which this program does not ask for.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const reservedBeginnings = ["xn--", "sthree-", "amzn-s3-demo-"];
const reservedEnds = ["-s3alias", "--ol-s3", "--x-s3", "--table-s3", "-an"];

/** S3's longest name, less `s3-` before and a hyphen and seven random characters behind the key. */
const LONGEST_KEY = 63 - "s3-".length - "-0123456".length;

export const bucketKeyRule: Rule<string> = (key) => {
  if (key.length > LONGEST_KEY) {
    return [
      {
        rule: `a bucket's key has at most ${LONGEST_KEY} characters, so that a name made of it stays within S3's 63`,
        fix: `shorten it by ${key.length - LONGEST_KEY}`,
      },
    ];
  }
  return matches(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, () => ({
    rule: "a bucket's key has lower-case letters, digits and hyphens, and none at either end",
    fix: "write it as data or team-a",
  }))(key);
};

export const bucketNameRule: Rule<string> = (name) => {
  if (/^\d+(\.\d+){3}$/.test(name)) {
    return [{ rule: "a bucket's name must not look like an IP address", fix: "choose another name" }];
  }
  if (name.includes(".")) {
    return [
      {
        rule: "the endpoint's certificate covers *.bucket.vpce-…, which a name with dots does not match",
        fix: `use ${name.replaceAll(/\.+/g, "-")}`,
      },
    ];
  }
  if (name.length < 3 || name.length > 63) {
    return [{ rule: "a bucket's name has 3 to 63 characters", fix: `it has ${name.length}` }];
  }
  if (!/^[a-z0-9][a-z0-9-]*[a-z0-9]$/.test(name)) {
    return [
      {
        rule: "a bucket's name has lower-case letters, digits and hyphens, and no hyphen at either end",
        fix: "write it as example-data",
      },
    ];
  }
  return reservedPart(name).map((part) => ({
    rule: `S3 keeps names with ${part} for itself`,
    fix: "choose another name",
  }));
};

function reservedPart(name: string): string[] {
  const beginning = reservedBeginnings
    .filter((part) => name.startsWith(part))
    .map((part) => `${part} at the start`);
  const end = reservedEnds.filter((part) => name.endsWith(part)).map((part) => `${part} at the end`);
  return [...beginning, ...end];
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
export const lockDaysRule: Rule<number> = (days) =>
  days >= 1 && days <= 36_500
    ? []
    : [
        {
          rule: "S3 locks a version for 1 to 36500 days",
          fix: "use 30, or remove it where nothing is to be locked",
        },
      ];

interface NamedBucket {
  readonly name: string;
  readonly bucketName?: string | undefined;
}

export const bucketListRule: Rule<readonly NamedBucket[]> = (buckets) => {
  const none: Breach[] =
    buckets.length > 0
      ? []
      : [
          {
            rule: "the endpoint needs at least one bucket to lead to",
            fix: "for example [{name: data, access: read}]",
          },
        ];
  return [
    ...none,
    ...distinct(
      buckets.map(({ name }) => name),
      (name) => ({ rule: `another bucket has the key ${name}`, fix: "give each bucket a key of its own" }),
      ["name"],
    ),
    ...distinct(
      buckets.map(({ bucketName }) => bucketName),
      (name) => ({ rule: `another bucket has the name ${name}`, fix: "give each bucket a name of its own" }),
      ["bucketName"],
    ),
  ];
};
