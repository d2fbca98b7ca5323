import { expect } from "chai";
import { join } from "node:path";
import { record } from "../../../rehearsal/run/record";
import { UNKNOWN, type RecordedResource, type Recording } from "../../../rehearsal/model/recording";

const programs = join(__dirname, "programs");
const tiny = (
  what: string,
  more: { readonly preview?: boolean; readonly stack?: string } = {},
): Promise<Recording> =>
  record({ projectDir: join(programs, "tiny"), stack: "dev", config: { "tiny:what": what }, ...more });

function named(recording: Recording, name: string): RecordedResource {
  const found = recording.resources.find((resource) => resource.name === name);
  if (found === undefined) throw new Error(`nothing named ${name} was recorded`);
  return found;
}

describe("a recording", () => {
  it("holds a resource as it was registered, with what the cloud answered", async () => {
    const recording = await tiny("estate");
    const bucket = named(recording, "box-bucket");
    const versioning = named(recording, "box-versioning");
    expect(versioning).to.deep.equal({
      urn: "urn:pulumi:dev::tiny::tiny:index:Box$aws:s3/bucketVersioning:BucketVersioning::box-versioning",
      type: "aws:s3/bucketVersioning:BucketVersioning",
      name: "box-versioning",
      custom: true,
      id: bucket.id,
      parent: "urn:pulumi:dev::tiny::tiny:index:Box::box",
      inputs: { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
      outputs: {
        bucket: bucket.id,
        versioningConfiguration: { status: "Enabled" },
        region: "ap-northeast-1",
      },
      secretInputs: [],
      dependencies: [bucket.urn],
      propertyDependencies: { bucket: [bucket.urn], versioningConfiguration: [] },
      options: {
        protect: true,
        deleteBeforeReplace: false,
        replaceOnChanges: ["bucket"],
        replaceWith: [bucket.urn],
        replacementTrigger: "again",
        ignoreChanges: [],
        additionalSecretOutputs: [],
        deletedWith: undefined,
        retainOnDelete: false,
        customTimeouts: { create: "5m" },
      },
    });
  });

  it("names what has no name, as Pulumi does", async () => {
    const bucket = named(await tiny("estate"), "box-bucket");
    expect(bucket.inputs["bucket"]).to.match(/^box-bucket-[0-9a-f]{7}$/);
    expect(bucket.id).to.equal(bucket.inputs["bucket"]);
  });

  it("gives components no id, and the stack no parent", async () => {
    const recording = await tiny("estate");
    expect(named(recording, "box")).to.include({ custom: false, id: "" });
    expect(named(recording, "tiny-dev")).to.include({ type: "pulumi:pulumi:Stack", parent: undefined });
  });

  it("keeps what a resource waits for, through a component too", async () => {
    const recording = await tiny("estate");
    expect(named(recording, "user").dependencies).to.include.members(
      ["box-bucket", "box-versioning"].map((name) => named(recording, name).urn),
    );
  });

  it("tells secrets apart, in inputs and outputs", async () => {
    const recording = await tiny("estate");
    expect(named(recording, "user").secretInputs).to.deep.equal(["tags"]);
    expect(recording.secretOutputs).to.deep.equal(["secret"]);
    expect(recording.outputs["secret"]).to.be.a("string").with.length(40);
  });

  it("reads the configuration as the engine does: defaults, the stack file and overrides", async () => {
    const { inputs } = named(await tiny("estate"), "box-bucket");
    expect(inputs["tags"]).to.deep.equal({ items: "one" });
    const other = await record({
      projectDir: join(programs, "tiny"),
      stack: "test",
      config: { items: '["two"]' },
    });
    expect(named(other, "box-bucket").inputs["tags"]).to.deep.equal({ items: "two" });
    expect(named(other, "user").inputs["tags"]).to.deep.equal({ password: "plain" });
  });

  it("stands in for an encrypted value, which it cannot read", async () => {
    expect(named(await tiny("estate"), "user").inputs["tags"]).to.deep.equal({
      password: "rehearsal-secret",
    });
  });

  it("answers the program's questions to the clouds", async () => {
    expect((await tiny("estate")).outputs["deployer"]).to.equal("arn:aws:iam::123456789012:user/deployer");
  });

  it("is the same every time", async () => {
    expect(await tiny("estate")).to.deep.equal(await tiny("estate"));
  });

  it("is not touched by another that was asked for at the same time", async () => {
    const alone = await tiny("refused");
    const [, refused] = await Promise.all([tiny("estate"), tiny("refused"), tiny("userError")]);
    expect(refused).to.deep.equal(alone);
  });
});

describe("a recorded preview", () => {
  it("knows the inputs, and nothing that only a cloud can tell", async () => {
    const recording = await tiny("estate", { preview: true });
    expect(recording).to.deep.include({ refusals: [], errors: [] });
    expect(named(recording, "box-bucket")).to.deep.include({ id: "", outputs: {} });
    expect(named(recording, "box-versioning").inputs["bucket"]).to.equal(UNKNOWN);
    expect(recording.outputs["arn"]).to.equal(UNKNOWN);
  });

  it("registers the same resources as an update", async () => {
    const names = ({ resources }: Recording): string[] => resources.map(({ urn }) => urn).sort();
    expect(names(await tiny("estate", { preview: true }))).to.deep.equal(names(await tiny("estate")));
  });

  it("finds what is wrong whatever the clouds answer", async () => {
    const { refusals } = await tiny("refused", { preview: true });
    expect(refusals.map(({ code }) => code)).to.deep.equal(["InvalidVpc.Range"]);
  });
});

describe("what goes wrong", () => {
  it("at a cloud is recorded with its resource, and the run goes on", async () => {
    const recording = await tiny("refused");
    expect(recording.refusals.map(({ code, urn }) => ({ code, urn }))).to.deep.equal([
      { code: "InvalidVpc.Range", urn: named(recording, "too-big").urn },
    ]);
    expect(recording.outputs["after"]).to.match(/^after-/);
    expect(recording.errors).to.deep.equal([]);
  });

  it("with an unknown type is a refusal, and no cloud answers", async () => {
    const recording = await tiny("unknownType");
    expect(recording.refusals.map(({ code }) => code)).to.deep.equal(["UnknownResourceType"]);
    expect(named(recording, "machine")).to.deep.include({ id: "", outputs: {} });
  });

  it("with an unknown function is an error that names it", async () => {
    const { errors } = await tiny("unknownFunction");
    expect(errors.join()).to.include("no function aws:index/getRegions:getRegions");
  });

  it("in the settings reads as the user would see it, without a stack trace", async () => {
    expect((await tiny("userError")).errors).to.deep.equal(["the setting is wrong"]);
  });

  it("in the program itself comes with the place", async () => {
    const { errors } = await tiny("programError");
    expect(errors.join()).to.match(/^Error: the program is wrong\n {4}at [^]*tiny[\\/]index\.ts/);
  });

  it("in a promise that nobody waits for is not lost", async () => {
    expect((await tiny("forgotten")).errors).to.deep.equal(["nobody waits for me"]);
  });

  it("once does no harm to the next run", async () => {
    await tiny("userError");
    expect((await tiny("estate")).errors).to.deep.equal([]);
  });

  it("with the name of a stack is told with the stacks there are", async () => {
    const { errors } = await tiny("estate", { stack: "prd" });
    expect(errors).to.deep.equal([
      "--stack prd: there is no Pulumi.prd.yaml; the project has dev, test, and pulumi stack init prd begins one",
    ]);
  });

  it("with a value left out is told with the command that sets it", async () => {
    const { errors } = await record({ projectDir: join(programs, "bare"), stack: "dev" });
    expect(errors).to.deep.equal([
      "Pulumi.dev.yaml lacks settings: every stack needs needed; set each, as pulumi config set --stack dev needed VALUE",
    ]);
  });
});

describe("the project's own program", () => {
  for (const stack of ["dev", "prod"])
    for (const preview of [false, true])
      it(`is recorded whole: ${stack}, ${preview ? "preview" : "up"}`, async () => {
        const { errors, refusals, resources } = await record({
          projectDir: join(__dirname, "../../.."),
          stack,
          preview,
        });
        expect({ errors, refusals }).to.deep.equal({ errors: [], refusals: [] });
        expect(resources).to.have.length.above(30);
        expect(new Set(resources.map(({ urn }) => urn)).size).to.equal(resources.length);
      });
});
