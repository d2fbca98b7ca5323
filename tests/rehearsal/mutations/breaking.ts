import { expect } from "chai";
import type { Finding } from "../../../rehearsal/model/findings";
import type { RecordedResource, Recording } from "../../../rehearsal/model/recording";
import { judge } from "../../../rehearsal/verdict/verdict";
import { type Exemption, exemptions } from "../fixtures/exemptions";
import { type Mutation, mutationsOf } from "../fixtures/mutate";
import { Replay } from "../fixtures/replay";
import { type Rehearsed, rehearsedStack, type StackCase } from "../fixtures/stacks";

/** What came of breaking one thing. */
interface Outcome {
  readonly mutation: Mutation;
  readonly findings: readonly Finding[];
  /** Whether an exemption speaks for it. */
  readonly exempt: boolean;
}

/** Breaks everything of a stack, one thing after the other: each stack is a file of its own, so that they run side by side. */
export function describeBreaking(given: StackCase): void {
  describe(`Breaking ${given.title}`, function () {
    this.timeout("15m");
    let recording: Recording;
    let outcomes: readonly Outcome[];

    before(async () => {
      const rehearsed = await rehearsedStack(given);
      recording = rehearsed.recording;
      const findingsOf = judgeBroken(rehearsed);
      outcomes = [...mutationsOf(recording)].flatMap((mutation) => {
        const findings = findingsOf(mutation);
        return findings === undefined
          ? []
          : [{ mutation, findings, exempt: exemptionOf(mutation, recording) !== undefined }];
      });
    });

    it("finds plenty to break", () => {
      expect(outcomes.length).to.be.greaterThan(10 * recording.resources.length);
    });

    for (const { kind, what } of [
      { kind: "resource", what: "a resource left out" },
      { kind: "value", what: "a value changed or removed" },
      { kind: "mark", what: "a secret's mark removed" },
      { kind: "option", what: "an option left out" },
      { kind: "order", what: "an order not kept" },
    ] as const) {
      it(`notices every case of ${what}`, () => {
        const missed = outcomes.filter(
          ({ mutation, findings, exempt }) => mutation.kind === kind && findings.length === 0 && !exempt,
        );
        expect(missed.map(({ mutation }) => inWords(mutation))).to.deep.equal([]);
      });

      it(`names the broken place in every case of ${what}`, () => {
        const unnamed = outcomes.filter(
          ({ mutation, findings }) =>
            mutation.kind === kind &&
            findings.length > 0 &&
            !findings.some((finding) => isAbout(finding, mutation, recording)),
        );
        expect(
          unnamed.map(({ mutation, findings }) => `${inWords(mutation)}: ${findings[0]?.problem ?? ""}`),
        ).to.deep.equal([]);
      });
    }
  });
}

/** What is found where one thing is broken; undefined where that changes nothing at all. */
export function judgeBroken({
  recording,
  intent,
}: Rehearsed): (mutation: Mutation) => readonly Finding[] | undefined {
  const replay = new Replay(recording);
  const whole = judge(replay.with(recording.resources), intent);
  expect(whole.findings, "the unbroken estate").to.deep.equal([]);
  return (mutation) => {
    const broken = replay.with(mutation.resources);
    // Filled in again by the provider, as an automatic name is.
    if (mutation.kind === "value" && sameInputs(broken, recording)) return undefined;
    return judge(broken, intent).findings.filter((finding) => counts(finding, mutation));
  };
}

/** The first that speaks for a mutation. */
export function exemptionOf(mutation: Mutation, recording: Recording): Exemption | undefined {
  return exemptions.find((one) => one.covers(mutation, recording));
}

/** An output that repeats a resource would have changed with it: its disagreement proves nothing. */
function counts(finding: Finding, mutation: Mutation): boolean {
  return mutation.kind === "resource" || finding.kind !== "output";
}

function sameInputs(one: Recording, other: Recording): boolean {
  return (
    one.resources.length === other.resources.length &&
    one.resources.every(({ inputs }, index) => written(inputs) === written(other.resources[index]?.inputs))
  );
}

const texts = new WeakMap<object, string>();

/** Most inputs are those of every other mutation. */
function written(inputs: RecordedResource["inputs"] = {}): string {
  const text = texts.get(inputs) ?? JSON.stringify(inputs);
  texts.set(inputs, text);
  return text;
}

function inWords({ name, path, what, before, after }: Mutation): string {
  const short = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value).slice(0, 60));
  return `${name} ${path} ${what}${before === undefined ? "" : `: ${short(before)} to ${short(after)}`}`;
}

/** At the resource itself; where that is gone, at what it stood next to. */
function isAbout(finding: Finding, mutation: Mutation, recording: Recording): boolean {
  const places = [finding.place, ...finding.others];
  if (places.includes(mutation.urn)) return true;
  const id = recording.resources.find(({ urn }) => urn === mutation.urn)?.id ?? mutation.name;
  if (finding.problem.includes(mutation.name) || finding.problem.includes(id)) return true;
  if (mutation.kind !== "resource") return false;
  return places.some((place) => neighbours(mutation.urn, recording.resources).has(place));
}

function neighbours(urn: string, resources: readonly RecordedResource[]): ReadonlySet<string> {
  const self = resources.find((resource) => resource.urn === urn);
  const pointing = resources.filter((resource) => resource.dependencies.includes(urn));
  return new Set([...(self?.dependencies ?? []), ...pointing.map((resource) => resource.urn)]);
}
