import { expect } from "chai";
import { accessKeyOf, readS3Request } from "../../../../lab/s3/proxy/request";

describe("a request to S3", () => {
  const base = "bucket.vpce-1-a.s3.ap-northeast-1.vpce.amazonaws.com";
  for (const { method, host, target, action, resource } of [
    { method: "GET", host: base, target: "/", action: "s3:ListAllMyBuckets", resource: "*" },
    {
      method: "GET",
      host: base,
      target: "/b?list-type=2",
      action: "s3:ListBucket",
      resource: "arn:aws:s3:::b",
    },
    {
      method: "GET",
      host: `b.${base}`,
      target: "/?list-type=2",
      action: "s3:ListBucket",
      resource: "arn:aws:s3:::b",
    },
    {
      method: "GET",
      host: base,
      target: "/b/a%20b/c",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::b/a b/c",
    },
    { method: "HEAD", host: `b.${base}`, target: "/k", action: "s3:GetObject", resource: "arn:aws:s3:::b/k" },
    {
      method: "GET",
      host: base,
      target: "/b/k?versionId=1",
      action: "s3:GetObjectVersion",
      resource: "arn:aws:s3:::b/k",
    },
    { method: "PUT", host: base, target: "/b/k", action: "s3:PutObject", resource: "arn:aws:s3:::b/k" },
    {
      method: "PUT",
      host: base,
      target: "/b/k?uploadId=1",
      action: "s3:PutObject",
      resource: "arn:aws:s3:::b/k",
    },
    {
      method: "DELETE",
      host: base,
      target: "/b/k?uploadId=1",
      action: "s3:AbortMultipartUpload",
      resource: "arn:aws:s3:::b/k",
    },
    { method: "DELETE", host: base, target: "/b/k", action: "s3:DeleteObject", resource: "arn:aws:s3:::b/k" },
    {
      method: "PUT",
      host: base,
      target: "/b?policy",
      action: "s3:PutBucketPolicy",
      resource: "arn:aws:s3:::b",
    },
    {
      method: "GET",
      host: base,
      target: "/b?location",
      action: "s3:GetBucketLocation",
      resource: "arn:aws:s3:::b",
    },
  ]) {
    it(`${method} ${host === base ? "" : "b."}…${target} is ${action} on ${resource}`, () => {
      expect(readS3Request({ method, host, target }, [base])).to.deep.include({ action, resource });
    });
  }

  it("that the lab has no action for is none", () => {
    expect(readS3Request({ method: "POST", host: base, target: "/b?delete" }, [base])).to.equal(undefined);
  });

  it("is signed by the key in its header, or in its address", () => {
    expect(
      accessKeyOf("AWS4-HMAC-SHA256 Credential=AKIA1/20260101/r/s3/aws4_request, Signature=0", "/"),
    ).to.equal("AKIA1");
    expect(accessKeyOf(undefined, "/b/k?X-Amz-Credential=AKIA2%2F20260101")).to.equal("AKIA2");
    expect(accessKeyOf(undefined, "/b/k")).to.equal(undefined);
  });
});
