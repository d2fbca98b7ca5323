import { expect } from "chai";
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { disagreements, inventory } from "./support/agreement";
import { EngineStack, type Moment } from "./support/engineStack";
import { expectQuietRefresh } from "./support/quietRefresh";
import { dropTornNote, recover } from "./support/runbook";

const seeds = Array.from({ length: 16 }, (_, place) => place + 1);

/** A number from 0 to 1 that is the same for a seed whenever it is asked for. */
function chance(seed: number, about: string): number {
  return (
    createHash("sha256")
      .update(`${String(seed)} ${about}`)
      .digest()
      .readUInt32BE() /
    2 ** 32
  );
}

/** Kills the CLI when the clouds are asked for the nth change, with that change done or not. */
class Killer {
  private left = Infinity;
  private done = false;
  child: ChildProcess | undefined;

  aim(nth: number, done: boolean): void {
    this.left = nth;
    this.done = done;
  }

  readonly latency = async (operation: string): Promise<void> => {
    if (!["create", "update", "delete"].includes(operation)) return;
    this.left -= 1;
    if (this.left > 0) {
      await new Promise((resolve) => setTimeout(resolve, 3));
    } else if (this.left === 0) {
      this.child?.kill("SIGKILL");
      if (!this.done) throw new Error("the request never reached the cloud");
    }
  };
}

for (const name of ["dev", "prod"] as const) {
  describe(`${name}, with the engine killed at a random moment`, function () {
    this.timeout(180_000);
    const killer = new Killer();
    let stack: EngineStack;
    let empty: Moment;
    let deployed: Moment;
    /** How many there are without a kill. */
    let changes: Readonly<Record<"up" | "destroy", number>>;
    let whole: readonly string[];
    before(async () => {
      stack = await EngineStack.create({ stack: name, simulation: { latency: killer.latency } });
      empty = stack.save();
      const run = await stack.up();
      expect(run.code, run.output).to.equal(0);
      deployed = stack.save();
      const creations = stack.simulation.journal.changes.length;
      whole = inventory(stack);
      stack.simulation.journal.clear();
      expect((await stack.destroy()).code).to.equal(0);
      // Fewer: what guards a bucket goes with it.
      changes = { up: creations, destroy: stack.simulation.journal.changes.length };
    });
    after(() => {
      stack.close();
    });

    it("is unreadable where the kill tore the backend's note, until that is gone", async () => {
      stack.restore(deployed);
      writeFileSync(`${stack.stateFile}.attrs`, "");
      expect((await stack.refresh()).output).to.match(/failed to load checkpoint: EOF/);
      expect(dropTornNote(stack)).to.equal(true);
      await expectQuietRefresh(stack);
      expect(dropTornNote(stack), "a whole note stays").to.equal(false);
    });

    for (const seed of seeds.filter((number) => (number % 2 === 0) === (name === "prod"))) {
      const [command, from] =
        seed % 4 < 2 ? (["up", () => empty] as const) : (["destroy", () => deployed] as const);
      it(`seed ${String(seed)}: the runbook's steps repair a killed ${command}`, async () => {
        stack.restore(from());
        killer.aim(1 + Math.floor(chance(seed, "when") * changes[command]), chance(seed, "done") < 0.5);
        const killed = await stack.pulumi(
          [command, "--yes", "--skip-preview"],
          {},
          (child) => (killer.child = child),
        );
        killer.aim(Infinity, false);
        expect(killed.code, "it was killed").not.to.equal(0);
        // What is left, as the runbook says: a lock, and an operation that the engine never saw the end of.
        const torn = dropTornNote(stack);
        const locked = await stack.refresh();
        expect(locked.output, `the note was ${torn ? "" : "not "}torn`).not.to.match(/load checkpoint/);
        expect(locked.output).to.match(/the stack is currently locked/);
        expect(stack.state.pending, killed.output).not.to.deep.equal([]);
        for (const step of await recover(stack)) expect(step.code, step.output).to.equal(0);
        expect(disagreements(stack)).to.deep.equal([]);
        const next = command === "up" ? await stack.up() : await stack.destroy();
        expect(next.code, next.output).to.equal(0);
        expect(disagreements(stack)).to.deep.equal([]);
        expect(inventory(stack)).to.deep.equal(command === "up" ? whole : []);
      });
    }
  });
}
