import { expect } from "chai";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { proxyAgent } from "../../../operations/verify/collect/proxy";
import type { ProblemKind } from "../../../operations/verify/facts/answer";
import { UsageError } from "../../../operations/verify/stackOutputs";
import { named, ofTheAccount } from "../support/accountNames";
import { Clouds } from "../support/clouds";
import { ConnectProxy } from "../support/connectProxy";
import { hasPython } from "../../suites/machine";
import { OutputsFile } from "../support/outputsFile";
import { account } from "../support/place";

interface Report {
  readonly exitCode: number;
  readonly findings: readonly { readonly kind: string }[];
  readonly destinations: { readonly aws: readonly string[] };
  readonly unanswered: readonly {
    readonly about: string;
    readonly kind: ProblemKind;
    readonly says: string;
  }[];
}

describe("verify as a whole process, behind an HTTP proxy", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(path.join(tmpdir(), "proxy-"));
  const authority = path.join(folder, "authority.pem");
  const file = new OutputsFile();
  let clouds: Clouds;
  let proxy: ConnectProxy;

  before(async function () {
    this.timeout(300_000);
    if (!hasPython()) this.skip();
    [clouds, proxy] = await Promise.all([Clouds.start(), ConnectProxy.start()]);
    writeFileSync(authority, clouds.azure.certificate);
  });
  beforeEach(() => {
    proxy.asked.length = 0;
    proxy.refuses = undefined;
    proxy.leads = (target) => target;
  });
  after(() => {
    // Neither is there where the suite was skipped.
    (clouds as Clouds | undefined)?.stop();
    (proxy as ConnectProxy | undefined)?.stop();
    file.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Both clouds by TLS, which is what HTTPS_PROXY is for. The process trusts their certificate as people make it trust theirs. */
  async function verify(variables: Readonly<Record<string, string | undefined>>): Promise<Report> {
    const { outputs, aws, azure } = await clouds.deploy("active-active");
    const script = path.join(__dirname, "../support/verifyOnce.ts");
    const args = [file.write(outputs), azure.url, azure.certificate, aws.publicUrl];
    const own = {
      AWS_ENDPOINT_URL: aws.secureUrl,
      AWS_ENDPOINT_URL_S3_CONTROL: named(aws.secureUrl),
      NODE_EXTRA_CA_CERTS: authority,
    };
    const child = spawn(process.execPath, ["--import=tsx", script, ...args], {
      env: { ...process.env, ...own, ...variables },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    await new Promise((resolve) => child.once("close", resolve));
    return JSON.parse(out) as Report;
  }

  const hostOf = (url: string) => new URL(url).host;
  /** Where requests to each cloud go. */
  const hosts = {
    aws: () => [clouds.aws.secureUrl, ofTheAccount(clouds.aws.secureUrl)].map(hostOf),
    azure: () => [hostOf(clouds.azure.url)],
  };
  const right = { exitCode: 0, findings: [], unanswered: [] };

  it("asks nobody by a proxy where none is set", async () => {
    expect(await verify({})).to.deep.include(right);
    expect(proxy.asked).to.deep.equal([]);
  });

  it("asks both clouds by it, and finds nothing wrong in a right stack", async () => {
    expect(await verify({ HTTPS_PROXY: proxy.url })).to.deep.include(right);
    expect(new Set(proxy.asked)).to.deep.equal(new Set([...hosts.aws(), ...hosts.azure()]));
  });

  it("takes it from ALL_PROXY, and without a scheme", async () => {
    expect(await verify({ ALL_PROXY: hostOf(proxy.url) })).to.deep.include(right);
    expect(proxy.asked).to.not.be.empty;
  });

  for (const { around, by } of [
    { around: "aws", by: "azure" },
    { around: "azure", by: "aws" },
  ] as const)
    it(`asks ${around} around it where NO_PROXY names its hosts, and ${by} by it`, async () => {
      const report = await verify({
        HTTPS_PROXY: proxy.url,
        NO_PROXY: ["other.example", ...hosts[around]()].join(","),
      });
      expect(report).to.deep.include(right);
      expect(new Set(proxy.asked)).to.deep.equal(new Set(hosts[by]()));
    });

  it("asks nobody by it where NO_PROXY names both", async () => {
    expect(await verify({ HTTPS_PROXY: proxy.url, NO_PROXY: "127.0.0.1,.localhost" })).to.deep.include(right);
    expect(proxy.asked).to.deep.equal([]);
  });

  for (const status of [502, 407, 403])
    it(`tells a proxy's ${status} as the proxy's, of both clouds`, async () => {
      proxy.refuses = status;
      const { exitCode, findings, unanswered } = await verify({ HTTPS_PROXY: proxy.url });
      expect({ exitCode, findings }).to.deep.equal({ exitCode: 3, findings: [] });
      expect(unanswered.map(({ about }) => about)).to.include.members([
        "AWS",
        "the Azure gateway vpn-gateway",
      ]);
      expect(new Set(unanswered.map(({ kind }) => kind))).to.deep.equal(new Set(["proxy"]));
      expect(clouds.aws.asked).to.deep.equal([]);
      expect(clouds.azure.asked).to.deep.equal([]);
    });

  // Only through a proxy can AWS's own names lead to this machine.
  for (const switches of [
    {},
    { AWS_USE_FIPS_ENDPOINT: "true", AWS_USE_DUALSTACK_ENDPOINT: "true" },
    { AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-east-1" },
  ])
    it(`asks AWS at its standard names with ${JSON.stringify(switches)}`, async () => {
      const { aws, azure } = clouds;
      proxy.leads = (target) => (target.endsWith(".amazonaws.com:443") ? hostOf(aws.secureUrl) : target);
      const { destinations } = await verify({
        HTTPS_PROXY: proxy.url,
        AWS_ENDPOINT_URL: undefined,
        AWS_ENDPOINT_URL_S3_CONTROL: undefined,
        ...switches,
      });
      const region = "ap-northeast-1.amazonaws.com";
      const asked = new Set(proxy.asked.map((target) => target.replace(/^[\w-]+\.s3\./, "BUCKET.s3.")));
      expect([...asked].sort()).to.deep.equal(
        [
          `${account}.s3-control.${region}:443`,
          `BUCKET.s3.${region}:443`,
          ...["cloudtrail", "events", "sns"].map((service) => `${service}.${region}:443`),
          ...["events", "sns"].map((service) => `${service}.us-east-1.amazonaws.com:443`),
          `ec2.${region}:443`,
          "iam.amazonaws.com:443",
          `monitoring.${region}:443`,
          `sts.${region}:443`,
          hostOf(azure.url),
        ].sort(),
      );
      expect(destinations.aws).to.deep.equal([]);
    });

  it("tells a proxy that is not there as a refused connection", async () => {
    const { unanswered } = await verify({ HTTPS_PROXY: "http://127.0.0.1:9" });
    expect(new Set(unanswered.map(({ kind }) => kind))).to.deep.equal(new Set(["refused"]));
  });
});

describe("the proxy of an environment", () => {
  const url = "http://proxy.example:3128/";
  for (const { environment, is } of [
    { environment: {}, is: undefined },
    { environment: { HTTPS_PROXY: "" }, is: undefined },
    { environment: { HTTP_PROXY: url }, is: undefined },
    { environment: { HTTPS_PROXY: url }, is: url },
    { environment: { https_proxy: url, HTTPS_PROXY: "http://other.example" }, is: url },
    { environment: { HTTPS_PROXY: url, ALL_PROXY: "socks5://other.example" }, is: url },
    { environment: { all_proxy: "proxy.example:3128" }, is: url },
  ])
    it(`is ${is ?? "none"} with ${JSON.stringify(environment)}`, () => {
      expect(proxyAgent(environment)?.proxy.href).to.equal(is);
    });

  for (const value of ["socks5://me:hush@proxy.example", "http://", "http://me:hush@:x"])
    it(`is refused where it is ${value}, without its password`, () => {
      expect(() => proxyAgent({ HTTPS_PROXY: value }))
        .to.throw(UsageError, /^HTTPS_PROXY names no HTTP proxy; verify needs http:/)
        .with.property("message")
        .that.does.not.include("hush");
    });
});
