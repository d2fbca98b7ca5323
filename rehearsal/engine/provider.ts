import { isAws, isAzure } from "../model/resourceTypes";
import type { Order, SimulatedClouds } from "../clouds/clouds";
import { cloudFunctions } from "../clouds/functions";
import { cloudTypes } from "../clouds/cloudTypes";
import { readLive } from "../clouds/reads";
import type { CloudType, LiveResource } from "../clouds/cloudType";
import type { Props, Refusal } from "../model/recording";
import { azureNativeForces, bridgedForces, planChanges, type Change } from "./diff";
import { InitializationFailed, OperationFailed, refused } from "./failures";
import type { Faults, Operation, Target } from "./faults";
import type { Journal } from "./journal";
import { isProps, markSecret, plainProps, remarkProps } from "../run/wire";

/** Noted in the inputs where `check` has chosen the name. The engine shows no property that begins like this. */
const autoNamed = "__autoNamed";

/**
 * Noted in the inputs of what AWS keeps in a region: version 7 of the provider puts a resource's region in its state, and
 * a provider that moves replaces it (terraform-provider-aws, "Enhanced Region Support").
 */
const region = "__region";

/** The simulated clouds as one engine run meets them. */
export interface Simulation {
  clouds: SimulatedClouds;
  readonly faults: Faults;
  readonly journal: Journal;
  /** Awaited before each operation that is not a preview: how long the cloud takes. */
  readonly latency?: (operation: Operation, target: Target) => Promise<void>;
  /** `complete`: reads answer also what a cloud may leave out of them. */
  readonly reads?: "complete";
  /** Told after each operation that has changed the clouds. */
  readonly changed?: (clouds: SimulatedClouds) => void;
}

export interface Made {
  readonly id: string;
  readonly outputs: Props;
}

/** What a provider plugin does, on properties as the engine sends them: secrets marked, previews with unknowns. */
export class SimulatedProvider {
  constructor(private readonly simulation: Simulation) {}

  check(
    target: Target,
    news: Props,
    olds: Props,
    proposedName?: string,
  ): { inputs: Props; refusals: readonly Refusal[] } {
    const previous = Object.keys(olds).length > 0 ? withoutInternals(plainProps(olds)) : undefined;
    const given = withoutInternals(news);
    const checked = this.simulation.clouds.check(
      { ...order(target, given), ...(proposedName === undefined ? {} : { proposedName }) },
      previous,
    );
    const name = cloudTypes[target.type]?.autoName;
    const chosen = name !== undefined && given[name] === undefined ? { [autoNamed]: name } : {};
    const place = this.placeOf(target);
    return {
      inputs: { ...remarkProps(checked.inputs, news), ...chosen, ...place },
      refusals: checked.refusals,
    };
  }

  diff(
    target: Target,
    olds: Props,
    news: Props,
  ): { changes: readonly Change[]; deleteBeforeReplace: boolean } {
    const type = known(target.type);
    const changes = [
      ...planChanges(
        type,
        withoutInternals(plainProps(olds)),
        withoutInternals(plainProps(news)),
        isAzure(target.type) ? azureNativeForces : bridgedForces,
      ),
      ...(olds[region] === news[region] ? [] : [moved]),
    ];
    // Both bridges do so: a name that the program fixed cannot be taken twice (pulumi-terraform-bridge
    // `nameRequiresDeleteBeforeReplace`; pulumi-azure-native `createBeforeDeleteFlag`).
    const fixedName = type.autoName !== undefined && news[autoNamed] === undefined;
    return { changes, deleteBeforeReplace: fixedName && changes.some(({ replaces }) => replaces) };
  }

  /** A preview knows what the program says; what the cloud computes is left out, which the SDK takes as unknown. */
  previewCreate(target: Target, inputs: Props): Props {
    return marked(target, withoutInternals(inputs), inputs);
  }

  async create(target: Target, inputs: Props): Promise<Made> {
    return await this.run("create", target, "", () => {
      const { resource, refusals } = this.simulation.clouds.create(order(target, inputs));
      if (resource === undefined) throw refused(refusals);
      return made(target, resource, inputs);
    });
  }

  /** The resource as it is now, or undefined where it is gone. */
  async read(
    target: Target,
    id: string,
    oldInputs: Props,
    oldOutputs: Props,
  ): Promise<(Made & { inputs: Props }) | undefined> {
    // What a program reads by its id and does not own, of types too that others alone have.
    const { foreign } = this.simulation.clouds.find(target.type, id) ?? {};
    if (foreign === true || cloudTypes[target.type] === undefined) {
      return await this.run("read", target, id, () => {
        const live = readLive(target.type, id, this.simulation.clouds);
        return live && { id, inputs: live.inputs, outputs: live.outputs };
      });
    }
    // What lives in the state alone is what the state says.
    if (known(target.type).stateOnly === true) return { id, inputs: oldInputs, outputs: oldOutputs };
    return await this.run("read", target, id, () => {
      const live = this.simulation.clouds.find(target.type, id);
      if (live === undefined) return undefined;
      const left =
        this.simulation.reads === "complete" ? [] : (known(target.type).leftOutOfReads?.(live) ?? []);
      const [now, outputs] = [left.reduce(without, live.inputs), left.reduce(without, live.outputs)];
      const inputs = isImport(oldInputs) ? { ...now, ...this.placeOf(target) } : inputsNow(now, oldInputs);
      return { id, inputs, outputs: marked(target, outputs, oldOutputs) };
    });
  }

  previewUpdate(target: Target, news: Props, oldInputs: Props, oldOutputs: Props): Props {
    return marked(target, overOld(news, oldInputs, oldOutputs), { ...oldOutputs, ...news });
  }

  async update(target: Target, id: string, news: Props, oldInputs: Props, oldOutputs: Props): Promise<Props> {
    const done = await this.run("update", target, id, () => {
      if (known(target.type).stateOnly === true) {
        return { id, outputs: this.previewUpdate(target, news, oldInputs, oldOutputs) };
      }
      const { resource, refusals } = this.simulation.clouds.update(order(target, news), id);
      if (resource === undefined) throw refused(refusals);
      return made(target, resource, news);
    });
    return done.outputs;
  }

  async delete(target: Target, id: string): Promise<void> {
    await this.run("delete", target, id, () => {
      const [first, ...others] = this.simulation.clouds.delete(target.type, id);
      if (first !== undefined) throw refused([first, ...others]);
      return undefined;
    });
  }

  async invoke(token: string, args: Props): Promise<Props> {
    const called = cloudFunctions[token];
    if (called === undefined) throw new OperationFailed(`the simulated clouds have no function ${token}`);
    return await this.run("invoke", { urn: "", type: token, name: "" }, "", () =>
      called(plainProps(args), this.simulation.clouds),
    );
  }

  /** The region that AWS keeps it in, as its inputs note it. */
  private placeOf({ type }: Target): Props {
    return isRegional(type) ? { [region]: configured(this.simulation.clouds.region) } : {};
  }

  /** Runs one operation on the clouds: its latency, the fault that waits for it, its entry in the journal. */
  private async run<T extends Made | Props | undefined>(
    operation: Operation,
    target: Target,
    id: string,
    effect: () => T,
  ): Promise<T> {
    const { faults, journal, latency, changed } = this.simulation;
    const end = journal.begin(operation, target, id);
    try {
      await latency?.(operation, target);
      const fault = faults.take(operation, target);
      if (fault?.going === "instead") {
        await fault.heldBack?.();
        throw new OperationFailed(fault.error);
      }
      const result = effect();
      changed?.(this.simulation.clouds);
      await fault?.heldBack?.();
      if (fault?.going === "hang") await new Promise(() => undefined);
      if (fault?.going === "unseen") throw new OperationFailed(fault.error);
      if (fault?.going === "after") throw failedAfter(operation, result, fault.error);
      end(isMade(result) ? { id: result.id } : {});
      return result;
    } catch (error) {
      end({ error: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }
}

function failedAfter(operation: Operation, result: Made | Props | undefined, error: string): Error {
  return operation === "create" && isMade(result)
    ? new InitializationFailed(result.id, result.outputs, error)
    : new OperationFailed(error);
}

function isMade(result: Made | Props | undefined): result is Made {
  return result !== undefined && typeof result.id === "string" && "outputs" in result;
}

/**
 * Without a region the AWS provider does not start. Here it would take everything that is deployed for moved, and a
 * preview would replace it all.
 */
function configured(awsRegion: string): string {
  if (awsRegion !== "") return awsRegion;
  throw new OperationFailed("the AWS provider has no region; set aws:region");
}

const moved: Change = { path: "region", kind: "update", replaces: true };

/** IAM is the same everywhere and takes no region. */
function isRegional(type: string): boolean {
  return isAws(type) && cloudTypes[type]?.properties.includes("region") === true;
}

function known(type: string): CloudType {
  const found = cloudTypes[type];
  if (found === undefined) throw new OperationFailed(`the simulated clouds have no model of ${type}`);
  return found;
}

function order(target: Target, inputs: Props): Order {
  return { ...target, inputs: withoutInternals(plainProps(inputs)) };
}

function made(target: Target, resource: LiveResource, inputs: Props): Made {
  return { id: resource.id, outputs: marked(target, resource.outputs, inputs) };
}

/** Outputs with the secret marks of the inputs, and those that the provider sets itself. */
function marked(target: Target, outputs: Props, like: Props): Props {
  return markSecret(remarkProps(outputs, like), known(target.type).secretOutputs ?? []);
}

/** What the cloud computed stays; what the program says, or no longer says, follows the program. */
function overOld(news: Props, oldInputs: Props, oldOutputs: Props): Props {
  const computed = Object.entries(oldOutputs).filter(([key]) => !(key in oldInputs));
  return { ...Object.fromEntries(computed), ...withoutInternals(news) };
}

/** Of what the engine has never had, it knows no inputs. */
function isImport(oldInputs: Props): boolean {
  return Object.keys(oldInputs).length === 0;
}

/** The inputs that would make the resource what it is now, only those that the program had set. */
function inputsNow(live: Props, oldInputs: Props): Props {
  const now = Object.fromEntries(Object.entries(live).filter(([key]) => key in oldInputs));
  const internals = Object.fromEntries(Object.entries(oldInputs).filter(([key]) => key.startsWith("__")));
  return { ...remarkProps(now, oldInputs), ...internals };
}

/** Without what is at a path such as `a.b`. */
function without(props: Props, path: string): Props {
  const [key = "", ...rest] = path.split(".");
  const { [key]: value, ...others } = props;
  return rest.length > 0 && isProps(value) ? { ...others, [key]: without(value, rest.join(".")) } : others;
}

function withoutInternals(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !key.startsWith("__")));
}
