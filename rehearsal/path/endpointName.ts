import type { Estate } from "../estate/estate";
import { text } from "../model/values";
import { dnsPolicyHops } from "./dnsPolicy";
import { type Ends, type Hop, hop } from "./hops";

/** What a client asks for: the stack's own output, which people paste. */
export function nameHops(estate: Estate, { client, endpoint }: Ends): readonly Hop[] {
  const url = text(estate.outputs, "endpointUrl");
  const region = text(estate.outputs, "awsRegion");
  const expected = `com.amazonaws.${region ?? ""}.s3`;
  const host = url === undefined ? undefined : /^https:\/\/([^/:]+)$/.exec(url)?.[1];
  const answers = endpoint.dnsNames.some(
    (dnsName) => host !== undefined && host === `bucket.${dnsName.replace(/^\*\./, "")}`,
  );
  return [
    ...(host === undefined ? [] : dnsPolicyHops(estate, client, host)),
    hop(endpoint, {
      what: "public DNS gives the endpoint's private address",
      ok: answers,
      rule: answers
        ? (host ?? "")
        : `${url ?? "no endpointUrl output"} is no name of this endpoint below bucket.`,
    }),
    hop(endpoint, {
      what: "the certificate covers the name",
      // The bare vpce name is not covered: docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
      ok: host?.startsWith("bucket.vpce-") === true,
      rule: "*.vpce.amazonaws.com names of S3 below bucket. only",
    }),
    hop(endpoint, {
      what: "S3 of the bucket's region answers",
      ok: endpoint.service === expected,
      rule: `service ${endpoint.service ?? "none"}`,
    }),
  ];
}
