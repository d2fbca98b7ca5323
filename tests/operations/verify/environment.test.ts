import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { get } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { problemOf } from "../../../operations/verify/collect/problem";
import { proxyAgent } from "../../../operations/verify/collect/proxy";
import type { Reach } from "../../../operations/verify/facts/client";
import { verifyStack } from "../../../operations/verify/verifyStack";
import { AzureServer } from "../support/azureServer";
import { Clouds } from "../support/clouds";
import { ConnectProxy } from "../support/connectProxy";
import { hasPython } from "../../suites/machine";

const folder = mkdtempSync(path.join(tmpdir(), "environment-"));
const profile = (text: string) => {
  const file = path.join(folder, `config-${text.length}`);
  writeFileSync(file, text);
  return file;
};

/** What the person who runs verify may have set; none of it changes the verdict on an unchanged stack. */
const environments: readonly {
  readonly name: string;
  readonly sets: (clouds: Clouds) => Readonly<Record<string, string>>;
}[] = [
  { name: "nothing", sets: () => ({}) },
  { name: "FIPS endpoints", sets: () => ({ AWS_USE_FIPS_ENDPOINT: "true" }) },
  { name: "dual-stack endpoints", sets: () => ({ AWS_USE_DUALSTACK_ENDPOINT: "true" }) },
  { name: "another region", sets: () => ({ AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-east-1" }) },
  {
    name: "FIPS and dual-stack endpoints in a profile",
    sets: () => ({
      AWS_CONFIG_FILE: profile("[default]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n"),
    }),
  },
  // The endpoint's own door is open to the reader: whoever asks there in place of S3 finds the bucket open to all.
  {
    name: "S3 led elsewhere",
    sets: ({ aws }) => ({ AWS_ENDPOINT_URL_S3: aws.endpointUrl.replace("localhost", "127.0.0.1") }),
  },
  {
    name: "S3 led elsewhere in a profile",
    sets: ({ aws }) => ({
      AWS_CONFIG_FILE: profile(
        `[default]\nservices = here\n[services here]\ns3 =\n  endpoint_url = ${aws.endpointUrl.replace("localhost", "127.0.0.1")}\n`,
      ),
    }),
  },
  // Proxies have tests of their own below: through one, Azure's SDK does not trust this machine's certificate.
];

describe("verify, in the environment of whoever runs it", function () {
  this.timeout(60_000);
  let clouds: Clouds;
  let environment: NodeJS.ProcessEnv;

  before(async function () {
    this.timeout(300_000);
    if (!hasPython()) this.skip();
    clouds = await Clouds.start();
  });
  beforeEach(() => {
    environment = { ...process.env };
  });
  afterEach(() => {
    process.env = environment;
  });
  after(() => {
    clouds.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const { name, sets } of environments)
    it(`finds nothing wrong in a right stack with ${name} set`, async () => {
      const { outputs } = await clouds.deploy("active-active");
      Object.assign(process.env, sets(clouds));
      const { outcome, findings, unanswered } = await verifyStack(outputs, clouds.access());
      expect({ outcome, findings, unanswered }).to.deep.equal({
        outcome: "holds",
        findings: [],
        unanswered: [],
      });
    });

  it("names the addresses that are not the clouds' own", async () => {
    const { outputs } = await clouds.deploy("single-tunnel");
    const { destinations } = await verifyStack(outputs, clouds.access());
    expect(destinations.azure).to.deep.equal([clouds.azure.url]);
  });

  it("finds the bucket open where S3's public address lets the reader in", async () => {
    const { outputs, aws } = await clouds.deploy("single-tunnel");
    aws.doors.public = "open";
    const { findings } = await verifyStack(outputs, clouds.access());
    expect(findings.map(({ kind }) => kind)).to.include("outside-gets-in");
  });

  describe("where the endpoint is not reached", () => {
    let silent: Server;
    let port: number;
    before(async () => {
      // Takes the connection, and speaks no TLS.
      silent = createServer((socket) => socket.end("not TLS\r\n"));
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      port = (silent.address() as { port: number }).port;
    });
    after(() => {
      silent.close();
    });

    for (const { reach, url } of [
      { reach: "name", url: () => "https://no-such-endpoint.invalid" },
      { reach: "refused", url: () => "https://127.0.0.1:9" },
      { reach: "tls", url: () => `https://127.0.0.1:${port}` },
      { reach: "tls", url: () => clouds.azure.url },
    ] satisfies { reach: Reach; url: () => string }[])
      it(`tells ${reach} apart, and never takes it for outside`, async () => {
        const { outputs } = await clouds.deploy("single-tunnel");
        const verdict = await verifyStack({ ...outputs, endpointUrl: url() }, clouds.access());
        expect([verdict.endpoint, verdict.client]).to.deep.equal([reach, "at S3's public address"]);
      });
  });
});

describe("the way to AWS where a proxy is set", () => {
  let target: AzureServer;
  let proxy: ConnectProxy;
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    target = await AzureServer.start();
    proxy = await ConnectProxy.start();
  });
  beforeEach(() => {
    environment = { ...process.env };
    proxy.asked.length = 0;
    proxy.refuses = undefined;
  });
  afterEach(() => {
    process.env = environment;
  });
  after(() => {
    target.stop();
    proxy.stop();
  });

  const ask = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const agent = proxyAgent();
      const request = get(target.url, { ca: target.certificate, ...(agent && { agent }) }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.once("error", reject);
    });

  it("leads through it", async () => {
    process.env["HTTPS_PROXY"] = proxy.url;
    expect(await ask()).to.equal(404);
    expect(proxy.asked).to.deep.equal([new URL(target.url).host]);
  });

  it("leads around it where NO_PROXY names the host", async () => {
    Object.assign(process.env, { HTTPS_PROXY: proxy.url, NO_PROXY: "127.0.0.1" });
    expect(await ask()).to.equal(404);
    expect(proxy.asked).to.deep.equal([]);
  });

  it("has no agent of its own without one", () => {
    expect(proxyAgent({})).to.equal(undefined);
  });

  for (const status of [502, 407, 503])
    it(`does not take the proxy's ${status} for AWS's word on the credentials`, async () => {
      process.env["HTTPS_PROXY"] = proxy.url;
      proxy.refuses = status;
      const problem = await ask().catch((error: unknown) => problemOf(error, "sts:GetCallerIdentity"));
      expect(problem).to.deep.include({ kind: "proxy" });
    });
});

describe("what keeps a request from its cloud", () => {
  for (const { code, kind, says } of [
    { code: "ENOTFOUND", kind: "name", says: /its name does not resolve; check the DNS servers/ },
    { code: "ECONNREFUSED", kind: "refused", says: /the connection is refused; check the firewall/ },
    { code: "ETIMEDOUT", kind: "timeout", says: /no answer in time; check the way to the internet/ },
    { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE", kind: "tls", says: /TLS fails; .* NODE_EXTRA_CA_CERTS/ },
    { code: "ECONNRESET", kind: "network", says: /the connection broke off or found no way/ },
  ])
    for (const wrapped of [false, true])
      it(`is told as ${kind}${wrapped ? ", also as the cause of another error" : ""}`, () => {
        const cause = Object.assign(new Error("x"), { code });
        const error = wrapped
          ? Object.assign(new Error("y", { cause }), { code: "REQUEST_SEND_ERROR" })
          : cause;
        const problem = problemOf(error, "ec2:X");
        expect(problem.kind).to.equal(kind);
        expect(problem.says).to.match(says);
      });
});
