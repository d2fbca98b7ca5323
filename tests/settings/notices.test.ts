import { expect } from "chai";
import { parseSettings } from "../../settings/settings";
import { configWith } from "./validConfig";

const account = "arn:aws:iam::123456789012";
const noticed = (stack: string, changes: Readonly<Record<string, unknown>>) =>
  parseSettings({ ...configWith(changes), stack }).notices;
const bucket = (name: string) => ({ buckets: [{ name, access: "read" }] });

describe("the name that a bucket would get", () => {
  for (const { stack, name } of [
    { stack: "prod", name: "data" },
    { stack: "dev-tokyo-2", name: "team-a" },
    { stack: "prod", name: "k".repeat(63 - "s3--prod-0123456".length) },
  ])
    it(`is fine for ${name} in stack ${stack}`, () => {
      expect(noticed(stack, bucket(name))).to.deep.equal([]);
    });

  for (const { stack, name } of [
    { stack: "Prod", name: "data" },
    { stack: "team_a", name: "data" },
    { stack: "prod.eu", name: "data" },
    { stack: "prod", name: "k".repeat(64 - "s3--prod-0123456".length) },
  ])
    it(`is told not to be one for ${name} in stack ${stack}`, () => {
      expect(noticed(stack, bucket(name))).to.deep.equal([
        `The name of bucket ${name} would be as s3-${name}-${stack}-0123456: S3 takes 63 characters at most, lower-case letters, digits and hyphens. One that is deployed keeps its name; a new one cannot be made. Give it a bucketName, or the stack another name.`,
      ]);
    });

  it("does not matter where the settings name the bucket", () => {
    expect(
      noticed("Prod", { buckets: [{ name: "data", access: "read", bucketName: "our-data" }] }),
    ).to.deep.equal([]);
  });
});

describe("a trusted principal of another account", () => {
  const trusted = `arn:aws:iam::210987654321:role/auditor`;

  it("is told what must be true on the other side", () => {
    const [notice, ...more] = noticed("prod", {
      deployers: [`${account}:role/deployer`],
      trustedPrincipals: [trusted],
    });
    expect(more).to.deep.equal([]);
    expect(notice).to.match(
      /^trustedPrincipals\[0\] is arn:aws:iam::210987654321:role\/auditor, of another account than/,
    );
  });

  it("is not told of in the deployers' own", () => {
    const own = { deployers: [`${account}:role/deployer`], trustedPrincipals: [`${account}:role/auditor`] };
    expect(noticed("prod", own)).to.deep.equal([]);
  });
});
