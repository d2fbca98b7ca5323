import { expect } from "chai";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pc from "picocolors";
import { problemOf } from "../../../operations/verify/collect/problem";
import { isStandard } from "../../../operations/verify/facts/destinations";
import type { Reach } from "../../../operations/verify/facts/client";
import { terminalReport } from "../../../operations/verify/report";
import { verifyStack } from "../../../operations/verify/verifyStack";
import { named, ofTheAccount } from "../support/accountNames";
import { Clouds } from "../support/clouds";
import { hasPython } from "../../suites/machine";

const folder = mkdtempSync(path.join(tmpdir(), "environment-"));
const profile = (text: string) => {
  const file = path.join(folder, `config-${createHash("sha256").update(text).digest("hex")}`);
  writeFileSync(file, text);
  return file;
};

/** The endpoint's own door is open to the reader: whoever asks there in place of S3 finds the bucket open to all. */
const elsewhere = ({ aws }: Clouds) => aws.endpointUrl.replace("localhost", "127.0.0.1");

/** S3 Control's address leads to no other than the account's own name, which no standard name stands for here. */
const control = ({ aws }: Clouds) => ofTheAccount(aws.publicUrl);

/** The services that verify asks, as variables and profiles name them. */
const services = [
  ...(["sts", "ec2", "iam", "cloudwatch", "s3", "s3_control"] as const),
  ...(["cloudtrail", "eventbridge", "sns"] as const),
] as const;
const urlFor = (service: (typeof services)[number], url: string) =>
  service === "s3_control" ? named(url) : url;
/** Where verify asks AWS with the address of one service elsewhere. */
const askedWith = (service: (typeof services)[number]) => (clouds: Clouds) =>
  service === "s3_control" ? [ofTheAccount(elsewhere(clouds))] : [elsewhere(clouds), control(clouds)];
const toTheClouds = (clouds: Clouds) => [control(clouds)];

/** What the person who runs verify may have set; none of it changes the verdict on an unchanged stack. */
const environments: readonly {
  readonly name: string;
  /** Undefined takes a variable away. */
  readonly sets: (clouds: Clouds) => Readonly<Record<string, string | undefined>>;
  /** Where AWS is asked besides the clouds' own addresses; with nothing set, S3 Control alone. */
  readonly asked: (clouds: Clouds) => readonly string[];
}[] = [
  { name: "nothing", sets: () => ({}), asked: toTheClouds },
  { name: "FIPS endpoints", sets: () => ({ AWS_USE_FIPS_ENDPOINT: "true" }), asked: toTheClouds },
  {
    name: "dual-stack endpoints",
    sets: () => ({ AWS_USE_DUALSTACK_ENDPOINT: "true" }),
    asked: toTheClouds,
  },
  {
    name: "another region",
    sets: () => ({ AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-east-1" }),
    asked: toTheClouds,
  },
  {
    name: "FIPS and dual-stack endpoints in a profile",
    sets: () => ({
      AWS_CONFIG_FILE: profile("[default]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n"),
    }),
    asked: toTheClouds,
  },
  {
    name: "an endpoint_url in a profile that is not used",
    sets: (clouds) => ({
      AWS_CONFIG_FILE: profile(`[profile other]\nendpoint_url = ${elsewhere(clouds)}\n`),
    }),
    asked: toTheClouds,
  },
  {
    name: "AWS_ENDPOINT_URL",
    sets: (clouds) => ({ AWS_ENDPOINT_URL: elsewhere(clouds) }),
    asked: askedWith("s3"),
  },
  ...services.map((service) => ({
    name: `AWS_ENDPOINT_URL_${service.toUpperCase()}`,
    sets: (clouds: Clouds) => ({
      [`AWS_ENDPOINT_URL_${service.toUpperCase()}`]: urlFor(service, elsewhere(clouds)),
    }),
    asked: askedWith(service),
  })),
  {
    name: "endpoint_url in a profile",
    sets: (clouds) => ({
      AWS_ENDPOINT_URL: undefined,
      AWS_PROFILE: "here",
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_CONFIG_FILE: profile(
        `[profile here]\naws_access_key_id = deployer\naws_secret_access_key = any\nendpoint_url = ${elsewhere(clouds)}\n`,
      ),
    }),
    asked: askedWith("s3"),
  },
  ...services.map((service) => ({
    name: `an endpoint_url of ${service} in a profile's services`,
    sets: (clouds: Clouds) => ({
      // The variables come before the profile.
      AWS_ENDPOINT_URL: undefined,
      AWS_ENDPOINT_URL_S3_CONTROL: undefined,
      AWS_CONFIG_FILE: profile(
        [
          "[default]\nservices = here\n[services here]",
          ...services.map((one) => {
            const url = urlFor(one, one === service ? elsewhere(clouds) : clouds.aws.publicUrl);
            return `${one} =\n  endpoint_url = ${url}`;
          }),
        ].join("\n"),
      ),
    }),
    asked: askedWith(service),
  })),
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

  for (const { name, sets, asked } of environments)
    it(`finds nothing wrong in a right stack with ${name} set, and says where requests go`, async () => {
      const { outputs } = await clouds.deploy("active-active");
      for (const [variable, value] of Object.entries(sets(clouds)))
        if (value === undefined) Reflect.deleteProperty(process.env, variable);
        else process.env[variable] = value;
      const verdict = await verifyStack(outputs, clouds.access());
      const { outcome, findings, unanswered } = verdict;
      expect({ outcome, findings, unanswered }).to.deep.equal({
        outcome: "holds",
        findings: [],
        unanswered: [],
      });
      const said = terminalReport(verdict, pc.createColors(false)).match(/^.* was asked at .*$/gm);
      const { aws } = verdict.destinations;
      expect([...aws].sort()).to.deep.equal([...asked(clouds)].sort());
      expect(said).to.deep.equal([
        `AWS was asked at ${aws.join(", ")}.`,
        `Azure was asked at ${clouds.azure.url}.`,
      ]);
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

describe("an address", () => {
  for (const host of [
    "sts.ap-northeast-1.amazonaws.com",
    "ec2.cn-north-1.amazonaws.com.cn",
    "data.s3.dualstack.eu-west-1.amazonaws.com",
    "ec2.eu-west-1.api.aws",
    "management.azure.com",
    "login.microsoftonline.com",
    "store.blob.core.windows.net",
  ])
    it(`is the clouds' own with ${host}`, () => {
      expect(isStandard(host)).to.equal(true);
    });

  for (const host of ["amazonaws.com.example", "myamazonaws.com", "management.azure.com.example", "10.0.0.7"])
    it(`is not the clouds' own with ${host}`, () => {
      expect(isStandard(host)).to.equal(false);
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
