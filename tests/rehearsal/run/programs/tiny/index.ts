import { Instance, Vpc } from "@pulumi/aws/ec2";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { AccessKey, User } from "@pulumi/aws/iam";
import { Bucket, BucketVersioning } from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";

/** A program for the tests of the recorder: `what` chooses what it does. */
const config = new pulumi.Config();

class Box extends pulumi.ComponentResource {
  readonly bucket: Bucket;

  constructor(name: string) {
    super("tiny:index:Box", name);
    this.bucket = new Bucket(
      `${name}-bucket`,
      { tags: { items: config.requireObject<string[]>("items").join(" ") } },
      { parent: this },
    );
    new BucketVersioning(
      `${name}-versioning`,
      { bucket: this.bucket.id, versioningConfiguration: { status: "Enabled" } },
      {
        ...{ parent: this, protect: true, customTimeouts: { create: "5m" } },
        ...{ replaceOnChanges: ["bucket"], replaceWith: [this.bucket], replacementTrigger: "again" },
      },
    );
    this.registerOutputs({ bucket: this.bucket.id });
  }
}

function estate(): Record<string, unknown> {
  const box = new Box("box");
  const password = config.requireSecret("password");
  const user = new User("user", { tags: { password } }, { dependsOn: [box] });
  const key = new AccessKey("key", { user: user.name });
  const arn = getCallerIdentityOutput().arn;
  return { bucket: box.bucket.bucket, arn: box.bucket.arn, keyId: key.id, secret: key.secret, deployer: arn };
}

const programs: Record<string, () => Record<string, unknown>> = {
  estate,
  refused: () => {
    new Vpc("too-big", { cidrBlock: "10.0.0.0/8" });
    const after = new Bucket("after");
    return { after: after.bucket };
  },
  unknownType: () => ({ ami: new Instance("machine", { ami: "ami-1", instanceType: "t3.nano" }).ami }),
  unknownFunction: () => ({
    zones: pulumi.runtime.invoke("aws:index/getRegions:getRegions", {}),
  }),
  userError: () => {
    throw new pulumi.RunError("the setting is wrong");
  },
  programError: () => {
    throw new Error("the program is wrong");
  },
  forgotten: () => {
    void Promise.reject(new pulumi.RunError("nobody waits for me"));
    return {};
  },
};

const program = programs[config.require("what")];
if (program === undefined) throw new Error("no such program");
export = program();
