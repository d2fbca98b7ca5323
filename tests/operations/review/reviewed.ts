import { rowInWords } from "../../../operations/review/accessRows";
import { review } from "../../../operations/review/judge";
import { markdown } from "../../../operations/review/markdown";
import { readPreview } from "../../../operations/review/preview";
import { awsTypes, componentTypes } from "../../../rehearsal/model/resourceTypes";
import { owner } from "../../rehearsal/access/tries";

export const reader = `arn:aws:iam::${owner}:user/reader`;

export const outputs = {
  readerArn: reader,
  endpointId: "vpce-0123",
  awsNetwork: { vpcId: "vpc-0123" },
  azureNetwork: { cidr: "10.1.0.0/22" },
};

interface Given {
  readonly type?: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly outputs?: object;
  readonly bucket?: string;
}

/** What the review says of one update of a policy; a list stands for a policy's statements. */
export function reviewed(given: Given) {
  const { type = awsTypes.bucketPolicy, before, after, bucket = "reports-1" } = given;
  const policy = (one: unknown) =>
    Array.isArray(one) ? JSON.stringify({ Version: "2012-10-17", Statement: one as unknown[] }) : one;
  const stack = "urn:pulumi:t::p::pulumi:pulumi:Stack::p-t";
  const found = review(
    readPreview(
      JSON.stringify({
        steps: [
          { op: "same", urn: stack, oldState: { outputs: given.outputs ?? outputs } },
          {
            op: "update",
            urn: `urn:pulumi:t::p::${componentTypes.privateLinkBucket}$${type}::it`,
            diffReasons: ["policy"],
            oldState: { inputs: { bucket, policy: policy(before) } },
            newState: { inputs: { bucket, policy: policy(after) } },
          },
        ],
        changeSummary: { same: 1, update: 1 },
      }),
    ),
  );
  const access = found.steps[0]?.access;
  const compared = access?.kind === "compared" ? access : undefined;
  return {
    impact: found.impact,
    opens: compared?.opened.map(rowInWords) ?? [],
    closes: compared?.closed.map(rowInWords) ?? [],
    notCompared: access?.kind === "not compared" ? access.reason : undefined,
    text: markdown(found),
  };
}
