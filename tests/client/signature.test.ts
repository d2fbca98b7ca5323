import { expect } from "chai";
import type { IncomingMessage } from "node:http";
import { signatureProblem } from "./signature";

/** The first example of AWS's page on Signature Version 4 for S3, with the key of AWS's documentation. */
const signer = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
};
const noBody = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const at = Date.parse("2013-05-24T00:00:00Z");

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
const listObjects = (signature: string) =>
  request({
    host: "examplebucket.s3.amazonaws.com",
    "x-amz-date": "20130524T000000Z",
    "x-amz-content-sha256": noBody,
    authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
  });

function request(headers: IncomingMessage["headers"]): Pick<IncomingMessage, "method" | "url" | "headers"> {
  return { method: "GET", url: "/?max-keys=2&prefix=J", headers };
}

const right = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";

describe("the check of a signature", () => {
  for (const { name, given, now = at, problem } of [
    { name: "AWS's own example", given: listObjects(right), problem: undefined },
    {
      name: "another signature",
      given: listObjects(right.replace(/^3/, "4")),
      problem: "SignatureDoesNotMatch",
    },
    {
      name: "an old request",
      given: listObjects(right),
      now: at + 16 * 60_000,
      problem: "RequestTimeTooSkewed",
    },
    { name: "no signature", given: request({}), problem: "AccessDenied" },
  ])
    it(`says of ${name} ${problem ?? "that it is right"}`, () => {
      expect(signatureProblem(given, signer, now)).to.equal(problem);
    });
});
