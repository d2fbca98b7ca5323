import { expect } from "chai";
import pc from "picocolors";
import type { StackOutputs } from "../../../outputs";
import { collectFacts } from "../../../operations/verify/collect/collect";
import type { Answer } from "../../../operations/verify/facts/answer";
import type { Facts } from "../../../operations/verify/facts/facts";
import { judge } from "../../../operations/verify/judge/judge";
import type { Outcome } from "../../../rehearsal/model/findings";
import { exitCodeOf, type Subject, type Verdict } from "../../../operations/verify/judge/verdict";
import { jsonReport, terminalReport } from "../../../operations/verify/report";
import { Clouds } from "../support/clouds";
import { hasPython } from "../../suites/machine";
import { allSubjects } from "../support/subjects";

const problem = { kind: "permission", says: "permission x:Y is missing" } as const;

function isAnswer(value: unknown): value is Answer<unknown> {
  return typeof value === "object" && value !== null && "about" in value;
}

/** Where answers are in the facts, those inside others too. */
function* places(value: unknown, place: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== "object" || value === null) return;
  if (isAnswer(value)) yield place;
  for (const [key, inner] of Object.entries(value)) yield* places(inner, [...place, key]);
}

function at(value: unknown, place: readonly string[]): unknown {
  return place.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
}

/** The facts with another answer at one place. */
function changed(facts: Facts, place: readonly string[], to: (about: string) => Answer<unknown>): Facts {
  const copy = structuredClone(facts);
  const around = at(copy, place.slice(0, -1)) as Record<string, unknown>;
  const key = place.at(-1) ?? "";
  around[key] = to((around[key] as Answer<unknown>).about);
  return copy;
}

const outcomes = ({ subjects }: Verdict, outcome: Outcome): readonly Subject[] =>
  subjects.filter((one) => one.outcome === outcome).map(({ subject }) => subject);

describe("the outcome of verify", function () {
  this.timeout(60_000);
  let clouds: Clouds;
  let outputs: StackOutputs;
  let facts: Facts;

  before(async function () {
    this.timeout(300_000);
    if (!hasPython()) this.skip();
    clouds = await Clouds.start();
    ({ outputs } = await clouds.deploy("active-active"));
    facts = await collectFacts(outputs, clouds.access());
  });
  after(() => {
    clouds.stop();
  });

  it("holds where every answer is there and right", () => {
    const verdict = judge(outputs, facts);
    expect([verdict.outcome, outcomes(verdict, "holds")]).to.deep.equal(["holds", [...allSubjects]]);
    expect(terminalReport(verdict, pc.createColors(false))).to.match(
      /\nholds: {6}tunnels, gateway, .*, client\nEverything is as it must be\.\n$/,
    );
  });

  it("is not judged, with the reason, where any one question has no answer", () => {
    const seen = new Set<Subject>();
    for (const place of places(facts)) {
      const verdict = judge(
        outputs,
        changed(facts, place, (about) => ({ about, problem })),
      );
      const [missing] = verdict.unanswered;
      const subjects = verdict.subjects.filter(({ notJudged }) =>
        notJudged.some(({ about, reason }) => about === missing?.about && reason === problem.says),
      );
      expect(subjects, place.join(".")).not.to.deep.equal([]);
      expect(subjects.map(({ outcome }) => outcome)).to.satisfy((all: Outcome[]) =>
        all.every((outcome) => outcome === "not judged"),
      );
      expect(outcomes(verdict, "broken"), place.join(".")).to.deep.equal([]);
      expect([verdict.outcome, exitCodeOf(verdict)]).to.deep.equal(["not judged", 3]);
      for (const { subject } of subjects) seen.add(subject);
    }
    expect([...seen].sort()).to.deep.equal([...allSubjects].sort());
  });

  it("never holds where a cloud says that there is no such thing", () => {
    const holding = [...places(facts)].filter((place) => {
      const gone = changed(facts, place, (about) => ({ about, value: undefined }));
      const { outcome, findings } = judge(outputs, gone);
      return outcome === "holds" && findings.length === 0;
    });
    // But of what a right stack does not have.
    const rightlyAbsent = /^(aws\.value\.reader\.password|aws\.value\.logs\.bucket\.logging|.*\.more\.\w+)$/;
    const all = holding.map((place) => place.join("."));
    expect(all.filter((place) => !rightlyAbsent.test(place))).to.deep.equal([]);
    expect(all).to.include.members(["aws.value.reader.password", "aws.value.logs.bucket.logging"]);
  });

  it("shows every question without an answer, where many have none", () => {
    let all = facts;
    for (const place of places(facts))
      if (place.length > 2) all = changed(all, place, (about) => ({ about, problem }));
    const verdict = judge(outputs, all);
    const text = terminalReport(verdict, pc.createColors(false));
    expect(verdict.unanswered).to.have.length.above(40);
    for (const { about } of verdict.unanswered) expect(text).to.include(about);
    expect(text).to.match(new RegExp(`^${verdict.unanswered.length} not judged\\.$`, "m"));
  });

  it("is broken and not judged at once where one subject is both", () => {
    const wrong = changed(facts, ["aws", "value", "reader", "keys"], (about) => ({ about, value: [] }));
    const both = changed(wrong, ["aws", "value", "reader", "user"], (about) => ({ about, problem }));
    const verdict = judge(outputs, both);
    expect(verdict.outcome).to.equal("broken");
    expect(verdict.subjects.find(({ subject }) => subject === "reader")).to.deep.equal({
      subject: "reader",
      outcome: "broken",
      places: ["s3-reader-1"],
      notJudged: [{ about: "the IAM user s3-reader-1", reason: problem.says }],
    });
  });

  it("judges nothing of AWS in another account", () => {
    const readerArn = outputs.readerArn.replace(/\d{12}/, "999999999999");
    const verdict = judge({ ...outputs, readerArn }, facts);
    const aws: Subject[] = ["tunnels", "gateway", "routes", "endpoint", "policies", "buckets", "logs"];
    expect(outcomes(verdict, "not judged")).to.deep.equal(aws);
    expect(outcomes(verdict, "broken")).to.deep.equal(["reader", "client"]);
    expect(verdict.subjects[0]?.notJudged).to.deep.equal([
      {
        about: "AWS",
        reason: "the credentials are for account 123456789012, and the stack is in account 999999999999",
      },
    ]);
  });

  it("does not take for right what a cloud leaves out of its answer", () => {
    const without = (tunnel: string) => {
      const copy = structuredClone(facts);
      const minutes = at(copy, ["aws", "value", "minutesDown", "value"]) as Record<string, number>;
      Reflect.deleteProperty(minutes, tunnel);
      return judge(outputs, copy).subjects.find(({ subject }) => subject === "tunnels");
    };
    expect(without("none")?.outcome).to.equal("holds");
    expect(without("tunnel3")).to.deep.equal({
      subject: "tunnels",
      outcome: "not judged",
      places: [],
      notJudged: [{ about: "the last day of tunnel3", reason: "CloudWatch has no data of this tunnel yet" }],
    });
  });

  it("is said of every subject that the stack has, and of no other", () => {
    const fewer = { ...outputs, clientVm: undefined, logBucketName: undefined, logKinds: undefined };
    expect(judge(fewer, facts).subjects.map(({ subject }) => subject)).to.deep.equal(
      allSubjects.filter((subject) => subject !== "client VM" && subject !== "logs"),
    );
  });

  it("is in the JSON beside what was there before", () => {
    const report = JSON.parse(jsonReport(judge(outputs, facts))) as Record<string, unknown>;
    expect(Object.keys(report)).to.deep.equal([
      "version",
      "exitCode",
      "outcome",
      "subjects",
      "client",
      "endpoint",
      "destinations",
      "tunnels",
      "findings",
      "unanswered",
    ]);
    expect(report["outcome"]).to.equal("holds");
    expect((report["subjects"] as unknown[])[0]).to.deep.equal({
      subject: "tunnels",
      outcome: "holds",
      places: [],
      notJudged: [],
    });
  });
});
