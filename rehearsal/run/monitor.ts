import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import * as monitor from "@pulumi/pulumi/proto/resource_pb";
import { cloudFunctions } from "../clouds/functions";
import { cloudTypes } from "../clouds/cloudTypes";
import type { SimulatedClouds } from "../clouds/clouds";
import { readLive } from "../clouds/reads";
import type { Props, RecordedOptions, RecordedResource, Refusal, Value } from "../model/recording";
import { fromStruct, isSecret, plain, markSecret, plainProps, remarkProps, toStruct } from "./wire";

export interface Recorder {
  readonly resources: RecordedResource[];
  readonly refusals: (Refusal & { readonly urn: string })[];
  /** The stack's outputs, secrets still marked. */
  stackOutputs: Props;
  /** Whether the program asked the clouds for anything that exists. */
  asked: boolean;
}

export interface Run {
  readonly project: string;
  readonly stack: string;
  readonly preview: boolean;
  /** What the engine proposes as an automatic name. */
  readonly proposedName: (name: string) => string | undefined;
}

type Reply<Response> = (error: Error | null, response?: Response) => void;

/**
 * Lets the simulated clouds answer what a program registers, and writes all of it down. The SDK's own mocks show
 * inputs only; parents, dependencies and options stand in the requests that its monitor receives.
 */
export function answerFromClouds(mocked: MockMonitor, clouds: SimulatedClouds, run: Run): Recorder {
  const recorder: Recorder = { resources: [], refusals: [], stackOutputs: {}, asked: false };

  mocked.registerResource = (request: monitor.RegisterResourceRequest, reply: Reply<unknown>) => {
    replyWith(reply, () => {
      const urn = urnOf(request, run);
      const { resource, refusals, state } = register(request, urn, clouds, run);
      recorder.resources.push(resource);
      recorder.refusals.push(...refusals.map((refusal) => ({ ...refusal, urn })));
      const response = new monitor.RegisterResourceResponse();
      response.setUrn(urn);
      response.setId(resource.id);
      response.setObject(toStruct(state));
      return response;
    });
    return Promise.resolve();
  };

  // What a program reads by its id it does not register: nothing of it is recorded.
  mocked.readResource = (request: monitor.ReadResourceRequest, reply: Reply<unknown>) => {
    recorder.asked = true;
    replyWith(reply, () => {
      const [type, id] = [request.getType(), request.getId()];
      const found = readLive(type, id, clouds);
      if (found === undefined) throw new Error(`resource '${id}' does not exist`);
      const response = new monitor.ReadResourceResponse();
      response.setUrn(urnOf(request, run));
      response.setProperties(toStruct(found.outputs));
      return response;
    });
    return Promise.resolve();
  };

  mocked.registerResourceOutputs = (
    request: monitor.RegisterResourceOutputsRequest,
    reply: Reply<unknown>,
  ) => {
    const stack = recorder.resources.find((resource) => resource.urn === request.getUrn());
    if (stack?.type === "pulumi:pulumi:Stack") recorder.stackOutputs = fromStruct(request.getOutputs());
    reply(null, {});
  };

  mocked.invoke = (request: monitor.ResourceInvokeRequest, reply: Reply<unknown>) => {
    recorder.asked = true;
    replyWith(reply, () => {
      const answer = cloudFunctions[request.getTok()];
      if (answer === undefined) throw new Error(`the simulated clouds have no function ${request.getTok()}`);
      const response = new provider.InvokeResponse();
      response.setReturn(toStruct(answer(plainProps(fromStruct(request.getArgs())), clouds)));
      return response;
    });
    return Promise.resolve();
  };
  return recorder;
}

function register(
  request: monitor.RegisterResourceRequest,
  urn: string,
  clouds: SimulatedClouds,
  { preview, proposedName }: Run,
): { resource: RecordedResource; refusals: readonly Refusal[]; state: Props } {
  const marked = fromStruct(request.getObject());
  const order = { urn, type: request.getType(), name: request.getName(), inputs: plainProps(marked) };
  const common = {
    urn,
    type: order.type,
    name: order.name,
    custom: request.getCustom(),
    parent: request.getParent() === "" ? undefined : request.getParent(),
    secretInputs: Object.keys(marked).filter((key) => holdsSecret(marked[key])),
    dependencies: [...new Set(request.getDependenciesList())],
    propertyDependencies: propertyDependencies(request),
    options: options(request),
  };
  const nothing = { ...common, id: "", inputs: order.inputs, outputs: {} };
  if (!request.getCustom()) return { resource: nothing, refusals: [], state: marked };

  const proposed = proposedName(order.name);
  const named = proposed === undefined ? order : { ...order, proposedName: proposed };
  const { inputs, refusals: atCheck } = clouds.check(named);
  const checked = { ...order, inputs };
  const refusals = atCheck.length > 0 ? atCheck : clouds.refusals(checked);
  const known = { ...nothing, inputs };
  // In a preview the SDK takes every output that is not answered for one that is not known yet.
  if (preview || cloudTypes[order.type] === undefined) return { resource: known, refusals, state: marked };

  // Past a refusal the run goes on, so that one rehearsal shows all of them.
  const { id, outputs } = clouds.createUnchecked(checked);
  const secrets = [
    ...(cloudTypes[order.type]?.secretOutputs ?? []),
    ...request.getAdditionalsecretoutputsList(),
  ];
  const state = markSecret(remarkProps(outputs, marked), secrets);
  return { resource: { ...known, id, outputs }, refusals, state };
}

/** A URN spells the types of its parents, the stack's apart. */
function urnOf(
  request: monitor.RegisterResourceRequest | monitor.ReadResourceRequest,
  { stack, project }: Run,
): string {
  const parentTypes = request.getParent().split("::")[2] ?? "";
  const inherited = parentTypes === "" || parentTypes === "pulumi:pulumi:Stack" ? "" : `${parentTypes}$`;
  return `urn:pulumi:${stack}::${project}::${inherited}${request.getType()}::${request.getName()}`;
}

function propertyDependencies(request: monitor.RegisterResourceRequest): Record<string, readonly string[]> {
  const entries: [string, readonly string[]][] = [];
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    entries.push([property, dependencies.getUrnsList()]);
  });
  return Object.fromEntries(entries);
}

function options(request: monitor.RegisterResourceRequest): RecordedOptions {
  const timeouts = request.getCustomtimeouts();
  const trigger: Value | undefined = request.getReplacementTrigger()?.toJavaScript();
  const given = {
    create: timeouts?.getCreate(),
    update: timeouts?.getUpdate(),
    delete: timeouts?.getDelete(),
  };
  return {
    protect: request.getProtect() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    replaceOnChanges: request.getReplaceonchangesList(),
    replaceWith: request.getReplaceWithList(),
    replacementTrigger: trigger === undefined ? undefined : plain(trigger),
    ignoreChanges: request.getIgnorechangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    deletedWith: request.getDeletedwith() === "" ? undefined : request.getDeletedwith(),
    retainOnDelete: request.getRetainondelete() ?? false,
    ...(request.getImportid() !== "" && { importId: request.getImportid() }),
    customTimeouts: Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined && value !== ""),
    ),
  };
}

function holdsSecret(value: Value | undefined): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isSecret(value) || Object.values(value).some((inner: Value) => holdsSecret(inner));
}

/** A monitor answers later, never within the call. */
function replyWith<Response>(reply: Reply<Response>, answer: () => Response): void {
  setImmediate(() => {
    try {
      reply(null, answer());
    } catch (error) {
      const details = error instanceof Error ? error.message : String(error);
      // As gRPC hands errors on: the SDK reads `details`, and at times that alone.
      reply(Object.assign(new Error(details), { details }));
    }
  });
}
