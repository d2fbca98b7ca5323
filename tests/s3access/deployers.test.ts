import { expect } from "chai";
import { callerOf, exemptArns, noticeFor, type Caller } from "../../s3access/deployers";

const account = "arn:aws:iam::123456789012";
const named = (end: string): Caller => ({ arn: `${account}:${end}`, path: "known" });
const unnamed = (end: string): Caller => ({ arn: `${account}:${end}`, path: "unknown" });

describe("the principals exempt from an enforced perimeter", () => {
  it("are the deployers and the trusted ones, sorted and each once", () => {
    const trustedPrincipals = ["arn:aws:iam::1:role/z", "arn:aws:iam::1:role/a"];
    const deployers = ["arn:aws:iam::1:role/m", "arn:aws:iam::1:role/a"];
    expect(exemptArns({ deployers, trustedPrincipals })).to.deep.equal([
      "arn:aws:iam::1:role/a",
      "arn:aws:iam::1:role/m",
      "arn:aws:iam::1:role/z",
    ]);
  });
});

describe("the principal behind a caller", () => {
  for (const { arn, principal, path } of [
    { arn: `${account}:user/anna`, principal: `${account}:user/anna`, path: "known" },
    { arn: `${account}:user/team/anna`, principal: `${account}:user/team/anna`, path: "known" },
    { arn: `${account}:root`, principal: `${account}:root`, path: "known" },
    {
      arn: "arn:aws:sts::123456789012:assumed-role/deployer/github-42",
      principal: `${account}:role/deployer`,
      path: "unknown",
    },
    {
      arn: "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_0a1b/anna@example.com",
      principal: `${account}:role/AWSReservedSSO_Admin_0a1b`,
      path: "unknown",
    },
    {
      arn: "arn:aws:sts::123456789012:federated-user/anna",
      principal: "arn:aws:sts::123456789012:federated-user/anna",
      path: "known",
    },
  ] as const)
    it(`of ${arn} is ${principal}, its path ${path}`, () => {
      expect(callerOf(arn)).to.deep.equal({ arn: principal, path });
    });
});

describe("whoever runs Pulumi", () => {
  const deployers = [`${account}:role/ci/deployer`];
  const trustedPrincipals = [`${account}:role/break-glass`];
  const exempt = { deployers, trustedPrincipals };

  for (const { who, caller } of [
    { who: "a deployer", caller: named("role/ci/deployer") },
    { who: "a deployer whose role's path nobody could read", caller: unnamed("role/deployer") },
    { who: "a trusted principal", caller: named("role/break-glass") },
  ])
    it(`hears nothing as ${who}`, () => {
      expect(noticeFor(caller, exempt)).to.deep.equal({ kind: "none" });
    });

  for (const { who, caller, given, says } of [
    {
      who: "anybody else",
      caller: named("user/anna"),
      given: exempt,
      says: `${account}:user/anna is not among deployers, and with perimeter: enforced AWS refuses it the buckets' data, which Pulumi reads; sign in as ${account}:role/ci/deployer, or let it deploy: pulumi config set --path 'deployers[1]' ${account}:user/anna`,
    },
    {
      who: "the same name in another account",
      caller: { arn: "arn:aws:iam::999999999999:role/ci/deployer", path: "known" } as const,
      given: exempt,
      says: `arn:aws:iam::999999999999:role/ci/deployer is not among deployers, and with perimeter: enforced AWS refuses it the buckets' data, which Pulumi reads; sign in as ${account}:role/ci/deployer, or let it deploy: pulumi config set --path 'deployers[1]' arn:aws:iam::999999999999:role/ci/deployer`,
    },
    {
      who: "a user who has a role's name",
      caller: named("user/deployer"),
      given: exempt,
      says: `${account}:user/deployer is not among deployers, and with perimeter: enforced AWS refuses it the buckets' data, which Pulumi reads; sign in as ${account}:role/ci/deployer, or let it deploy: pulumi config set --path 'deployers[1]' ${account}:user/deployer`,
    },
    {
      who: "a role whose path the settings leave out",
      caller: named("role/ci/deployer"),
      given: { deployers: [`${account}:role/deployer`], trustedPrincipals },
      says: `the settings name ${account}:role/deployer, but AWS knows this role by its path, as ${account}:role/ci/deployer; write that instead`,
    },
  ] as const)
    it(`hears that the perimeter keeps out ${who}`, () => {
      expect(noticeFor(caller, given)).to.deep.equal({ kind: "not-a-deployer", text: says });
    });

  it("hears to name the deployers where nobody is named", () => {
    expect(noticeFor(unnamed("role/deployer"), { deployers: undefined, trustedPrincipals })).to.deep.equal({
      kind: "name-the-deployers",
      text: `perimeter is enforced and deployers is not set, so the perimeter exempts whoever runs Pulumi, now ${account}:role/deployer, and a run by anybody else changes the policy of every bucket; name those who deploy: pulumi config set --path 'deployers[0]' ${account}:role/deployer (with the role's path, if it has one)`,
    });
  });
});
