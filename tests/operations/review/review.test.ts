import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { reaches, review } from "../../../operations/review/judge";
import { markdown } from "../../../operations/review/markdown";
import { PreviewError, readPreview } from "../../../operations/review/preview";
import { type Impact, impacts } from "../../../rehearsal/clouds/impact";
import { rulesOf } from "../../../operations/review/rules";
import {
  awsTypes,
  componentTypes,
  randomTypes,
  type ComponentType,
} from "../../../rehearsal/model/resourceTypes";

const previews = path.resolve(__dirname, "../previews");

function recorded(name: string) {
  return readPreview(readFileSync(path.join(previews, `${name}.json`), "utf8"));
}

/** A preview of one step, as far as it is read. */
function previewOf(step: object, topology = "active-active") {
  return readPreview(
    JSON.stringify({
      config: { "azure-s3-privatelink:vpnTopology": topology },
      steps: [{ op: "same", urn: "urn:pulumi:t::p::pulumi:pulumi:Stack::p-t" }, step],
      changeSummary: { same: 1 },
    }),
  );
}

function stepOf(op: string, type: string, name: string, ...changes: string[]) {
  return stepIn(componentTypes.crossCloudVpn, op, type, name, ...changes);
}

function stepIn(owner: ComponentType, op: string, type: string, name: string, ...changes: string[]) {
  return { op, urn: `urn:pulumi:t::p::${owner}$${type}::${name}`, diffReasons: changes };
}

const connection = awsTypes.vpnConnection;
const password = randomTypes.randomPassword;
const replacements = ["replace", "create-replacement", "delete-replaced"];

describe("reviewing a preview of the real engine", () => {
  const expected: readonly { preview: string; impact: Impact; tunnels: readonly string[] }[] = [
    { preview: "dev-first", impact: "none", tunnels: [] },
    { preview: "prod-first", impact: "none", tunnels: [] },
    { preview: "dev-new-key", impact: "all-tunnels", tunnels: ["tunnel1"] },
    { preview: "dev-unused-key", impact: "none", tunnels: [] },
    {
      preview: "dev-to-active-active",
      impact: "address",
      tunnels: ["tunnel1", "tunnel2", "tunnel3", "tunnel4"],
    },
    { preview: "dev-client-inside", impact: "none", tunnels: [] },
    { preview: "dev-other-network", impact: "address", tunnels: ["tunnel1"] },
    { preview: "prod-new-key", impact: "one-tunnel", tunnels: ["tunnel2"] },
    {
      preview: "prod-all-keys",
      impact: "all-tunnels",
      tunnels: ["tunnel1", "tunnel2", "tunnel3", "tunnel4"],
    },
    { preview: "prod-tags", impact: "none", tunnels: [] },
    {
      preview: "prod-larger-gateway",
      impact: "all-tunnels",
      tunnels: ["tunnel1", "tunnel2", "tunnel3", "tunnel4"],
    },
    { preview: "prod-allow", impact: "access", tunnels: [] },
    { preview: "prod-one-more-trusted", impact: "access", tunnels: [] },
    { preview: "prod-another-bucket", impact: "access", tunnels: [] },
    { preview: "prod-one-bucket-less", impact: "data-loss", tunnels: [] },
    {
      preview: "prod-inside-cidr",
      impact: "all-tunnels",
      tunnels: ["tunnel1", "tunnel2", "tunnel3", "tunnel4"],
    },
    {
      preview: "prod-without-logs",
      impact: "data-loss",
      tunnels: ["tunnel1", "tunnel2", "tunnel3", "tunnel4"],
    },
    // Whoever delivers logs loses the way into the log bucket.
    { preview: "prod-without-traffic-logs", impact: "access", tunnels: [] },
    { preview: "prod-without-alarms", impact: "data-loss", tunnels: [] },
  ];
  for (const { preview, impact, tunnels } of expected)
    it(`calls ${preview} ${impact}`, () => {
      const found = review(recorded(preview));
      expect({ impact: found.impact, tunnels: found.tunnels }).to.deep.equal({ impact, tunnels });
    });

  for (const { preview } of expected)
    it(`knows every step of ${preview}, with a source for each`, () => {
      const { steps } = review(recorded(preview));
      expect(steps.filter(({ impact }) => impact === "unknown").map(({ reasons }) => reasons)).to.deep.equal(
        [],
      );
      for (const { reasons } of steps)
        for (const { source } of reasons) expect(source).to.match(/^https:\/\//);
    });
});

describe("reviewing one step", () => {
  for (const { name, step, topology, impact, tunnels } of [
    {
      name: "takes down one tunnel for an option of one slot",
      step: stepOf("update", connection, "vpn-aws-connection2", "tunnel1DpdTimeoutSeconds"),
      impact: "one-tunnel",
      tunnels: ["tunnel3"],
    },
    {
      name: "takes down both tunnels of a connection for another customer gateway",
      step: stepOf("update", connection, "vpn-aws-connection2", "customerGatewayId"),
      impact: "some-tunnels",
      tunnels: ["tunnel3", "tunnel4"],
    },
    {
      name: "takes down everything where there is one connection",
      step: stepOf("update", connection, "vpn-aws-connection1", "customerGatewayId"),
      topology: "dual-tunnel",
      impact: "all-tunnels",
      tunnels: ["tunnel1", "tunnel2"],
    },
    {
      name: "lets the worst property decide",
      step: stepOf(
        "update",
        awsTypes.bucketVersioning,
        "s3-data-versioning",
        "region",
        "versioningConfiguration",
      ),
      impact: "data-loss",
      tunnels: [],
    },
    {
      name: "assumes the topology with the fewest tunnels where none is shown",
      step: stepOf("update", connection, "vpn-aws-connection1", "tunnel1PresharedKey"),
      topology: "",
      impact: "all-tunnels",
      tunnels: ["tunnel1"],
    },
    {
      name: "does not know another type",
      step: stepOf("update", "aws:lambda/function:Function", "f", "code"),
      impact: "unknown",
      tunnels: [],
    },
    {
      name: "does not know another property",
      step: stepOf("update", connection, "vpn-aws-connection1", "tags", "localIpv4NetworkCidr"),
      impact: "unknown",
      tunnels: [],
    },
    {
      name: "does not know an update that shows no change",
      step: stepOf("update", connection, "vpn-aws-connection1"),
      impact: "unknown",
      tunnels: [],
    },
    {
      name: "does not know another operation",
      step: stepOf("teleport", connection, "vpn-aws-connection1"),
      impact: "unknown",
      tunnels: [],
    },
    {
      name: "does not know another version of a provider",
      step: stepOf("update", "pulumi:providers:aws", "default", "version"),
      impact: "unknown",
      tunnels: [],
    },
    {
      name: "knows an import to be harmless",
      step: stepOf("import", connection, "vpn-aws-connection1"),
      impact: "none",
      tunnels: [],
    },
  ])
    it(name, () => {
      const found = review(previewOf(step, topology));
      expect({ impact: found.impact, tunnels: found.tunnels }).to.deep.equal({ impact, tunnels });
    });

  for (const { what, owner, type, name, impact, tunnels, why } of [
    {
      what: "a tunnel's key",
      owner: componentTypes.crossCloudVpn,
      type: password,
      name: "vpn-tunnel2-key",
      impact: "one-tunnel",
      tunnels: ["tunnel2"],
      why: "the tunnel goes down until both its ends have the new key",
    },
    {
      what: "the client machine's password",
      owner: componentTypes.clientVm,
      type: password,
      name: "client-password",
      impact: "none",
      tunnels: [],
      why: "the client machine is replaced with it, and its line is missing meanwhile; nobody else notices",
    },
    {
      what: "the policy of a bucket with data",
      owner: componentTypes.privateLinkBucket,
      type: awsTypes.bucketPolicy,
      name: "s3-data-policy",
      impact: "access",
      tunnels: [],
      why: "without its policy the reader has no access, and administrators have access from anywhere",
    },
    {
      what: "the policy of the log bucket",
      owner: componentTypes.trafficLogs,
      type: awsTypes.bucketPolicy,
      name: "logs-policy",
      impact: "access",
      tunnels: [],
      why: "which services may deliver logs changes, and logs that are not delivered are lost; no data is affected",
    },
  ])
    it(`judges a replacement of ${what} by what it does there`, () => {
      const found = replacements.map((op) => review(previewOf(stepIn(owner, op, type, name, "keepers"))));
      const judged = found.map((one) => ({
        impact: one.impact,
        tunnels: one.tunnels,
        whys: one.steps.flatMap(({ reasons }) => reasons.map((reason) => reason.why)),
      }));
      expect(judged).to.deep.equal(replacements.map(() => ({ impact, tunnels, whys: [why] })));
    });

  it("reads nested properties, and those with dots in their names", () => {
    const [, step] = previewOf({
      ...stepOf("update", connection, "vpn-aws-connection1"),
      detailedDiff: {
        "tunnel1LogOptions.cloudwatchLogOptions.logEnabled": { kind: "update" },
        '["a.b"].c': { kind: "add-replace" },
        "tunnel2IkeVersions[0]": { kind: "update" },
      },
    }).steps;
    expect(step?.changes).to.deep.equal(["a.b", "tunnel1LogOptions", "tunnel2IkeVersions"]);
    expect(step?.forcing).to.deep.equal(["a.b"]);
  });

  it("does not take a new stack with something unknown for harmless", () => {
    const steps = [stepOf("create", "aws:lambda/function:Function", "f")];
    expect(review(readPreview(JSON.stringify({ steps, changeSummary: { create: 1 } }))).impact).to.equal(
      "unknown",
    );
  });
});

describe("the gate", () => {
  it("closes at its impact and at worse ones", () => {
    const gated = impacts.filter((impact) => reaches(impact, "all-tunnels"));
    expect(gated).to.deep.equal([
      "all-tunnels",
      "less-access",
      "access",
      "address",
      "data-loss",
      "unknown",
      "refused",
    ]);
  });

  it("closes at the unknown and at what is refused, wherever it stands", () => {
    for (const impact of ["unknown", "refused"] as const)
      expect(impacts.every((gate) => reaches(impact, gate))).to.equal(true);
  });
});

describe("reading a preview", () => {
  for (const { name, json, says } of [
    { name: "nothing at all", json: "", says: /the preview is empty/ },
    {
      name: "what is not JSON",
      json: "Previewing update (dev)",
      says: /this is not JSON; write it with pulumi preview --json/,
    },
    { name: "other JSON", json: '{"resources":[]}', says: /has no steps/ },
  ])
    it(`refuses ${name}`, () => {
      expect(() => readPreview(json)).to.throw(PreviewError, says);
    });

  it("takes a preview without changes", () => {
    expect(review(readPreview('{"config":{},"steps":[],"changeSummary":{}}')).impact).to.equal("none");
  });
});

describe("the Markdown of a review", () => {
  it("puts the worst first and folds what has no impact", () => {
    const text = markdown(review(recorded("prod-one-bucket-less")));
    const titles = [...text.matchAll(/^###? .*|<summary>.*<\/summary>/gm)].map(([title]) => title);
    expect(titles).to.deep.equal([
      "## What this does to traffic",
      "### Data is lost",
      "### The data path or who gets in changes",
      "<summary>No impact on traffic (8)</summary>",
      "### Who gains and loses access",
    ]);
  });

  it("does not take a guard that stays in the cloud for gone, and control: one that goes", () => {
    const preview = recorded("prod-one-bucket-less");
    const of = (given: typeof preview) =>
      review(given).steps.find(({ step }) => step.name === "s3-uploads-policy");
    expect(of(preview)?.impact).to.equal("none");
    expect(of(preview)).not.to.have.property("access");
    const steps = preview.steps.map((step) => ({ ...step, isRetained: false }));
    expect(of({ ...preview, steps })).to.have.property("access");
  });

  it("advises one tunnel at a time where all go down together", () => {
    expect(markdown(review(recorded("prod-all-keys")))).to.include("Change one tunnel at a time");
    expect(markdown(review(recorded("prod-new-key")))).not.to.include("Change one tunnel at a time");
  });

  it("keeps a table whole whatever stands in a name", () => {
    const text = markdown(review(previewOf(stepOf("update", "a:b:C", "odd|name", "x|y"))));
    expect(text).to.include("odd\\|name");
  });
});

describe("the table of rules", () => {
  it("tells the same for every option of the two slots", () => {
    const properties = Object.keys(rulesOf(connection)?.properties ?? {});
    const slot = (number: number) =>
      properties
        .filter((name) => name.startsWith(`tunnel${number}`))
        .map((name) => name.slice("tunnel1".length));
    expect(slot(1)).to.deep.equal(slot(2));
  });
});
