import type { Props, RecordedResource, Recording } from "../model/recording";
import { type AlarmEstate, readAlarms } from "./alarms";
import { type AwsEstate, readAws } from "./aws";
import { type AzureEstate, readAzure } from "./azure";
import { type AzureDns, readDnsPolicies } from "./azureDns";
import { type AzurePeerings, readPeerings } from "./azurePeerings";
import { type EstateIndex, indexOf } from "./estateIndex";
import { type Link, linkOf } from "./link";
import { type LogDelivery, readBuckets, readLogDeliveries } from "./logDeliveries";
import { type AzureMachines, readMachines } from "./machines";
import { matchTunnelEnds, type TunnelEnds } from "./tunnelEnds";

/** Everything that a run made and what is around it, typed and joined by values: ids, addresses and networks, never by logical names. */
export interface Estate extends EstateIndex {
  readonly stack: string;
  readonly outputs: Props;
  readonly secretOutputs: readonly string[];
  readonly azure: AzureEstate & AzureMachines & AzurePeerings & AzureDns;
  readonly aws: AwsEstate;
  /** What the link stands on, whoever owns it. */
  readonly link: Link;
  /** What watches both. */
  readonly alarms: AlarmEstate;
  /** Every tunnel that either cloud has. */
  readonly tunnels: readonly TunnelEnds[];
  /** Every delivery of logs into a bucket, whether that bucket exists or not. */
  readonly logDeliveries: readonly LogDelivery[];
  readonly dataBuckets: readonly RecordedResource[];
  readonly logBuckets: readonly RecordedResource[];
}

export function readEstate(recording: Recording): Estate {
  const index = indexOf(recording.resources, recording.surroundings);
  const network = readAzure(index);
  const azure = {
    ...network,
    ...readMachines(index, network.subnets),
    peerings: readPeerings(index, network.networks),
    dnsPolicies: readDnsPolicies(index, network.networks),
  };
  const aws = readAws(index);
  const logDeliveries = readLogDeliveries(index);
  return {
    ...index,
    stack: recording.stack,
    outputs: recording.outputs,
    secretOutputs: recording.secretOutputs,
    azure,
    aws,
    link: linkOf(azure, aws),
    alarms: readAlarms(index),
    tunnels: matchTunnelEnds(azure, aws),
    logDeliveries,
    ...readBuckets(index, logDeliveries, recording.outputs),
  };
}
