/** Broken: the link, or what guards it, does not work. Warning: it works, and somebody should know all the same. */
export type Severity = "broken" | "warning";

interface Kind {
  readonly severity: Severity;
  /** Whether it may pass by itself: what `--wait` waits for. */
  readonly settles: boolean;
  readonly cause: string;
  /** The next command, or what to do by hand. */
  readonly next: string;
}

const broken = (cause: string, next: string): Kind => ({ severity: "broken", settles: false, cause, next });
const settling = (cause: string, next: string): Kind => ({ severity: "broken", settles: true, cause, next });
const warning = (cause: string, next: string): Kind => ({ severity: "warning", settles: false, cause, next });

const drift = "somebody changed it outside Pulumi";
const refresh = "pulumi preview --refresh --diff, then pulumi up --refresh";
const deleted = broken("it was deleted outside Pulumi", refresh);
const changed = broken(drift, refresh);
/** Pulumi knows nothing of it, so that no refresh takes it away. */
const added = (next: string): Kind => broken("somebody added it, and Pulumi does not know of it", next);
const unreadable = broken("somebody wrote a policy with elements that this program does not use", refresh);
const tunnelDown = "docs/runbooks/tunnel-down.md";

/** Everything that verify can find wrong, by its name. */
export const kinds = {
  "wrong-account": broken(
    "the credentials are for another account or stage",
    "sign in to the account of the stack's reader",
  ),

  // AWS's ends of the tunnels
  "aws-connection-missing": deleted,
  "aws-connection-unavailable": settling("AWS is changing it", "npm run verify -- --wait 15"),
  "aws-connection-elsewhere": changed,
  "aws-traffic-selectors": changed,
  "aws-tunnel-replaced": broken("the stack's outputs are older than the connection", "pulumi refresh"),
  "aws-tunnel-down": settling("the ends do not reach each other or do not agree", tunnelDown),
  "aws-unused-tunnel-up": warning(
    "somebody connects to the tunnel that this topology leaves unused",
    "look at the customer gateway's other users",
  ),
  "tunnel-suite-differs": broken("the options of one end were changed", refresh),
  "aws-tunnel-options-weaker": changed,
  "aws-tunnel-does-not-initiate": changed,
  "aws-tunnel-timing": changed,
  "aws-tunnel-inside-cidr": changed,
  "aws-customer-gateway-address": broken("the Azure address was replaced, or the customer gateway", refresh),
  "tunnel-maintenance-pending": warning(
    "AWS plans to replace the tunnel's endpoint",
    "docs/runbooks/aws-maintenance.md",
  ),
  "tunnel-was-down": warning(
    "maintenance, a change, or an unstable path",
    "look at the tunnel's log group in CloudWatch for that time",
  ),

  // What carries traffic between the tunnels and the VPC
  "aws-gateway-missing": deleted,
  "aws-gateway-detached": settling("the attachment was removed, or is being created", refresh),
  "aws-static-route-missing": settling(drift, refresh),
  "aws-no-bgp-routes": settling(
    "the BGP session is down, or Azure advertises nothing",
    "look at bgp-peer-down, then at both ASNs",
  ),
  "aws-route-table-missing": deleted,
  "aws-propagation-off": changed,
  "aws-route-missing": settling("no tunnel is up, or the propagation is off", tunnelDown),
  "endpoint-subnet-other-table": warning("somebody associated it with another route table", refresh),
  "aws-route-elsewhere": broken(
    "a static route to the same network or a part of it takes precedence over the propagated one",
    "delete that route: aws ec2 delete-route",
  ),

  "aws-routes-beyond": broken(
    "Azure's end announces more, somebody added a static route, or another site is connected to the gateway",
    "find who announces it: Azure's address space, its peerings, and other connections of both gateways",
  ),

  // Azure's ends
  "azure-gateway-missing": deleted,
  "azure-gateway-unready": settling(
    "Azure is changing it, which takes up to 45 minutes, or a change failed",
    "npm run verify -- --wait 45",
  ),
  "azure-gateway-mode": changed,
  "gateway-subnet-missing": deleted,
  "gateway-subnet-guarded": broken(
    "somebody put a security group on it, with which the gateway may stop working",
    refresh,
  ),
  "gateway-subnet-propagation-off": broken(
    "somebody put a route table on it, with which the gateway does not work",
    refresh,
  ),
  "gateway-subnet-diverted": broken("somebody put a route table on it", refresh),
  "azure-connection-missing": deleted,
  "azure-connection-unready": settling(
    "Azure is changing it, or a change failed",
    "npm run verify -- --wait 15",
  ),
  "azure-not-connected": settling("the ends do not reach each other or do not agree", tunnelDown),
  "azure-policy-differs": changed,
  "azure-connection-elsewhere": changed,
  "azure-connection-options": changed,
  "azure-traffic-selectors": changed,
  "azure-nat-rules": changed,
  "azure-bgp-addresses": changed,
  "azure-site-missing": deleted,
  "azure-site-address": broken("AWS replaced the tunnel's address, or somebody changed the site", refresh),
  "azure-site-prefixes": changed,
  "bgp-peer-down": settling("the tunnel is down, or its inside addresses or the ASNs differ", tunnelDown),
  "bgp-asn-differs": broken("the ASN of one end was changed", refresh),
  "azure-route-not-learned": settling(
    "AWS advertises nothing over BGP",
    "look at bgp-peer-down, then at the AWS gateway's attachment",
  ),

  "azure-routes-beyond": broken(
    "AWS's end announces more, or somebody added a network to the site",
    "find who announces it: the VPC's address space, and other connections of the AWS gateway",
  ),

  // The client's network
  "azure-network-missing": deleted,
  "client-subnet-missing": deleted,
  "client-subnet-unguarded": broken("the security group was taken off the subnet", refresh),
  "client-https-blocked": broken(
    "a rule of the security group takes precedence over the one that allows HTTPS out",
    refresh,
  ),
  "client-open-to-aws": broken("a rule of the security group lets AWS open connections", refresh),
  "client-not-shut": broken(
    "a final denial of the security group is gone, or a rule before it opens a way beside AWS",
    refresh,
  ),
  "client-open-out": broken("the rule that stops everything but HTTPS is gone or comes later", refresh),
  "client-subnet-diverted": broken(
    "a route table was put on the subnet, or the network was peered with another",
    "az network route-table route list, or the peering's address space",
  ),
  "client-propagation-off": broken(
    "a route table without the gateway's routes was put on the subnet",
    "az network route-table update --disable-bgp-route-propagation false",
  ),
  "client-subnet-way-out": warning(
    "default outbound access gives the subnet's machines a way to the internet",
    refresh,
  ),

  // The client inside
  "client-vm-missing": deleted,
  "client-vm-unready": settling("Azure is creating or changing it", "npm run verify -- --wait 10"),
  "client-vm-stopped": broken("somebody stopped it, or Azure did", "az vm start --ids ID"),
  "client-vm-no-diagnostics": changed,
  "client-vm-silent": settling(
    "it is starting, its first start failed, or Azure shows the console late",
    "az vm boot-diagnostics get-boot-log --ids ID",
  ),
  "client-vm-lists-another": broken(
    "the bucket was replaced and the machine was not, or somebody else writes to its console",
    refresh,
  ),
  "client-vm-unreachable": settling("no tunnel is up, or something on the way stops it", tunnelDown),
  "client-vm-refused": broken(
    "the bucket's or the endpoint's policy does not let the reader in, or its key was replaced and the machine was not",
    "see the findings on policies and on the reader, then pulumi up --refresh",
  ),
  "client-vm-unexpected": settling("S3 has a fault, or the bucket is gone", "npm run verify -- --wait 10"),

  // The endpoint
  "zone-missing": broken(
    "the letters of zones differ between accounts, or AWS took the zone from this one",
    "use other zones in awsZones, then pulumi preview --diff: new zones replace subnets",
  ),
  "zone-without-endpoints": broken(
    "AWS offers S3's interface endpoints in other zones of the region",
    "use other zones in awsZones, then pulumi preview --diff: new zones replace subnets",
  ),
  "endpoint-missing": deleted,
  "endpoint-unavailable": settling("AWS is creating or changing it", "npm run verify -- --wait 10"),
  "endpoint-elsewhere": broken("the stack's outputs name another endpoint", "pulumi refresh"),
  "endpoint-name-differs": broken(
    "the endpoint was replaced",
    "pulumi refresh, then tell those who use endpointUrl",
  ),
  "endpoint-interface-missing": broken("a subnet was taken off the endpoint", refresh),
  "endpoint-private-dns": warning(drift, refresh),
  "endpoint-group-differs": changed,
  "endpoint-closed-to-client": broken("the ingress rule for the client subnet is gone", refresh),
  "endpoint-open-to-world": broken("somebody added an ingress rule", refresh),
  "endpoint-ingress-wider": warning(
    "somebody added an ingress rule",
    "delete it unless another network needs it",
  ),
  "endpoint-acl-blocks": broken("somebody changed the subnet's network ACL", refresh),
  "endpoint-policy-open": changed,
  "endpoint-policy-shuts-out": changed,
  "endpoint-policy-unreadable": unreadable,

  // The buckets
  "bucket-missing": broken(
    "it was deleted outside Pulumi",
    "docs/runbooks/perimeter.md: first find out who did it, and what is in the backups",
  ),
  "bucket-in-another-region": broken("the bucket's name belongs to another bucket", refresh),
  "bucket-policy-missing": broken("somebody removed it", refresh),
  "bucket-policy-unreadable": unreadable,
  "policy-names-deleted": broken(
    "the principal was deleted, and made again under the same name it is another one",
    refresh,
  ),
  "bucket-policy-shuts-out": changed,
  "bucket-policy-lets-in": changed,
  "bucket-without-tls": broken("the statement that denies plain HTTP is gone", refresh),
  "bucket-perimeter-open": broken(
    "the statement that denies data outside the endpoint is gone or weaker",
    "docs/runbooks/perimeter.md",
  ),
  "bucket-reader-sessions": broken(
    "the statement that denies sessions of the reader is gone or weaker",
    refresh,
  ),
  "bucket-presigned-urls": broken("a statement that denies old signatures is gone or weaker", refresh),
  "bucket-public-access": changed,
  "bucket-unencrypted": changed,
  "bucket-kms": broken("somebody chose a KMS key for it", refresh),
  "bucket-unversioned": changed,
  "bucket-acls": changed,
  "bucket-replicated": added("aws s3api delete-bucket-replication --bucket NAME"),
  "bucket-listed": added("aws s3api delete-bucket-inventory-configuration --bucket NAME --id ID"),
  "bucket-in-metadata-table": added("aws s3api delete-bucket-metadata-configuration --bucket NAME"),
  "bucket-notifies": added(
    "aws s3api put-bucket-notification-configuration --bucket NAME --notification-configuration '{}'",
  ),
  "bucket-has-access-points": added(
    "aws s3control delete-access-point --account-id ACCOUNT --name ACCESS-POINT",
  ),
  "bucket-locked": warning(
    "somebody switched it on, and nobody can switch it off",
    "take the default retention away: aws s3api put-object-lock-configuration; objects keep what they have",
  ),
  "bucket-lock-differs": changed,
  "bucket-lifecycle-differs": changed,
  "bucket-logs-elsewhere": added("aws s3api put-bucket-logging --bucket NAME --bucket-logging-status '{}'"),

  // The logs
  "log-bucket-missing": deleted,
  "log-delivery-shut-out": broken("somebody changed the log bucket's policy", refresh),
  "logs-kept-forever": warning("somebody changed the log bucket's lifecycle", refresh),
  "flow-log-missing": deleted,
  "flow-log-partial": broken("somebody created another flow log in its place", refresh),
  "flow-log-failing": settling(
    "the log bucket's policy or encryption was changed, or AWS has not tried again yet",
    "fix the findings on the log bucket, then npm run verify -- --wait 15",
  ),
  "bucket-not-logged": changed,

  // The trail, and who is told
  "trail-missing": deleted,
  "trail-stopped": changed,
  "trail-failing": settling(
    "the log bucket's policy or encryption was changed, or CloudTrail has not tried again yet",
    "fix the findings on the log bucket, then npm run verify -- --wait 15",
  ),
  "trail-elsewhere": changed,
  "trail-unvalidated": changed,
  "trail-differs": changed,
  "trail-records-other": changed,
  "changes-not-notified": changed,
  "topic-missing": deleted,
  "topic-policy-differs": changed,
  "notification-unconfirmed": warning(
    "the address did not follow the link in AWS's message, or unsubscribed",
    "follow the link; where it has lapsed, pulumi up --refresh sends another",
  ),

  // The reader
  "reader-missing": deleted,
  "reader-key-gone": broken(
    "the key was deleted or deactivated",
    "activate it again, or pulumi up --replace on s3-reader-key",
  ),
  "reader-has-more-keys": warning(
    "somebody created another key",
    "delete those that Pulumi did not create: aws iam delete-access-key",
  ),
  "reader-has-password": broken(
    "somebody let the user sign in to the console",
    "aws iam delete-login-profile --user-name NAME",
  ),
  "reader-has-boundary": warning(
    "somebody limits the user, which may shut it out",
    "aws iam delete-user-permissions-boundary --user-name NAME, unless the account demands one",
  ),
  "reader-has-rights": broken(
    "somebody gave the user rights of its own",
    "remove them: the buckets' policies give it all that it needs",
  ),

  // What others have around it
  "surroundings-changed": warning(
    "its owner changed it",
    "npm run snapshot, then npm run rehearse (docs/joining.md)",
  ),
  "snapshot-outdated": warning("its owner changed it", "npm run snapshot when convenient"),

  // From where this runs
  "reader-key-invalid": broken("the key was deleted, or the outputs are old", "pulumi refresh"),
  "inside-refused": broken(
    "the bucket's or the endpoint's policy does not let the reader in",
    "see the findings on policies",
  ),
  "inside-unreachable": broken(
    "the path carries the connection, but not the answer",
    "check the packet size: docs/operations.md",
  ),
  "outside-gets-in": broken(
    "a policy, a group or an open bucket lets the reader in from anywhere",
    "docs/runbooks/perimeter.md",
  ),
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;

/** Something that is not as it must be. */
export interface Finding {
  readonly kind: KindName;
  readonly severity: Severity;
  /** What is wrong: `tunnel1`, a bucket's name, an id. */
  readonly subject: string;
  /** One sentence: what was seen, and what it must be. */
  readonly says: string;
  readonly cause: string;
  readonly next: string;
}

export function finding(
  kind: KindName,
  subject: string,
  says: string,
  cause: string = kinds[kind].cause,
): Finding {
  const { severity, next } = kinds[kind];
  return { kind, severity, subject, says, cause, next };
}

/** Findings that have one subject in common. */
export function findingsOn(subject: string) {
  return (kind: KindName, says: string, cause?: string): Finding => finding(kind, subject, says, cause);
}

export function maySettle({ kind }: Finding): boolean {
  return kinds[kind].settles;
}
