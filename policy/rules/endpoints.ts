import { endpointMeaning, inWords, type Passing } from "../meaning";
import { unless, type Check, type ResourceRule } from "../rule";

const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const isLimited: Check = ({ props }) => {
  if (props["policy"] === undefined)
    return [
      "policy is not set, so the endpoint leads to every bucket in S3; limit it to the stack's buckets",
    ];
  const meaning = endpointMeaning(props["policy"]);
  if (meaning.kind === "not read") return [`${meaning.problem}; write it in a way that can be judged`];
  return [
    ...refused(meaning.passing, {
      where: ({ call }) => call.data.givenBy === "never",
      why: ", which no reader needs; name the actions",
    }),
    ...refused(meaning.passing, {
      where: ({ bucket }) => bucket === "otherwise",
      why: " on any bucket, so data can leave to somebody else's; name the buckets",
    }),
    ...refused(meaning.passing, {
      where: ({ named }) => named !== "by name",
      why: " to anyone; name the principals",
    }),
  ];
};

function refused(
  passing: readonly Passing[],
  { where, why }: { readonly where: (one: Passing) => boolean; readonly why: string },
): readonly string[] {
  const wrong = passing.filter(where);
  return unless(wrong.length === 0, `the endpoint's policy allows ${inWords(wrong).actions}${why}`);
}

export const limitedEndpoints: ResourceRule = {
  kind: "resource",
  name: "limited-endpoints",
  description:
    "An endpoint's policy lets users and roles that it names list, read, write and delete objects of buckets that it names, so that no data leaves through it.",
  checks: { [endpoint]: isLimited },
};

const leavesDnsAlone: Check = ({ props }) =>
  unless(
    props["privateDnsEnabled"] !== true,
    "privateDnsEnabled is true, which sends all S3 traffic of the VPC to this endpoint and needs a gateway endpoint (terraform-provider-aws #32407); set it to false",
  );

export const noPrivateDns: ResourceRule = {
  kind: "resource",
  name: "no-private-dns",
  description:
    "An endpoint has its own DNS names only, so that it does not capture other S3 traffic of the VPC.",
  checks: { [endpoint]: leavesDnsAlone },
};
