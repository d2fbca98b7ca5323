import { expect } from "chai";
import { endpointCertificateNames } from "../../../lab/s3/certificate";

describe("the endpoint's certificate", () => {
  it("covers names below bucket, accesspoint and control, never the bare one", () => {
    expect(endpointCertificateNames(["vpce-1"])).to.deep.equal([
      ...["bucket.vpce-1", "*.bucket.vpce-1", "*.accesspoint.vpce-1", "*.control.vpce-1"],
    ]);
  });
});
