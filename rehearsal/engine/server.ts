import * as grpc from "@grpc/grpc-js";
import { createRequire } from "node:module";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { SimulatedClouds, type CloudsSnapshot } from "../clouds/clouds";
import { readDefaultTags } from "../clouds/defaultTags";
import type { CloudPlace, LiveResource } from "../clouds/cloudType";
import type { Props } from "../model/recording";
import { Faults } from "./faults";
import { Journal } from "./journal";
import { SimulatedProvider, type Simulation } from "./provider";
import { providerService } from "./service";

const packages = ["aws", "azure-native", "random"] as const;
const packageOf = createRequire(__filename);

export interface SimulationOptions extends Pick<Simulation, "latency" | "changed" | "reads"> {
  readonly place: CloudPlace;
  readonly before?: CloudsSnapshot;
  /** What others own there; as it was before where absent. */
  readonly surroundings?: readonly LiveResource[] | undefined;
}

/** Simulated clouds with nothing wrong and nothing noted yet. */
export function newSimulation({ place, before, surroundings, ...options }: SimulationOptions): Simulation {
  const clouds = new SimulatedClouds(place, before);
  if (surroundings !== undefined) clouds.surround(surroundings);
  return {
    clouds,
    faults: new Faults(),
    journal: new Journal(),
    ...options,
  };
}

export interface Servers {
  /** For `PULUMI_DEBUG_PROVIDERS`: the engine attaches to these and looks for no plugin. */
  readonly addresses: string;
  close(): void;
}

/**
 * Serves the simulated clouds as provider plugins, one loopback port for each package. `others` are ports at which
 * somebody else serves a package.
 */
export async function serve(
  simulation: Simulation,
  others: Readonly<Record<string, number>> = {},
): Promise<Servers> {
  const servers: grpc.Server[] = [];
  const addresses = Object.entries(others).map(([name, port]) => `${name}:${String(port)}`);
  for (const name of packages.filter((one) => others[one] === undefined)) {
    const server = new grpc.Server({
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
    });
    const service = providerService({
      name,
      version: sdkVersion(name),
      provider: new SimulatedProvider(simulation),
      configured: (config) => {
        settle(simulation, name, config);
      },
    });
    server.addService(ResourceProviderService, { ...service });
    servers.push(server);
    addresses.push(`${name}:${String(await listen(server))}`);
  }
  return {
    addresses: addresses.join(","),
    close: () => {
      for (const server of servers) server.forceShutdown();
    },
  };
}

/** The clouds are where the program's provider configuration says, as in reality. */
function settle(simulation: Simulation, name: string, config: Props): void {
  const { clouds } = simulation;
  const region = name === "aws" && typeof config.region === "string" ? config.region : clouds.region;
  const location =
    name === "azure-native" && typeof config.location === "string" ? config.location : clouds.location;
  const defaultTags =
    name === "aws" && config.defaultTags !== undefined
      ? readDefaultTags(config.defaultTags)
      : clouds.defaultTags;
  simulation.clouds = clouds.seenFrom({ region, location, defaultTags });
}

function listen(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function sdkVersion(name: string): string {
  const { version } = packageOf(`@pulumi/${name}/package.json`) as { version: string };
  return version;
}
