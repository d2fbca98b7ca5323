import { overlap, prefixLength, subnetBits } from "../network/cidr";
import { resized } from "./addresses";
import { checkApart, checkClientSubnet, checkGatewaySubnet, checkRoom } from "./azureSubnets";
import { skuOf } from "./gatewaySkus";
import type { Problem } from "./problem";
import type { GivenSettings } from "./schema";

type Given = Partial<GivenSettings>;

/** AWS's smallest subnet. @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const SMALLEST_AWS_SUBNET = 28;

export function checkNetworksApart({ azureCidr, awsCidr }: Given): readonly Problem[] {
  if (azureCidr === undefined || awsCidr === undefined || !overlap(azureCidr, awsCidr)) return [];
  const rule = `it overlaps azureCidr ${azureCidr}, and no route could separate the two networks`;
  return [{ setting: "awsCidr", value: awsCidr, rule, fix: `use a network outside ${azureCidr}` }];
}

export function checkAzureAddresses(given: Given): readonly Problem[] {
  const { azureCidr, vpnTopology, gatewaySku, clientSubnetCidr, gatewaySubnetCidr } = given;
  if (azureCidr === undefined) return [];
  // Where the SKU is in doubt, the least demanding one: what Basic does not allow, none does.
  const skuKnown = vpnTopology !== undefined && "gatewaySku" in given;
  const sku = skuKnown ? skuOf({ gatewaySku, vpnTopology }) : "Basic";
  const addresses = { azureCidr, clientSubnetCidr, gatewaySubnetCidr, sku };

  const noRoom = checkRoom(addresses);
  if (noRoom.length > 0) return noRoom;
  const bothKnown = "clientSubnetCidr" in given && "gatewaySubnetCidr" in given;
  return [
    ...checkClientSubnet(addresses),
    ...checkGatewaySubnet(addresses),
    ...(bothKnown ? checkApart(addresses) : []),
  ];
}

export function checkZonesInRegion({ awsZones = [], "aws:region": region }: Given): readonly Problem[] {
  if (region === undefined) return [];
  return awsZones.flatMap((zone, index) =>
    zone.slice(0, -1) === region
      ? []
      : [
          {
            setting: `awsZones[${index}]`,
            value: zone,
            rule: `it is not a zone of aws:region ${region}`,
            fix: `use a zone such as ${region}${zone.slice(-1)}`,
          },
        ],
  );
}

const shares = { 0: "all", 2: "a quarter", 3: "an eighth", 4: "a sixteenth", 5: "a thirty-second" } as const;

export function checkAwsRoom({ awsCidr, awsZones }: Given): readonly Problem[] {
  if (awsCidr === undefined || awsZones === undefined) return [];
  const bits = subnetBits(awsZones);
  const longest = SMALLEST_AWS_SUBNET - bits;
  if (prefixLength(awsCidr) <= longest) return [];
  const letters = awsZones.map((zone) => zone.slice(-1)).join(", ");
  const share = shares[bits];
  const rule = `zones ${letters} take ${share} of it each, and AWS's subnets are /${SMALLEST_AWS_SUBNET} or larger`;
  return [{ setting: "awsCidr", value: awsCidr, rule, fix: `use ${resized(awsCidr, longest)}, or one zone` }];
}
