import { expect } from "chai";
import { regionalDnsName } from "../../s3access/endpoint";

const regional = "vpce-0a1b-9zyx.s3.ap-northeast-1.vpce.amazonaws.com";
const zonal = "vpce-0a1b-9zyx-ap-northeast-1a.s3.ap-northeast-1.vpce.amazonaws.com";
const entries = (...names: string[]) => names.map((dnsName) => ({ dnsName }));

describe("the endpoint's regional name", () => {
  for (const { shown, names } of [
    { shown: "with a wildcard", names: [`*.${regional}`, `*.${zonal}`] },
    { shown: "with a wildcard below bucket", names: [`*.bucket.${regional}`, `*.bucket.${zonal}`] },
    { shown: "bare", names: [regional, zonal] },
    { shown: "after the zonal ones", names: [`*.${zonal}`, `*.${regional}`] },
    { shown: "beside the private name", names: ["s3.ap-northeast-1.amazonaws.com", `*.${regional}`] },
  ])
    it(`is found ${shown}`, () => {
      expect(regionalDnsName(entries(...names))).to.equal(regional);
    });

  it("is an error where there is none", () => {
    expect(() => regionalDnsName(entries("s3.amazonaws.com"))).to.throw(
      "the S3 endpoint has no vpce name among s3.amazonaws.com",
    );
  });
});
