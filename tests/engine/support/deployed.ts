import { expect } from "chai";
import { EngineStack, type Moment, type StackOptions } from "./engineStack";

/** A stack that all tests of a suite share; each begins with it as it was deployed, with the settings of then. */
export interface Deployed {
  readonly stack: EngineStack;
  readonly moment: Moment;
}

/** Deploys the stack before the first test of the suite that calls this, and closes it after the last. */
export function deployedOnce(options: StackOptions): Deployed {
  let made: { stack: EngineStack; moment: Moment } | undefined;
  const held = () => {
    if (made === undefined) throw new Error("nothing is deployed before the first test");
    return made;
  };
  before(async () => {
    const stack = await EngineStack.create(options);
    made = { stack, moment: { state: "", clouds: stack.clouds.snapshot() } };
    const run = await stack.up();
    expect(run.code, run.output).to.equal(0);
    made = { ...made, moment: stack.save() };
  });
  after(() => made?.stack.close());
  beforeEach(() => {
    const { stack, moment } = held();
    stack.reset();
    stack.restore(moment);
  });
  return {
    get stack() {
      return held().stack;
    },
    get moment() {
      return held().moment;
    },
  };
}
