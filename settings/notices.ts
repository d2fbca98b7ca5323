import type { GatewaySku } from "../vpn/tunnels";
import { zoneSupportAsOf, zoneSupportOf } from "../vpn/zoneSupport";

interface Place {
  readonly location: string;
  /** Undefined where the gateway is others'. */
  readonly sku: GatewaySku | undefined;
}

/** What a stack gets and may not expect; nothing that has to change. */
export function noticesOf(given: Place & Partial<Exempt> & Partial<Named>): readonly string[] {
  return [...zoneNotices(given), ...otherAccountNotices(given), ...bucketNotices(given)];
}

interface Named {
  readonly stack: string | undefined;
  readonly buckets: readonly { readonly name: string; readonly bucketName?: string | undefined }[];
}

/**
 * Pulumi makes a bucket's name of its key and the stack's name (`pulumi:autonaming` in Pulumi.yaml). A bucket that was deployed
 * before keeps its name, whatever it is now.
 */
function bucketNotices({ stack = "", buckets = [] }: Partial<Named>): readonly string[] {
  return buckets
    .filter(({ bucketName }) => bucketName === undefined)
    .map(({ name }) => ({ key: name, made: `s3-${name}-${stack}-0123456` }))
    .filter(({ made }) => made.length > 63 || /[^a-z0-9-]/.test(made))
    .map(
      ({ key, made }) =>
        `The name of bucket ${key} would be as ${made}: S3 takes 63 characters at most, lower-case letters, digits and hyphens. One that is deployed keeps its name; a new one cannot be made. Give it a bucketName, or the stack another name.`,
    );
}

interface Exempt {
  readonly deployers: readonly string[];
  readonly trustedPrincipals: readonly string[];
}

/**
 * The buckets are in the account of those who deploy. No bucket policy allows trusted principals anything, and from another
 * account that is needed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
function otherAccountNotices({ deployers = [], trustedPrincipals = [] }: Partial<Exempt>): readonly string[] {
  const own = deployers[0] && accountOf(deployers[0]);
  return trustedPrincipals.flatMap((arn, index) =>
    own === undefined || accountOf(arn) === own
      ? []
      : [
          `trustedPrincipals[${index}] is ${arn}, of another account than the deployers' ${own}: the perimeter does not stop it, but it gets in only once its own account lets it assume a role of ${own} that may reach the buckets. List that role instead.`,
        ],
  );
}

/** `arn:aws:iam::123456789012:role/break-glass` */
function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

function zoneNotices({ location, sku }: Place): readonly string[] {
  const setting = `azure-native:location is ${location}`;
  // A Basic gateway is in no zone anywhere.
  const zoneless = sku === "Basic" || sku === undefined;
  switch (zoneSupportOf(location)) {
    case "zones":
      return [];
    case "none":
      return zoneless
        ? []
        : [
            `${setting}, a region without availability zones: Azure makes ${sku} and its addresses regional there, and nothing of the gateway survives the failure of its datacenter. Choose a region with zones where that must not happen.`,
          ];
    case "unknown":
      return [
        `${setting}, which is not among the regions that this version knows (${zoneSupportAsOf}); it goes to Azure as it is${zoneless ? "" : ", as a region with availability zones. If Azure answers LocationNotSupportAvailabilityZones, add the region to vpn/zoneSupport.ts"}.`,
      ];
  }
}
