import { expect } from "chai";
import { covers } from "../../../rehearsal/model/addresses";
import { words } from "../../../rehearsal/clouds/rules";
import type { Props, Value } from "../../../rehearsal/model/recording";
import { text } from "../../../rehearsal/model/values";
import { build, type Change, type Estate, type Made } from "./estates";
import { deliveryPolicy, logEstate } from "./logEstate";
import { planOf, without as leftOut } from "./refusalRows";
import { s3Estate } from "./s3Estate";
import { staticEstate } from "./vpnEstates";

/** Answers that were recorded from AWS in 2026 (us-east-1, the corpus of cdk-real-drift): what nobody set comes back as this. */
interface Answer {
  readonly says: string;
  readonly estate: Estate;
  readonly of: string;
  /** Taken away or set before. */
  readonly change?: Change;
  readonly answers: Props | ((made: Made) => Props);
}

const withoutOptions: Change = Object.fromEntries(
  Object.keys(staticEstate["connection1"]?.inputs(anything()) ?? {})
    .filter((name) => /^tunnel[12]/.test(name))
    .map((name) => [name, undefined]),
);

/** Stands in for whatever an estate would ask for, where only names of properties matter. */
function anything(): Made {
  const outputs = { arn: "", name: "", ipAddress: "" };
  return () => ({ urn: "", type: "", name: "", id: "", inputs: {}, outputs });
}

const noLogs = { cloudwatchLogOptions: { logEnabled: false, bgpLogEnabled: false } };

function emptyTunnel(slot: 1 | 2): Props {
  const lists = words(`
    IkeVersions Phase1DhGroupNumbers Phase1EncryptionAlgorithms Phase1IntegrityAlgorithms Phase2DhGroupNumbers
    Phase2EncryptionAlgorithms Phase2IntegrityAlgorithms`);
  const empty = lists.map((name): [string, Value] => [`tunnel${slot}${name}`, []]);
  return { ...Object.fromEntries(empty), [`tunnel${slot}LogOptions`]: noLogs };
}

const answers: readonly Answer[] = [
  {
    says: "a VPN connection's defaults",
    estate: staticEstate,
    of: "connection1",
    answers: {
      enableAcceleration: false,
      outsideIpAddressType: "PublicIpv4",
      presharedKeyStorage: "Standard",
      tunnelBandwidth: "standard",
      tunnelInsideIpVersion: "ipv4",
      tunnel1EnableTunnelLifecycleControl: false,
      tunnel2EnableTunnelLifecycleControl: false,
    },
  },
  {
    says: "both tunnels, with empty suites and without logs",
    estate: staticEstate,
    of: "connection1",
    change: withoutOptions,
    answers: { ...emptyTunnel(1), ...emptyTunnel(2) },
  },
  {
    says: "logs that are switched on, and those that are not",
    estate: staticEstate,
    of: "connection1",
    answers: (made) => ({
      tunnel1LogOptions: {
        cloudwatchLogOptions: {
          logEnabled: true,
          bgpLogEnabled: false,
          logGroupArn: made("logs").outputs["arn"] ?? "",
          logOutputFormat: "json",
        },
      },
      tunnel2LogOptions: noLogs,
    }),
  },
  {
    says: "an endpoint's DNS options",
    estate: s3Estate,
    of: "endpoint",
    answers: {
      dnsOptions: { dnsRecordIpType: "ipv4", privateDnsOnlyForInboundResolverEndpoint: false },
    },
  },
  {
    says: "DNS options that were asked for",
    estate: s3Estate,
    of: "endpoint",
    change: { dnsOptions: { dnsRecordIpType: "dualstack" } },
    answers: {
      dnsOptions: { dnsRecordIpType: "dualstack", privateDnsOnlyForInboundResolverEndpoint: false },
    },
  },
  {
    says: "the VPC's default group on an endpoint without groups",
    estate: s3Estate,
    of: "endpoint",
    change: { securityGroupIds: undefined },
    answers: (made) => ({ securityGroupIds: [made("vpc").outputs["defaultSecurityGroupId"] ?? ""] }),
  },
  {
    says: "an endpoint's own groups, and no other",
    estate: s3Estate,
    of: "endpoint",
    answers: (made) => ({ securityGroupIds: [made("endpointGroup").id] }),
  },
  {
    says: "a new bucket's encryption: SSE-C blocked, no bucket key",
    estate: s3Estate,
    of: "bucket",
    answers: {
      serverSideEncryptionConfiguration: {
        rule: {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
          bucketKeyEnabled: false,
          blockedEncryptionTypes: ["SSE-C"],
        },
      },
    },
  },
  {
    says: "the same of an encryption that says nothing of them",
    estate: s3Estate,
    of: "encryption",
    answers: {
      rules: [
        {
          bucketKeyEnabled: false,
          blockedEncryptionTypes: ["SSE-C"],
          applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
        },
      ],
    },
  },
  {
    says: "what an encryption says of them",
    estate: s3Estate,
    of: "encryption",
    change: { rules: [{ bucketKeyEnabled: true, blockedEncryptionTypes: ["NONE"] }] },
    answers: { rules: [{ bucketKeyEnabled: true, blockedEncryptionTypes: ["NONE"] }] },
  },
  {
    says: "a flow log's files: plain text, no partitions",
    estate: logEstate,
    of: "flowLog",
    answers: {
      destinationOptions: {
        fileFormat: "plain-text",
        hiveCompatiblePartitions: false,
        perHourPartition: false,
      },
    },
  },
];

describe("the simulated AWS answers as AWS", () => {
  for (const { says, estate, of, change, answers: expected } of answers)
    it(says, () => {
      const { made } = build(estate, change === undefined ? {} : { [of]: change });
      const wanted = typeof expected === "function" ? expected(made) : expected;
      const { outputs } = made(of);
      const given = Object.fromEntries(Object.keys(wanted).map((name) => [name, outputs[name]]));
      expect(given).to.deep.equal(wanted);
    });

  it("inside CIDRs from all of 169.254.0.0/16, each free and none reserved", () => {
    const connections = Array.from({ length: 9 }, (_, at) => `more${at}`);
    const connection = planOf(staticEstate, "connection1");
    const estate = Object.fromEntries([
      ...Object.entries(staticEstate).slice(0, Object.keys(staticEstate).indexOf("connection1") + 1),
      ...connections.map((name) => [name, connection]),
    ]) as Estate;
    const changes = Object.fromEntries(connections.map((name) => [name, withoutOptions]));
    const { made, refusals } = build(estate, changes);
    expect(refusals).to.deep.equal([]);
    const given = connections.flatMap((name) =>
      [1, 2].map((slot) => text(made(name).outputs, `tunnel${slot}InsideCidr`) ?? ""),
    );
    expect(new Set(given).size).to.equal(given.length);
    expect(given.every((range) => covers("169.254.0.0/16", range) && range.endsWith("/30"))).to.equal(true);
    // Not from a corner: they spread over both halves of the range.
    const halves = new Set(given.map((range) => covers("169.254.0.0/17", range)));
    expect([...halves].sort()).to.deep.equal([false, true]);
  });

  it("an endpoint's names with a suffix of base36, all of a region in one hosted zone", () => {
    const entriesOf = (change: Change): readonly Props[] =>
      build(s3Estate, { endpoint: change, vpc: { enableDnsHostnames: true } }).made("endpoint").outputs[
        "dnsEntries"
      ] as readonly Props[];
    const zones = (entries: readonly Props[]) => [...new Set(entries.map((entry) => entry["hostedZoneId"]))];
    const [first, ...others] = entriesOf({});
    expect(text(first, "dnsName")).to.match(
      /^\*\.vpce-0[0-9a-f]{16}-[a-z0-9]{8}\.s3\.ap-northeast-1\.vpce\.amazonaws\.com$/,
    );
    expect(others).to.have.lengthOf(2);
    const ofS3 = zones(entriesOf({}));
    expect(ofS3).to.have.lengthOf(1);
    expect(zones(entriesOf({ serviceName: "com.amazonaws.ap-northeast-1.sts" }))).to.deep.equal(ofS3);
    // The private name stands last, in a zone of its own.
    const withPrivate = entriesOf({ privateDnsEnabled: true });
    expect(withPrivate).to.have.lengthOf(4);
    expect(text(withPrivate.at(-1), "dnsName")).to.equal("s3.ap-northeast-1.amazonaws.com");
    expect(ofS3).not.to.include(withPrivate.at(-1)?.["hostedZoneId"]);
  });
});

describe("a bucket whose settings were deleted", () => {
  const publicly = (bucket: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` },
      ],
    });
  const attempts = {
    "an ACL": { of: "object", change: { acl: "public-read" }, code: "AccessControlListNotSupported" },
    "a public policy": {
      of: "bucketPolicy",
      change: { policy: publicly("data-of-the-test") },
      code: "AccessDenied",
    },
  };
  const cases = [
    { what: "an ACL", without: "ownership" },
    { what: "a public policy", without: "block" },
  ] as const;
  for (const { what, without } of cases) {
    const { of, change, code } = attempts[what];
    const tried = (given: ReturnType<typeof build>): readonly string[] => {
      const order = given.orders.get(of);
      if (order === undefined) throw new Error(`the estate has no ${of}`);
      const inputs = { ...order.inputs, ...change };
      return given.clouds.refusals({ ...order, inputs }, given.made(of).id).map((refusal) => refusal.code);
    };

    it(`takes ${what}: the safe default of a new bucket does not come back`, () => {
      const given = build(s3Estate);
      expect(tried(given)).to.deep.equal([code]);
      given.clouds.delete(given.made(without).type, given.made(without).id);
      expect(tried(given)).to.deep.equal([]);
    });

    it(`rejects ${what} where it never had them, as a new bucket does`, () => {
      expect(tried(build(leftOut(s3Estate, without)))).to.deep.equal([code]);
    });

    it(`rejects ${what} again once they are back, and after the bucket was made again`, () => {
      const given = build(s3Estate);
      const order = given.orders.get(without);
      if (order === undefined) throw new Error(`the estate has no ${without}`);
      given.clouds.delete(order.type, given.made(without).id);
      given.clouds.create(order);
      expect(tried(given)).to.deep.equal([code]);
      for (const name of [...given.orders.keys()].reverse())
        given.clouds.delete(given.made(name).type, given.made(name).id);
      for (const [name, again] of given.orders) if (name !== without) given.clouds.createUnchecked(again);
      expect(tried(given)).to.deep.equal([code]);
    });
  }
});

describe("a bucket's policy for log delivery", () => {
  const named = (policy: string) => policy.replace('"Sid":"Check"', '"Sid":"AWSLogDeliveryAclCheck1"');

  it("is judged by what its statements say, whatever AWS calls them", () => {
    const policy = named(deliveryPolicy("logs-of-the-test")).replace(
      '"Sid":"Flow"',
      '"Sid":"AWSLogDeliveryWrite1"',
    );
    expect(build(logEstate, { logPolicy: { policy } }).refusals).to.deep.equal([]);
  });

  it("control: does not pass for its names where it says something else", () => {
    const policy = named(deliveryPolicy("logs-of-the-test", ["Check", "Access"]));
    const { refusals } = build(logEstate, { logPolicy: { policy } });
    expect(refusals.map(({ of }) => of)).to.deep.equal(["flowLog", "trail"]);
  });
});
