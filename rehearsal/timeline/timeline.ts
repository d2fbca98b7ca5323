import { awsTypes, azureTypes } from "../model/resourceTypes";
import { cloudTypes } from "../clouds/cloudTypes";
import type { RecordedResource } from "../model/recording";
import { type Estimate, inTurn, type Schedule, scheduleSteps, type Step } from "./schedule";
import {
  creationSteps,
  destructionSteps,
  type Durations,
  gatewayFirst,
  rotatableKeys,
  rotationSteps,
} from "./steps";

/** How long a stack takes to come, to change a key and to go, and why. */
export interface Timeline {
  readonly deploy: Schedule;
  /** The slowest part that nothing can shorten, and how near the whole comes to it. */
  readonly floor: Floor;
  /** The steps of the source article: one after the other. */
  readonly byHand: Estimate;
  /** A graph in which AWS waits for Azure's gateway. */
  readonly gatewayFirst: Pick<Schedule, "total" | "criticalPath">;
  /** Undefined where no Azure connection holds a generated key. */
  readonly rotation: Rotation | undefined;
  readonly destroy: Schedule;
}

export interface Floor {
  readonly gatewayMinutes: number;
  /** Azure refuses parallel work on one gateway's connections: they come one after the other. */
  readonly connectionMinutes: number;
  /** Typical total over the sum of both. */
  readonly ratio: number;
}

export interface Rotation extends Schedule {
  /** Logical name of the key. */
  readonly key: string;
  /** From AWS's first doing until Azure's connection stands again: one tunnel is down, the others carry on. */
  readonly tunnelDown: Estimate;
}

export function timelineOf(
  resources: readonly RecordedResource[],
  durations: Durations = cloudTypes,
): Timeline {
  const steps = creationSteps(resources, durations);
  const deploy = scheduleSteps(steps);
  const { total, criticalPath } = scheduleSteps(gatewayFirst(steps));
  return {
    deploy,
    floor: floorOf(steps, deploy),
    byHand: inTurn(steps),
    gatewayFirst: { total, criticalPath },
    rotation: rotationOf(resources, durations),
    destroy: scheduleSteps(destructionSteps(resources, durations)),
  };
}

function floorOf(steps: readonly Step[], deploy: Schedule): Floor {
  const typical = (type: string) => steps.filter((s) => s.type === type).map((s) => s.minutes.typical);
  const gatewayMinutes = Math.max(0, ...typical(azureTypes.virtualNetworkGateway));
  const connectionMinutes = typical(azureTypes.virtualNetworkGatewayConnection).reduce(
    (sum, minutes) => sum + minutes,
    0,
  );
  const floor = gatewayMinutes + connectionMinutes;
  return { gatewayMinutes, connectionMinutes, ratio: floor === 0 ? 1 : deploy.total.typical / floor };
}

function rotationOf(resources: readonly RecordedResource[], durations: Durations): Rotation | undefined {
  const [key] = rotatableKeys(resources);
  if (key === undefined) return undefined;
  const steps = rotationSteps(resources, durations, key.urn);
  const schedule = scheduleSteps(steps);
  const busy = steps.filter((step) => step.action !== "nothing");
  const ofTunnel = busy.filter(
    (s) => s.type === awsTypes.vpnConnection || s.type === azureTypes.virtualNetworkGatewayConnection,
  );
  return {
    key: key.name,
    total: schedule.total,
    criticalPath: schedule.criticalPath,
    steps: schedule.steps.filter((step) => step.action !== "nothing"),
    // The Azure connection waits for AWS's update, so both lie one behind the other.
    tunnelDown: inTurn(ofTunnel),
  };
}
