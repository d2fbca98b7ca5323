import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { cloudConfig, type Listing, periodMinutes } from "../../client/cloudConfig";
import { curlOptions, readCloudInit } from "../../rehearsal/estate/cloudInit";

const listing: Listing = {
  region: "ap-northeast-1",
  endpointUrl: "https://bucket.vpce-1.s3.ap-northeast-1.vpce.amazonaws.com",
  bucketName: "s3-data",
  accessKeyId: "AKIA1",
  secretAccessKey: "secret/+1",
};

const read = (given: Listing, script = "#!/bin/sh\n") =>
  readCloudInit(Buffer.from(cloudConfig(given, script)).toString("base64"));
const contentOf = (given: Listing, file: string) =>
  read(given)?.files.find((one) => one.path.endsWith(file))?.content ?? "";

describe("the client's first start", () => {
  it("writes five files, of which one holds the key, for root alone", () => {
    const files = read(listing)?.files ?? [];
    expect(
      files.map((file) => [file.path, file.permissions, file.content.includes("secret/+1")]),
    ).to.deep.equal([
      ["/etc/azure-s3-privatelink/bucket", "0644", false],
      ["/etc/azure-s3-privatelink/request.conf", "0600", true],
      ["/usr/local/sbin/list-bucket", "0755", false],
      ["/etc/systemd/system/azure-s3-privatelink-client.service", "0644", false],
      ["/etc/systemd/system/azure-s3-privatelink-client.timer", "0644", false],
    ]);
  });

  it("switches SSH off at each start, starts the timer once, and fetches nothing", () => {
    expect(read(listing)).to.deep.include({
      sshByPassword: false,
      bootCommands: ["systemctl mask --now --no-block ssh.service ssh.socket"],
      firstCommands: ["systemctl daemon-reload", "systemctl enable --now azure-s3-privatelink-client.timer"],
      downloads: [],
    });
  });

  it("asks for a few names of the bucket, through the endpoint, signed for its region", () => {
    expect(curlOptions(contentOf(listing, "request.conf"))).to.deep.equal({
      url: "https://bucket.vpce-1.s3.ap-northeast-1.vpce.amazonaws.com/s3-data?list-type=2&max-keys=10",
      user: "AKIA1:secret/+1",
      "aws-sigv4": "aws:amz:ap-northeast-1:s3",
      header: "x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    });
  });

  for (const secretAccessKey of ['"', "\\", "a\nb", "$(id)", "`id`", "#", "é\u2028", "'"])
    it(`keeps the key ${JSON.stringify(secretAccessKey)} whole in YAML`, () => {
      const content = contentOf({ ...listing, secretAccessKey }, "request.conf");
      const quoted = secretAccessKey.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
      expect(content).to.include(`user = "AKIA1:${quoted}"\n`);
    });

  it("carries the script byte for byte", () => {
    const script = readFileSync(path.resolve(__dirname, "../../client/listBucket.sh"), "utf8");
    expect(read(listing, script)?.files[2]?.content).to.equal(script);
  });

  it("fits into Azure's custom data many times over", () => {
    const script = readFileSync(path.resolve(__dirname, "../../client/listBucket.sh"), "utf8");
    expect(Buffer.byteLength(cloudConfig(listing, script))).to.be.below(65_535 / 4);
  });

  it("lists as often as it says", () => {
    expect(contentOf(listing, ".timer")).to.include(`OnUnitActiveSec=${periodMinutes}min\n`);
  });
});
