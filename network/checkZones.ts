import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import * as pulumi from "@pulumi/pulumi";
import { missingZones } from "./accountZones";
import type { AwsNetworkPlan } from "./networks";

/**
 * Stops a preview or an update that names a zone which the account lacks, before the first resource. Where the account
 * cannot be asked, EC2 decides when the subnet is made.
 */
export async function checkZones(network: AwsNetworkPlan): Promise<void> {
  if (network.kind === "existing") return;
  const named = network.subnets.flatMap(({ zone }) => zone ?? []);
  if (named.length === 0) return;
  // Local and wavelength zones left out: they have no interface endpoints.
  const filters = [{ name: "zone-type", values: ["availability-zone"] }];
  const ofAccount = await getAvailabilityZones({ filters }).then(
    ({ names }) => names,
    () => undefined,
  );
  if (ofAccount === undefined) {
    await pulumi.log.info(
      "awsZones: the account's zones could not be read, which takes ec2:DescribeAvailabilityZones; AWS rejects a zone that it lacks.",
    );
    return;
  }
  const problem = missingZones({ named, ofAccount });
  if (problem !== undefined) throw new pulumi.RunError(`Nothing was touched: ${problem}`);
}
