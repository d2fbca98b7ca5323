import { expect } from "chai";
import { planWatches, topicPolicy, trailSelectors, type Watched } from "../../monitoring/auditPlan";

const watched: Watched = {
  "bucket-changes": ["data", "logs"],
  "endpoint-changes": ["sg-1"],
  "trail-changes": ["arn:aws:cloudtrail:us-east-1:123456789012:trail/link-prod"],
  "reader-changes": ["reader"],
};

describe("what the trail records and notifies", () => {
  it("records requests to the objects of these buckets alone, and changes", () => {
    const [requests, changes] = trailSelectors(["arn:aws:s3:::data/"]);
    expect(requests?.fieldSelectors).to.deep.include({
      field: "resources.ARN",
      startsWiths: ["arn:aws:s3:::data/"],
    });
    expect(changes?.fieldSelectors).to.deep.include({ field: "readOnly", equals: ["false"] });
  });

  for (const { region, iam } of [
    { region: "us-east-1", iam: "us-east-1" },
    { region: "ap-northeast-1", iam: "us-east-1" },
    { region: "us-gov-east-1", iam: "us-gov-west-1" },
    { region: "cn-northwest-1", iam: "cn-north-1" },
  ])
    it(`watches the reader of a stack in ${region} where IAM's events are, and all else at home`, () => {
      expect(planWatches(region).map((watch) => [watch.name, watch.region])).to.deep.equal([
        ["bucket-changes", region],
        ["endpoint-changes", region],
        ["trail-changes", region],
        ["reader-changes", iam],
      ]);
    });

  it("names the stack's own buckets and reader in its patterns", () => {
    const patterns = planWatches("us-east-1").map(({ name, pattern }) =>
      JSON.stringify(pattern(watched[name])),
    );
    expect(patterns[0]).to.include('"bucketName":["data","logs"]');
    expect(patterns[2]).to.include(`"name":["${watched["trail-changes"][0] ?? ""}","link-prod"]`);
    expect(patterns[3]).to.include('"userName":["reader"]');
    // PutRule takes no longer ones.
    for (const pattern of patterns) expect(pattern.length).to.be.lessThan(4096);
  });

  it("lets EventBridge publish without a condition, and only the account's alarms", () => {
    const [alarms, changes] = topicPolicy("arn:aws:sns:us-east-1:123456789012:alarms").Statement;
    expect(alarms?.Condition).to.deep.equal({
      ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:us-east-1:123456789012:alarm:*" },
      StringEquals: { "aws:SourceAccount": "123456789012" },
    });
    expect(changes?.Principal).to.deep.equal({ Service: "events.amazonaws.com" });
    expect(changes).not.to.have.property("Condition");
  });
});
