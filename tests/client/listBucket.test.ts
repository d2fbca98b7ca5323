import { expect } from "chai";
import { execFile, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cloudConfig, type Listing } from "../../client/cloudConfig";
import { issueCertificate } from "../../lab/s3/certificate";
import { readCloudInit } from "../../rehearsal/estate/cloudInit";
import { errorBody, listing, S3Door } from "./s3Door";

const script = path.resolve(__dirname, "../../client/listBucket.sh");
const host = "bucket.vpce-0abc-1a2b.s3.ap-northeast-1.vpce.amazonaws.com";

/** With every character that a secret access key can have, and some that a shell would trip over. */
const reader: Listing = {
  region: "ap-northeast-1",
  endpointUrl: `https://${host}`,
  bucketName: "s3-data-1.5d51dea",
  accessKeyId: "AKIAEXAMPLE000000001",
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY"$(id)`\\KEY',
};

interface Line {
  readonly version: number;
  readonly time: string;
  readonly bucket: string;
  readonly status: number;
  readonly curl: number;
  readonly error: string | null;
  readonly seconds: number;
  readonly keys: number | null;
}

const missing = ["curl", "openssl"].filter((tool) => spawnSync(tool, ["--version"]).error !== undefined);

describe("the script that lists the bucket", function () {
  this.timeout(30_000);
  let folder: string;
  let door: S3Door;
  let elsewhere: S3Door;

  before(async function () {
    if (missing.length > 0 && process.env["CI"] !== undefined)
      throw new Error(`there is no ${missing.join()}`);
    if (missing.length > 0) this.skip();
    folder = mkdtempSync(path.join(tmpdir(), "client-"));
    door = await S3Door.open(await issueCertificate([host], path.join(folder, "ca.pem")), reader);
    const other = await issueCertificate(["example.com"], path.join(folder, "other.pem"));
    elsewhere = await S3Door.open(other, reader);
  });
  beforeEach(() => {
    door.answer = { status: 200, body: listing(reader.bucketName, ["a", "b"]) };
    door.asked.length = 0;
  });
  after(() => {
    door.close();
    elsewhere.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The files as cloud-init writes them, and the way to a door on loopback, which only a test needs. */
  function settings(change: Partial<Listing> = {}): string {
    const place = mkdtempSync(path.join(folder, "settings-"));
    const document = cloudConfig({ ...reader, ...change }, "");
    const { files = [] } = readCloudInit(Buffer.from(document).toString("base64")) ?? {};
    for (const { path: file, content } of files)
      writeFileSync(path.join(place, path.basename(file)), content);
    const way = [`cacert = "${path.join(folder, "ca.pem")}"`, `connect-to = "::127.0.0.1:${door.port}"`];
    appendFileSync(path.join(place, "request.conf"), [...way, ""].join("\n"));
    return place;
  }

  function run(place: string, wholeSeconds = 5): Promise<string> {
    return new Promise((resolve, reject) => {
      const environment = { PATH: process.env["PATH"] };
      execFile("sh", [script, place, "2", String(wholeSeconds)], { env: environment }, (error, out, err) => {
        if (error !== null || err !== "") reject(new Error(`it says ${err}`));
        else resolve(out);
      });
    });
  }

  async function lineOf(place: string, wholeSeconds?: number): Promise<Omit<Line, "time" | "seconds">> {
    const out = await run(place, wholeSeconds);
    expect(out).to.match(/^azure-s3-privatelink-client \{.*\}\n$/);
    expect(out).not.to.include(reader.secretAccessKey).and.not.to.include("AWS4-HMAC");
    const { time, seconds, ...rest } = JSON.parse(out.slice(out.indexOf("{"))) as Line;
    expect(time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Math.abs(Date.parse(time) - Date.now())).to.be.below(60_000);
    expect(seconds).to.be.a("number").within(0, 10);
    return rest;
  }

  const all = { version: 1, bucket: reader.bucketName, status: 200, curl: 0, error: null };

  it("tells how many names it got, signed as S3 wants it", async () => {
    expect(await lineOf(settings())).to.deep.equal({ ...all, keys: 2 });
    expect(door.asked).to.deep.equal([`/${reader.bucketName}?list-type=2&max-keys=10`]);
  });

  for (const { name, body, keys } of [
    { name: "an empty bucket", body: listing(reader.bucketName, []), keys: 0 },
    {
      name: "names that look like the answer itself",
      body: listing(reader.bucketName, ["</Key><KeyCount>7</KeyCount>", "<Code>Fake</Code>", 'a"b\\c']),
      keys: 3,
    },
    {
      name: "control characters",
      body: `\u0007\u001b[2J${listing(reader.bucketName, ["x\r\ny\u0001"])}`,
      keys: 1,
    },
    { name: "bytes that are no UTF-8", body: `\u00ff${listing(reader.bucketName, ["ü\u2028"])}`, keys: 1 },
    { name: "a page of somebody else's", body: "<html>hello</html>", keys: null },
    { name: "a count that is none", body: "<KeyCount>12345678</KeyCount>", keys: null },
    { name: "nothing", body: "", keys: null },
  ])
    it(`keeps its line whole over ${name}`, async () => {
      door.answer = { status: 200, body };
      expect(await lineOf(settings())).to.deep.equal({ ...all, keys });
    });

  for (const { name, status, body, error } of [
    { name: "AccessDenied", status: 403, body: errorBody("AccessDenied"), error: "AccessDenied" },
    { name: "a bucket that is gone", status: 404, body: errorBody("NoSuchBucket"), error: "NoSuchBucket" },
    { name: "a code with odd characters", status: 400, body: errorBody('A"}\n{"x'), error: null },
    { name: "no body", status: 503, body: "", error: null },
  ])
    it(`tells S3's status and code of ${name}`, async () => {
      door.answer = { status, body };
      expect(await lineOf(settings())).to.deep.equal({ ...all, status, error, keys: null });
    });

  for (const { name, change, error } of [
    { name: "another secret", change: { secretAccessKey: "Another" }, error: "SignatureDoesNotMatch" },
    { name: "another key", change: { accessKeyId: "AKIAOTHER" }, error: "InvalidAccessKeyId" },
    { name: "another region", change: { region: "us-east-1" }, error: "AuthorizationHeaderMalformed" },
  ])
    it(`control: the door refuses ${name}`, async () => {
      expect(await lineOf(settings(change))).to.deep.equal({ ...all, status: 403, error, keys: null });
    });

  for (const { name, change, way, curl } of [
    { name: "an unknown name", change: { endpointUrl: "https://bucket.vpce.invalid" }, way: "", curl: 6 },
    { name: "nobody there", change: {}, way: 'connect-to = "::127.0.0.1:9"', curl: 7 },
    { name: "plain HTTP", change: { endpointUrl: `http://${host}` }, way: "", curl: 1 },
  ])
    it(`tells ${name} by curl's exit code`, async () => {
      const place = settings(change);
      redirect(place, way);
      expect(await lineOf(place)).to.deep.equal({ ...all, status: 0, curl, keys: null });
    });

  it("tells a certificate that it does not trust", async () => {
    const place = settings();
    redirect(place, `connect-to = "::127.0.0.1:${elsewhere.port}"`);
    expect(await lineOf(place)).to.deep.equal({ ...all, status: 0, curl: 60, keys: null });
  });

  it("tells that its settings are missing", async () => {
    expect(await lineOf(path.join(folder, "nowhere"))).to.deep.equal({
      ...all,
      bucket: "",
      status: 0,
      curl: 26,
      keys: null,
    });
  });

  it("gives up in time, and meanwhile no command line shows the key", async () => {
    door.answer = "silence";
    const told = lineOf(settings(), 2);
    let lines: readonly string[] = [];
    for (let tries = 0; tries < 100 && !lines.some((line) => line.includes("request.conf")); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      lines = commandLines();
    }
    // The control: the search sees the one that could show it.
    expect(lines.filter((line) => line.includes("request.conf"))).not.to.deep.equal([]);
    expect(lines.filter((line) => line.includes(reader.secretAccessKey))).to.deep.equal([]);
    expect(await told).to.deep.equal({ ...all, status: 0, curl: 28, keys: null });
  });

  it("leaves nothing behind", async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("tmp."));
    await run(settings());
    expect(
      readdirSync(tmpdir()).filter((name) => name.startsWith("tmp.") && !before.includes(name)),
    ).to.deep.equal([]);
  });
});

/** Another way for curl to go than to the door. */
function redirect(place: string, way: string): void {
  const file = path.join(place, "request.conf");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^connect-to .*$/m, way));
}

function commandLines(): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((process) => {
      try {
        return [readFileSync(`/proc/${process}/cmdline`, "latin1")];
      } catch {
        return [];
      }
    });
}

describe("the client's shell script", () => {
  it("satisfies shellcheck", function () {
    const { error, stdout, status } = spawnSync("shellcheck", ["--shell=sh", script], { encoding: "utf8" });
    if (error !== undefined && process.env["CI"] === undefined) {
      process.stderr.write("    shellcheck is not installed: bash tests/suites/install.sh\n");
      this.skip();
    }
    expect(error).to.equal(undefined);
    expect({ status, stdout }).to.deep.equal({ status: 0, stdout: "" });
  });
});
