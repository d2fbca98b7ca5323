import type { AwsEndpoint } from "../estate/aws";
import { text } from "../model/values";
import type { Estate } from "../estate/estate";
import type { Hop } from "./hops";

/** What a client asks for: the stack's own output, which people paste. */
export function nameHops(estate: Estate, endpoint: AwsEndpoint): readonly Hop[] {
  const { urn, name } = endpoint.resource;
  const place = { place: urn, name };
  const url = text(estate.outputs, "endpointUrl");
  const region = text(estate.outputs, "awsRegion");
  const expected = `com.amazonaws.${region ?? ""}.s3`;
  const host = url === undefined ? undefined : /^https:\/\/([^/:]+)$/.exec(url)?.[1];
  const answers = endpoint.dnsNames.some(
    (dnsName) => host !== undefined && host === `bucket.${dnsName.replace(/^\*\./, "")}`,
  );
  return [
    {
      ...place,
      what: "public DNS gives the endpoint's private address",
      ok: answers,
      rule: answers
        ? (host ?? "")
        : `${url ?? "no endpointUrl output"} is no name of this endpoint below bucket.`,
    },
    {
      ...place,
      what: "the certificate covers the name",
      // The bare vpce name is not covered: docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
      ok: host?.startsWith("bucket.vpce-") === true,
      rule: "*.vpce.amazonaws.com names of S3 below bucket. only",
    },
    {
      ...place,
      what: "S3 of the bucket's region answers",
      ok: endpoint.service === expected,
      rule: `service ${endpoint.service ?? "none"}`,
    },
  ];
}
