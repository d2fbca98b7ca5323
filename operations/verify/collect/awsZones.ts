import {
  DescribeAvailabilityZonesCommand,
  DescribeVpcEndpointServicesCommand,
  type EC2Client,
} from "@aws-sdk/client-ec2";
import type { AwsFacts } from "../facts/aws";
import { ask } from "./ask";

/** The zones that the account has: their letters differ between accounts. */
export function collectZones(ec2: EC2Client): Promise<AwsFacts["zones"]> {
  return ask("the zones of the AWS account", "ec2:DescribeAvailabilityZones", async () => {
    const { AvailabilityZones = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
    return AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []);
  });
}

/** Where the service offers interface endpoints. S3's gateway endpoints are a service of the same name. */
export function collectServiceZones(ec2: EC2Client, service: string): Promise<AwsFacts["serviceZones"]> {
  return ask(`the zones of ${service}`, "ec2:DescribeVpcEndpointServices", async () => {
    const Filters = [{ Name: "service-type", Values: ["Interface"] }];
    const { ServiceDetails } = await ec2.send(
      new DescribeVpcEndpointServicesCommand({ ServiceNames: [service], Filters }),
    );
    return ServiceDetails?.[0]?.AvailabilityZones;
  });
}
