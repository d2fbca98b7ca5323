import type { AccessRequest, Through } from "./context";
import { inNetwork } from "./conditions";
import type { Home } from "./namedCallers";
import { strangerAccount } from "./namedCallers";
import { organisationKeys, organisationsNamed } from "./organisations";
import { addressesWithin, edgesOf, instancesOf, publicAddresses } from "./patterns";
import { type Deciding, toldApart, valuesOf } from "./signature";

/** How a call reaches S3. */
export interface Route extends Pick<AccessRequest, "through" | "sourceIp"> {
  readonly by: "endpoint" | "other endpoint" | "internet";
}

/** The endpoint that is meant to be used, and who uses it. */
export interface OwnEndpoint {
  readonly endpointId: string;
  readonly vpcId: string;
  readonly clientNetworks: readonly string[];
}

const stranger = {
  endpointId: "vpce-0f1e2d3c4b5a69788",
  vpcId: "vpc-0f1e2d3c4b5a69788",
  accountId: strangerAccount,
};

/**
 * Every way that policies name by endpoint, VPC, account, organisation or address, each with each. The first of each kind
 * is the plainest: nothing about it is named, if anything is left that is not.
 */
export function routesNamed(deciding: Deciding, own: OwnEndpoint | undefined, home: Home): readonly Route[] {
  return [...ownRoutes(deciding, own, home), ...otherRoutes(deciding, own, home), ...publicRoutes(deciding)];
}

function ownRoutes(deciding: Deciding, own: OwnEndpoint | undefined, home: Home): readonly Route[] {
  if (own === undefined) return [{ by: "endpoint", through: undefined }];
  const { endpointId, vpcId, clientNetworks } = own;
  const networks = valuesOf(deciding, "aws:vpcsourceip");
  const addresses =
    networks.length === 0 ? [undefined] : [...new Set(addressesWithin(clientNetworks, networks))];
  return (addresses.length === 0 ? [undefined] : addresses).map((sourceIp) => ({
    by: "endpoint",
    through: { endpointId, vpcId, accountId: home.ownerAccountId, sourceIp },
  }));
}

function otherRoutes(deciding: Deciding, own: OwnEndpoint | undefined, home: Home): readonly Route[] {
  const named = (key: string) => valuesOf(deciding, key).flatMap(instancesOf);
  const apart = (parts: readonly Partial<Through>[]) =>
    toldApart(deciding, "way", parts, (part) => asked({ ...stranger, ...part }, home));
  const organisations = organisationsNamed(deciding, organisationKeys.way);
  const networks = valuesOf(deciding, "aws:vpcsourceip");
  const endpointIds = [stranger.endpointId, ...named("aws:sourcevpce")].filter(
    (id) => id !== own?.endpointId,
  );
  const addresses = networks.length === 0 ? [undefined] : ["172.31.255.10", ...edgesOf(networks)];
  // One by one first: a policy can name hundreds of each.
  const throughs = [
    endpointIds.map((endpointId) => ({ endpointId })),
    [stranger.vpcId, own?.vpcId ?? stranger.vpcId, ...named("aws:sourcevpc")].map((vpcId) => ({ vpcId })),
    [stranger.accountId, home.ownerAccountId, ...named("aws:vpceaccount")].map((accountId) => ({
      accountId,
    })),
    [undefined, ...organisations].map((organisation) => ({ organisation })),
    addresses.map((sourceIp) => ({ sourceIp })),
  ].reduce<readonly Through[]>(
    (all, parts: readonly Partial<Through>[]) =>
      all.flatMap((one) => apart(parts).map((part) => ({ ...one, ...part }))),
    [stranger],
  );
  return throughs
    .filter(({ accountId, organisation }) => accountId !== home.ownerAccountId || organisation === undefined)
    .map((through) => ({ by: "other endpoint", through }));
}

function asked(through: Through | undefined, { ownerAccountId }: Home): AccessRequest {
  return {
    ...{ principal: { kind: "anonymous" }, action: "", resource: "", ownerAccountId, secureTransport: true },
    through,
  };
}

function publicRoutes(deciding: Deciding): readonly Route[] {
  const networks = valuesOf(deciding, "aws:sourceip");
  if (networks.length === 0) return [{ by: "internet", through: undefined, sourceIp: "198.51.100.10" }];
  const addresses = [...new Set(publicAddresses(networks))];
  const isNamed = (address: string) => networks.some((network) => inNetwork(network, address));
  const outsideFirst = [...addresses.filter((one) => !isNamed(one)), ...addresses.filter(isNamed)];
  return outsideFirst.map((sourceIp) => ({ by: "internet", through: undefined, sourceIp }));
}

/** In words; what is plain about a way is not said. */
export function routeInWords({ by, through, sourceIp }: Route, own: OwnEndpoint | undefined): string {
  if (by === "internet" || through === undefined) return `from ${sourceIp ?? "the internet"}`;
  const from = through.sourceIp === undefined ? "" : ` from ${through.sourceIp}`;
  if (by === "endpoint") return `through the endpoint${from}`;
  const { endpointId, vpcId, accountId, organisation } = through;
  const vpc = vpcId === own?.vpcId ? "the same VPC" : vpcId;
  const owner = accountId === stranger.accountId ? "" : ` of account ${accountId ?? ""}`;
  const of = vpcId === stranger.vpcId ? owner : ` in ${vpc}${owner}`;
  const member = organisation === undefined ? "" : ` of ${organisation.path}`;
  return `through ${endpointId === stranger.endpointId ? "another endpoint" : endpointId}${of}${member}${from}`;
}
