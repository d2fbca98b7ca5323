import { type AccessToken, type TokenCredential } from "@azure/identity";
import type { Access } from "../../../operations/verify/collect/access";
import { AwsServer } from "./awsServer";
import { AzureServer } from "./azureServer";
import { deployAws, type DeployedStack } from "./deployedStack";
import { deployAzure } from "./deployedAzure";
import { named, resolveAccounts } from "./accountNames";
import type { Topology } from "./place";
import type { AwsVpn } from "./awsVpn";
import { Moto } from "./moto";

const environment = {
  AWS_ACCESS_KEY_ID: "deployer",
  AWS_SECRET_ACCESS_KEY: "DeployersOwnSecretThatNobodyMustSee1234",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};

/** A stack that no test changes, and the AWS that holds it. */
interface Original {
  readonly aws: { readonly vpn: AwsVpn; readonly propagating: readonly string[] };
  readonly outputs: DeployedStack["outputs"];
  readonly clients: DeployedStack["clients"];
  readonly moto: Moto;
}

/** Both clouds on loopback, and the way to them that the SDKs' own environment gives. */
export class Clouds {
  private readonly originals = new Map<Topology, Original>();
  /** For what the test at hand changes. */
  private copy: Promise<Moto> | undefined;
  private forgetAccounts = (): void => undefined;
  private readonly before = new Map<string, string | undefined>();

  private constructor(
    private readonly moto: Moto,
    readonly aws: AwsServer,
    readonly azure: AzureServer,
    /** One for all clients: they share connections then. */
    private readonly azureTls = { ca: azure.certificate },
  ) {}

  static async start(): Promise<Clouds> {
    const moto = await Moto.start();
    const azure = await AzureServer.start();
    const clouds = new Clouds(moto, await AwsServer.start(moto, azure), azure);
    clouds.forgetAccounts = resolveAccounts();
    clouds.setEnvironment({
      ...environment,
      AWS_ENDPOINT_URL: clouds.aws.publicUrl,
      AWS_ENDPOINT_URL_S3_CONTROL: named(clouds.aws.publicUrl),
    });
    return clouds;
  }

  /** A stack as right as on the first day, whatever tests before it changed. */
  async deploy(topology: Topology): Promise<DeployedStack> {
    const { aws, azure } = this;
    for (const rules of [aws.failing, aws.tampers, azure.failing]) rules.clear();
    aws.unknownKeyIds = [];
    aws.failures = Infinity;
    const original = this.originals.get(topology) ?? (await this.deployOriginal(topology));
    (await this.copy)?.stop();
    this.copy = undefined;
    aws.serve(original.moto, () => (this.copy ??= original.moto.copy()));
    const outputs = structuredClone(original.outputs);
    Object.assign(aws, structuredClone(original.aws));
    aws.doors = { public: "denied", endpoint: "open" };
    aws.readerKeyId = outputs.readerAccessKeyId;
    deployAzure(outputs, azure);
    aws.asked.length = 0;
    azure.asked.length = 0;
    return { outputs, aws, azure, clients: original.clients };
  }

  private async deployOriginal(topology: Topology): Promise<Original> {
    const { aws, moto } = this;
    await moto.reset();
    aws.serve(moto, () => Promise.resolve(moto));
    const { outputs, clients } = await deployAws(topology, aws);
    const { vpn, propagating } = aws;
    const original = { aws: { vpn, propagating }, outputs, clients, moto: await moto.copy() };
    this.originals.set(topology, original);
    return original;
  }

  /** What verify is given beside the environment: Azure's SDK takes no endpoint from there. */
  access(credential: TokenCredential = new AnyToken()): Access {
    const options = {
      endpoint: this.azure.url,
      tlsOptions: this.azureTls,
      retryOptions: { maxRetries: 1 },
    };
    return { publicS3: this.aws.publicUrl, aws: { maxAttempts: 2 }, azure: { credential, options } };
  }

  stop(): void {
    for (const [name, value] of this.before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    this.forgetAccounts();
    this.aws.stop();
    this.azure.stop();
    this.moto.stop();
  }

  private setEnvironment(variables: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(variables)) {
      this.before.set(name, process.env[name]);
      process.env[name] = value;
    }
  }
}

/** A signed-in user of Azure. */
class AnyToken implements TokenCredential {
  getToken(): Promise<AccessToken> {
    return Promise.resolve({ token: "token-of-the-tests", expiresOnTimestamp: Date.now() + 3_600_000 });
  }
}
