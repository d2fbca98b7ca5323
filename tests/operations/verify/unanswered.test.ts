import { expect } from "chai";
import { verify } from "../../../operations/verify/command";
import { problemOf, redact } from "../../../operations/verify/collect/problem";
import { Clouds } from "../support/clouds";
import { canaryKey } from "../support/place";
import type { DeployedStack } from "../support/deployedStack";
import { hasPython } from "../../suites/machine";
import { OutputsFile } from "../support/outputsFile";

/** Something that keeps verify from asking, and the one message it must then give. */
interface Obstacle {
  readonly name: string;
  readonly stands: (stack: DeployedStack) => unknown;
  readonly says: RegExp;
}

const everywhere: readonly Obstacle[] = [
  {
    name: "AWS credentials that have expired",
    stands: ({ aws }) => aws.failing.set("*", { status: 400, code: "ExpiredToken" }),
    says: /the AWS credentials have expired; sign in as with the AWS CLI/,
  },
  {
    name: "AWS credentials that are wrong",
    stands: ({ aws }) => aws.failing.set("*", { status: 403, code: "InvalidClientTokenId" }),
    says: /AWS does not accept the credentials \(InvalidClientTokenId\)/,
  },
  {
    name: "Azure credentials that have expired",
    stands: ({ azure }) => azure.failing.set("*", { status: 401, code: "ExpiredAuthenticationToken" }),
    says: /the Azure credentials have expired; sign in with az login/,
  },
  {
    name: "a missing permission in AWS",
    stands: ({ aws }) =>
      aws.failing.set("ec2:DescribeVpcEndpoints", { status: 403, code: "UnauthorizedOperation" }),
    says: /not judged {2}the S3 endpoint vpce-\w+\n +permission ec2:DescribeVpcEndpoints is missing; docs\/permissions/,
  },
  {
    name: "a missing permission in Azure",
    stands: ({ azure }) =>
      azure.failing.set("Microsoft.Network/virtualNetworkGateways/read", {
        status: 403,
        code: "AuthorizationFailed",
      }),
    says: /permission Microsoft\.Network\/virtualNetworkGateways\/read is missing; docs\/permissions/,
  },
  {
    name: "a missing permission for the serial console",
    stands: ({ azure }) =>
      azure.failing.set("Microsoft.Compute/virtualMachines/retrievebootdiagnosticsdata/action", {
        status: 403,
        code: "AuthorizationFailed",
      }),
    says: /not judged {2}the serial console of client-machine\n +permission Microsoft\.Compute\/virtualMachines\/retrieveBootDiagnosticsData\/action is missing/,
  },
  {
    name: "AWS that throttles",
    stands: ({ aws }) => aws.failing.set("iam:GetUser", { status: 400, code: "Throttling" }),
    says: /AWS throttles the calls even after retries \(Throttling\); try again in a minute/,
  },
  {
    name: "Azure that throttles",
    stands: ({ azure }) =>
      azure.failing.set("Microsoft.Network/connections/read", { status: 429, code: "TooManyRequests" }),
    says: /Azure throttles the calls even after retries \(TooManyRequests\)/,
  },
  {
    name: "an AWS that fails",
    stands: ({ aws }) => aws.failing.set("ec2:DescribeRouteTables", { status: 503, code: "Unavailable" }),
    says: /AWS answered ec2:DescribeRouteTables with Unavailable: refused for a test/,
  },
  {
    name: "no way to AWS",
    stands: () => (process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"),
    says: /AWS cannot be reached from here: the connection is refused; check the firewall, the proxy and any endpoint set in the environment \(ECONNREFUSED\)/,
  },
  {
    name: "no AWS credentials",
    stands: () => {
      delete process.env["AWS_ACCESS_KEY_ID"];
      process.env["AWS_CONFIG_FILE"] = process.env["AWS_SHARED_CREDENTIALS_FILE"] = "/nowhere";
    },
    says: /there are no AWS credentials; sign in as with the AWS CLI/,
  },
];

describe("verify, where it cannot ask everything", function () {
  this.timeout(60_000);
  let clouds: Clouds;
  const file = new OutputsFile();
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
    file.remove();
  });

  for (const { name, stands, says } of everywhere)
    it(`says that there is ${name}, once, and ends with 3`, async () => {
      const stack = await clouds.deploy("active-active");
      await stands(stack);
      const { code, text } = await run(clouds, file.write(stack.outputs));
      expect(text.match(new RegExp(says, "g"))).to.have.length(1);
      expect({ code, broken: /^broken/m.exec(text)?.input }).to.deep.equal({ code: 3, broken: undefined });
      expectNoSecrets(text, stack);
    });

  it("says where no Azure credential can be had", async () => {
    const stack = await clouds.deploy("single-tunnel");
    const none = Object.assign(new Error("nothing to sign in with"), { name: "CredentialUnavailableError" });
    const access = clouds.access({ getToken: () => Promise.reject(none) });
    const { code, text } = await run(clouds, file.write(stack.outputs), [], access);
    expect(text).to.match(/there are no Azure credentials; sign in with az login, or set AZURE_TENANT_ID/);
    expect(code).to.equal(3);
  });

  it("says what is broken all the same, and ends with 1", async () => {
    const stack = await clouds.deploy("single-tunnel");
    stack.aws.failing.set("iam:GetUser", { status: 403, code: "AccessDenied" });
    stack.aws.propagating = [];
    const { code, text } = await run(clouds, file.write(stack.outputs));
    expect(text).to.match(/^1 broken, 1 not judged\.$/m);
    expect(code).to.equal(1);
  });

  it("retries what AWS throttles once", async () => {
    const stack = await clouds.deploy("single-tunnel");
    stack.aws.failing.set("iam:GetUser", { status: 400, code: "Throttling" });
    stack.aws.failures = 1;
    const { code } = await run(clouds, file.write(stack.outputs));
    expect(code).to.equal(0);
    expect(stack.aws.asked.filter((action) => action === "iam:GetUser")).to.have.length(2);
  });

  it("shows no secret, neither when all is right nor when all is wrong", async () => {
    const stack = await clouds.deploy("active-active");
    for (const args of [[], ["--json"]])
      expectNoSecrets((await run(clouds, file.write(stack.outputs), args)).text, stack);
    stack.aws.failing.set("*", { status: 403, code: "SignatureDoesNotMatch" });
    stack.aws.doors.public = "open";
    for (const args of [[], ["--json"]])
      expectNoSecrets((await run(clouds, file.write(stack.outputs), args)).text, stack);
  });

  it("reads the end of a long serial log, and hands Azure's token to no storage", async () => {
    const stack = await clouds.deploy("active-active");
    const log = stack.azure.blobs.get("serial") ?? "";
    stack.azure.blobs.set("serial", `${"SerialLogOfSomebodyElse\r\n".repeat(50_000)}${log}`);
    const { code, text } = await run(clouds, file.write(stack.outputs));
    expect(code, text).to.equal(0);
    expect(stack.azure.blobReaders.map(({ range }) => range)[1]).to.match(/^bytes=\d{6,}-$/);
    for (const { authorization } of stack.azure.blobReaders) expect(authorization).to.equal(undefined);
  });

  it("shows nothing of the serial log but what the client said, and no address of it", async () => {
    const stack = await clouds.deploy("active-active");
    stack.azure.blobs.set("serial", "SerialLogOfSomebodyElse\r\n");
    for (const args of [[], ["--json"]]) {
      const { text } = await run(clouds, file.write(stack.outputs), args);
      expect(text).to.include("client-vm-silent");
      expect(text).not.to.include("SerialLogOfSomebodyElse").and.not.to.include("sig=");
    }
  });

  it("does not try the reader's key where the outputs hide it", async () => {
    const stack = await clouds.deploy("single-tunnel");
    const { code, text } = await run(
      clouds,
      file.write({ ...stack.outputs, readerSecretAccessKey: "[secret]" }),
    );
    expect(text).to.include(
      "not judged  the reader's key\n" +
        "        it was not tried: these outputs hide it (pulumi stack output --json --show-secrets)\n",
    );
    expect(text).to.match(/^not judged: client\nholds: .*\n1 not judged\.$/m);
    expect(code).to.equal(0);
  });

  it("tries the public address alone where the endpoint refuses", async () => {
    const stack = await clouds.deploy("single-tunnel");
    const closed = { ...stack.outputs, endpointUrl: "http://localhost:9" };
    const { code, text } = await run(clouds, file.write(closed));
    expect(text).to.include("The endpoint here: the connection is refused;");
    expect(text).to.include("The reader's key was tried at S3's public address alone.");
    expect(code).to.equal(0);
  });
});

describe("the problems of the SDKs", () => {
  it("are told apart by the code, not by the status alone", () => {
    const error = (name: string, status: number) =>
      Object.assign(new Error("x"), { name, $metadata: { httpStatusCode: status } });
    expect(problemOf(error("InvalidAccessKeyId", 403), "s3:GetObject").kind).to.equal("credentials");
    expect(problemOf(error("AccessDenied", 403), "s3:GetObject").kind).to.equal("permission");
    expect(problemOf(error("UnknownError", 403), "s3:GetObject").kind).to.equal("permission");
    expect(problemOf(error("InvalidRouteTableID.NotFound", 400), "ec2:X").kind).to.equal("gone");
    expect(problemOf(error("Strange", 400), "ec2:X").says).to.equal("AWS answered ec2:X with Strange: x");
  });

  it("are told by their cause where they have one", () => {
    const cause = Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" });
    expect(problemOf(new Error("fetch failed", { cause }), "ec2:X").kind).to.equal("name");
  });

  it("tell an ended session from credentials that never were", () => {
    const says = (message: string) =>
      problemOf(Object.assign(new Error(message), { name: "CredentialsProviderError" }), "ec2:X").says;
    expect(says("Could not load credentials from any providers")).to.match(/^there are no AWS credentials/);
    expect(says("Token is expired. To refresh this SSO session run 'aws sso login'")).to.match(
      /^the AWS credentials have expired/,
    );
    expect(says("The SSO session associated with this profile has expired.")).to.match(/have expired/);
  });

  it("never show a key", () => {
    expect(redact(`key ${canaryKey} of vpn-0123456789abcdef0`)).to.equal(
      "key [hidden] of vpn-0123456789abcdef0",
    );
  });
});

function expectNoSecrets(text: string, { outputs }: DeployedStack): void {
  const secrets = [
    outputs.readerSecretAccessKey,
    canaryKey,
    "DeployersOwnSecretThatNobodyMustSee1234",
    "token-of-the-tests",
  ];
  for (const secret of secrets) expect(text).not.to.include(secret);
  expect(text).not.to.match(/\n\s+at .*:\d+:\d+/);
}

async function run(clouds: Clouds, outputs: string, args: readonly string[] = [], access = clouds.access()) {
  let text = "";
  const write = (part: string) => (text += part);
  const code = await verify(["--outputs", outputs, ...args], {
    out: write,
    err: write,
    color: false,
    access,
  });
  return { code, text };
}
