import { expect } from "chai";
import { readerComponent } from "../../policy/organisation";
import { judgeStack, type StackResource } from "../../policy/rule";
import { promisedAccess } from "../../policy/rules/promisedAccess";
import type { Props } from "../../policy/values";
import { devStack } from "../rehearsal/fixtures/stacks";
import { stackResource } from "./resources";
import { stackResources } from "./recorded";

const kim = "arn:aws:iam::123456789012:user/kim";

describe("promised-access", () => {
  let deployed: readonly StackResource[];
  before(async () => {
    const { recording } = await devStack();
    deployed = stackResources(recording).map((one) => ({ ...one, props: { ...one.outputs, ...one.props } }));
  });

  const changed = (name: string, change: (props: Props) => Props) =>
    deployed.map((one) =>
      one.name === name ? { ...one, props: { ...one.props, ...change(one.props) } } : one,
    );
  const rewritten = (from: string, to: string) =>
    changed("s3-data-policy", ({ policy }) => ({ policy: (policy as string).replaceAll(from, to) }));
  const says = (resources: readonly StackResource[]) =>
    judgeStack(promisedAccess, resources).map((problem) => problem.says);

  it("accepts the stack as it is deployed", () => {
    expect(says(deployed)).to.deep.equal([]);
  });

  it("says who is shut out, of what, how and why", () => {
    const [first = "", ...rest] = says(rewritten("s3:ListBucket", "s3:GetBucketLocation"));
    expect(rest).to.deep.equal([]);
    expect(first).to.match(
      /^the reader may not s3:ListBucket on s3-data-[\w-]+ through the endpoint: no policy allows it \(and \d+ more callers\); the stack promises otherwise, so correct the policy or the settings$/,
    );
  });

  it("says who is let in", () => {
    const [first = ""] = says(
      changed("s3-data-policy", ({ policy: text }) => {
        const document = JSON.parse(text as string) as { readonly Statement: readonly Props[] };
        const more = { Effect: "Allow", Principal: { AWS: kim }, Action: "s3:GetObject", Resource: "*" };
        return { policy: JSON.stringify({ ...document, Statement: [...document.Statement, more] }) };
      }),
    );
    expect(first)
      .to.include("user/kim may s3:GetObject on s3-data-")
      .and.match(/from the internet|through another endpoint/);
  });

  it("refuses a policy that cannot be evaluated", () => {
    expect(says(rewritten("StringEquals", "DateEquals"))).to.have.length(1);
    expect(says(rewritten("StringEquals", "DateEquals"))[0]).to.include("uses the operator DateEquals");
  });

  it("takes the bucket's level from the outputs: a promise to write that no policy keeps is refused", () => {
    const promise = changed("azure-s3-privatelink-dev", ({ buckets }) => {
      const { data } = buckets as { readonly data: Props };
      return { buckets: { data: { ...data, access: "readWrite" } } };
    });
    expect(says(promise).join()).to.include("the reader may not s3:PutObject");
  });

  it("leaves out a bucket that no output promises", () => {
    const other = stackResource("aws:s3/bucket:Bucket", "other", {
      props: { bucket: "other-1", arn: "arn:aws:s3:::other-1" },
    });
    expect(says([...deployed, other])).to.deep.equal([]);
  });

  it("leaves out a stack without a PrivateLinkBucket, which promises nothing", () => {
    const without = deployed.filter(({ type }) => type !== readerComponent);
    expect(says(without.filter(({ name }) => name !== "s3-data-policy"))).to.deep.equal([]);
  });
});
