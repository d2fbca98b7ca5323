import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import * as status from "@pulumi/pulumi/proto/status_pb";
import type { Props } from "../model/recording";
import { planChanges, topLevel, type Change } from "./diff";
import { InitializationFailed } from "./failures";
import type { Target } from "./faults";
import type { SimulatedProvider } from "./provider";
import { ServiceFailure, unary } from "./unary";
import { fromStruct, plainProps, toStruct } from "../run/wire";

export interface Plugin {
  /** The package, as `aws`. */
  readonly name: string;
  /** The version that the plugin says it has: that of the SDK, so that the engine looks for no other. */
  readonly version: string;
  readonly provider: SimulatedProvider;
  /** Told the provider's configuration, as `{ region: "eu-west-1" }`, each time the engine configures one. */
  readonly configured: (config: Props) => void;
}

type Handlers = Pick<
  IResourceProviderServer,
  | "handshake"
  | "attach"
  | "cancel"
  | "getPluginInfo"
  | "getSchema"
  | "checkConfig"
  | "diffConfig"
  | "configure"
  | "check"
  | "diff"
  | "create"
  | "read"
  | "update"
  | "delete"
  | "invoke"
>;

/** The provider protocol of the engine (pulumi/proto/pulumi/provider.proto), as far as custom resources need it. */
export function providerService({ name, version, provider, configured }: Plugin): Handlers {
  return {
    handshake: unary(() => {
      // The engine takes these from here, not from Configure, when a handshake succeeds.
      return new pb.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setSupportsAutonamingConfiguration(true);
    }),
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
    getSchema: unary(() => new pb.GetSchemaResponse().setSchema(JSON.stringify({ name, version }))),
    checkConfig: unary((request: pb.CheckRequest) => new pb.CheckResponse().setInputs(request.getNews())),
    diffConfig: unary((request: pb.DiffRequest) => {
      const [olds, news] = [request.getOldInputs(), request.getNews()].map((side) =>
        withoutVersion(properties(side)),
      );
      return diffResponse(planChanges({ replaces: {} }, olds ?? {}, news ?? {}), false);
    }),
    configure: unary((request: pb.ConfigureRequest) => {
      configured(properties(request.getArgs()));
      return new pb.ConfigureResponse()
        .setAcceptsecrets(true)
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(true);
    }),

    check: unary((request: pb.CheckRequest) => {
      const { inputs, refusals } = provider.check(
        target(request),
        fromStruct(request.getNews()),
        fromStruct(request.getOlds()),
        request.getAutonaming()?.getProposedName(),
      );
      const failures = refusals.map(({ code, message, property }) =>
        new pb.CheckFailure().setProperty(property ?? "").setReason(`${code}: ${message}`),
      );
      return new pb.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failures);
    }),
    diff: unary((request: pb.DiffRequest) => {
      const [olds, news] = [fromStruct(request.getOldInputs()), fromStruct(request.getNews())];
      const { changes, deleteBeforeReplace } = provider.diff(target(request), olds, news);
      return diffResponse(changes, deleteBeforeReplace);
    }),
    create: unary(async (request: pb.CreateRequest) => {
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview()) {
        return new pb.CreateResponse().setProperties(
          toStruct(provider.previewCreate(target(request), inputs)),
        );
      }
      try {
        const { id, outputs } = await provider.create(target(request), inputs);
        return new pb.CreateResponse().setId(id).setProperties(toStruct(outputs));
      } catch (error) {
        throw error instanceof InitializationFailed ? initializationFailed(error, inputs) : error;
      }
    }),
    read: unary(async (request: pb.ReadRequest) => {
      const olds = { inputs: fromStruct(request.getInputs()), outputs: fromStruct(request.getProperties()) };
      const found = await provider.read(target(request), request.getId(), olds.inputs, olds.outputs);
      if (found === undefined) return new pb.ReadResponse(); // no id: the resource is gone
      return new pb.ReadResponse()
        .setId(found.id)
        .setInputs(toStruct(found.inputs))
        .setProperties(toStruct(found.outputs));
    }),
    update: unary(async (request: pb.UpdateRequest) => {
      const news = fromStruct(request.getNews());
      const [oldInputs, oldOutputs] = [fromStruct(request.getOldInputs()), fromStruct(request.getOlds())];
      const outputs = request.getPreview()
        ? provider.previewUpdate(target(request), news, oldInputs, oldOutputs)
        : await provider.update(target(request), request.getId(), news, oldInputs, oldOutputs);
      return new pb.UpdateResponse().setProperties(toStruct(outputs));
    }),
    delete: unary(async (request: pb.DeleteRequest) => {
      await provider.delete(target(request), request.getId());
      return new Empty();
    }),
    invoke: unary(async (request: pb.InvokeRequest) => {
      const result = await provider.invoke(request.getTok(), fromStruct(request.getArgs()));
      return new pb.InvokeResponse().setReturn(toStruct(result));
    }),
  };
}

/** The one error that carries a resource: the engine writes it to the state with `initErrors`. */
function initializationFailed(failure: InitializationFailed, inputs: Props): ServiceFailure {
  const detail = new pb.ErrorResourceInitFailed()
    .setId(failure.id)
    .setInputs(toStruct(inputs))
    .setProperties(toStruct(failure.outputs))
    .setReasonsList([failure.reason]);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const answer = new status.Status()
    .setCode(grpc.status.UNKNOWN)
    .setMessage(failure.reason)
    .setDetailsList([packed]);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
  return new ServiceFailure({ code: grpc.status.UNKNOWN, details: failure.reason, metadata });
}

function diffResponse(changes: readonly Change[], deleteBeforeReplace: boolean): pb.DiffResponse {
  const names = (of: readonly Change[]): string[] => [...new Set(of.map(({ path }) => topLevel(path)))];
  const response = new pb.DiffResponse()
    .setChanges(
      changes.length > 0 ? pb.DiffResponse.DiffChanges.DIFF_SOME : pb.DiffResponse.DiffChanges.DIFF_NONE,
    )
    .setDiffsList(names(changes))
    .setReplacesList(names(changes.filter(({ replaces }) => replaces)))
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const { path, kind, replaces } of changes) {
    const difference = new pb.PropertyDiff()
      .setKind(kinds[kind][replaces ? "replace" : "inPlace"])
      .setInputdiff(true);
    response.getDetaileddiffMap().set(path, difference);
  }
  return response;
}

const { Kind } = pb.PropertyDiff;
const kinds = {
  add: { inPlace: Kind.ADD, replace: Kind.ADD_REPLACE },
  delete: { inPlace: Kind.DELETE, replace: Kind.DELETE_REPLACE },
  update: { inPlace: Kind.UPDATE, replace: Kind.UPDATE_REPLACE },
} as const;

/** `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>` */
function target(request: { getUrn(): string }): Target {
  const urn = request.getUrn();
  const [, , types = "", ...name] = urn.split("::");
  return { urn, type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

function properties(struct: Struct | undefined): Props {
  return plainProps(fromStruct(struct));
}

/** The engine adds the SDK's version to a provider's configuration: a new SDK changes nothing in the cloud. */
function withoutVersion(config: Props): Props {
  return Object.fromEntries(Object.entries(config).filter(([key]) => key !== "version"));
}
