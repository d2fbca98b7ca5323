import { resolve } from "node:path";
import type { Host, Namespaces } from "../machine/namespaces";
import type { Daemon } from "../machine/processes";
import { internetAddresses, roles } from "../network/plan";
import type { LabPlan } from "../plan/labPlan";
import { endpointCertificateNames, issueCertificate } from "./certificate";
import { type Listener, proxyReady, type ProxySettings } from "./proxy/settings";
import { startS3Server } from "./server";

/** S3 at the end of the tunnel, and its other addresses. */
export interface S3 {
  /** The authority that clients must trust. */
  readonly authority: string;
  /** Opens S3's public address and another customer's endpoint, both on the internet. */
  openPublicProxy(): Promise<Daemon>;
}

/** Another customer's endpoint allows everything: only the bucket's policy can refuse. */
const otherEndpoint = {
  endpointId: "vpce-0fffffffffffffff0",
  vpcId: "vpc-0fffffffffffffff0",
  policy: undefined,
};

/** S3's public host name. */
function publicHost(region: string): string {
  return `s3.${region}.amazonaws.com`;
}

/** The host name of another customer's endpoint. */
export function otherEndpointHost(region: string): string {
  return `${otherEndpoint.endpointId}-ffffffff.s3.${region}.vpce.amazonaws.com`;
}

export async function startS3(namespaces: Namespaces, plan: LabPlan): Promise<S3> {
  const { storage, aws } = plan;
  const { region, reader } = storage;
  const { id, vpcId, policy, names } = storage.endpoint;
  const authority = `${namespaces.directory}/authority.pem`;
  const endpointNames = [...names, otherEndpointHost(region)];
  const publicName = publicHost(region);
  const [server, certificate] = await Promise.all([
    startS3Server(namespaces, storage),
    issueCertificate([...endpointCertificateNames(endpointNames), publicName, `*.${publicName}`], authority),
  ]);
  writeHostsFiles(namespaces, plan);
  const start = (role: string, listeners: readonly Listener[]): Promise<Daemon> =>
    startProxy(namespaces, role, {
      listeners,
      certificate,
      server,
      baseHosts: [...endpointNames.map((name) => `bucket.${name}`), publicName],
      bucketPolicies: Object.fromEntries(
        storage.buckets.flatMap((bucket) =>
          bucket.policy === undefined ? [] : [[bucket.name, bucket.policy]],
        ),
      ),
      accountId: /^arn:[^:]+:iam::(\d{12}):/.exec(reader.arn)?.[1] ?? "",
      users: { [reader.accessKeyId]: reader.arn },
    });
  const ownAddresses = aws.subnets.map((subnet) => subnet.endpointAddress);
  await start(roles.endpoint, [{ addresses: ownAddresses, endpoint: { endpointId: id, vpcId, policy } }]);
  return {
    authority,
    openPublicProxy: () =>
      start(roles.publicS3, [
        { addresses: [internetAddresses.publicS3], endpoint: undefined },
        { addresses: [internetAddresses.otherEndpoint], endpoint: otherEndpoint },
      ]),
  };
}

async function startProxy(namespaces: Namespaces, role: string, settings: ProxySettings): Promise<Daemon> {
  const program = [resolve(__dirname, "proxy/proxy.ts")] as const;
  const proxy = namespaces.startScript(role, "the S3 proxy", program, JSON.stringify(settings));
  await proxy.ready(() => proxy.lines.includes(proxyReady));
  return proxy;
}

/** Public DNS resolves the names to private addresses; here a hosts file does. */
function writeHostsFiles(namespaces: Namespaces, plan: LabPlan): void {
  const { region, buckets, endpoint } = plan.storage;
  const withBuckets = (base: string, address: string): Host[] =>
    [base, ...buckets.map(({ name }) => `${name}.${base}`)].map((host) => [host, address]);
  const endpointHosts = endpoint.names.flatMap((name): Host[] => {
    const address = addressOfName(plan, name);
    return [[name, address], ...withBuckets(`bucket.${name}`, address)];
  });
  for (const { role } of plan.azure.clients) namespaces.hosts(role, endpointHosts);
  if (plan.site !== undefined) namespaces.hosts(roles.siteClient, endpointHosts);
  namespaces.hosts(roles.internetHost, [
    ...endpointHosts,
    ...withBuckets(publicHost(region), internetAddresses.publicS3),
    ...withBuckets(`bucket.${otherEndpointHost(region)}`, internetAddresses.otherEndpoint),
  ]);
}

/** The regional name resolves to every address, of which the lab uses the first; a zonal name to its zone's. */
export function addressOfName({ aws }: LabPlan, name: string): string {
  const zonal = aws.subnets.find((subnet) => subnet.zone !== undefined && name.includes(`-${subnet.zone}.`));
  return zonal?.endpointAddress ?? aws.endpointAddress;
}
