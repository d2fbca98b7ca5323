import { randomTypes } from "../model/resourceTypes";
import type { AwsTunnel } from "../estate/aws";
import type { AzureConnection } from "../estate/azure";
import type { AwsEnd } from "../estate/tunnelEnds";
import type { TunnelCheck } from "./check";
import { text } from "../model/values";
import type { Estate } from "../estate/estate";
import { agreed, awsOffers, azureOffers, describeProposals, type Offers, type Proposal } from "./negotiation";
import type { Props } from "../model/recording";

/** What IKE and IPsec negotiate, and what they only assume. */
export function ipsecChecks(azure: AzureConnection, aws: AwsEnd): readonly TunnelCheck[] {
  const { tunnel } = aws;
  const places = [azure.resource.urn, aws.connection.resource.urn];
  const ends = { azure: azureOffers(azure.policy), aws: awsOffers(tunnel) };
  const check = (
    row: Omit<TunnelCheck, "places" | "breaks"> & { readonly breaks?: boolean },
  ): TunnelCheck => ({
    breaks: true,
    places,
    ...row,
  });
  return [
    check(keyCheck(azure, tunnel)),
    check({
      what: "IKE version",
      azure: azure.protocol ?? "none",
      aws: tunnel.ikeVersions.join(", ") || "any",
      ok:
        azure.type === "IPsec" &&
        azure.protocol === "IKEv2" &&
        tunnel.ikeVersions.length === 1 &&
        tunnel.ikeVersions[0] === "ikev2",
      rule: "both ends use IPsec with IKEv2, and AWS nothing older",
    }),
    check(phase1Check(ends)),
    check(phase2Check(ends)),
    check(renewalCheck(ends)),
    check({
      what: "one suite",
      azure: azure.policy === undefined ? "its default policy" : "pinned",
      aws: ends.aws.pinned ? "pinned" : "lists",
      ok: ends.aws.pinned && (azure.policy !== undefined || azure.gateway?.sku === "Basic"),
      breaks: false,
      rule: "both ends are pinned to one suite wherever the SKU allows it: AWS tries its lists from the weakest up",
    }),
    check(lifetimeCheck(ends)),
    check(dialCheck(azure, tunnel)),
    check(deadPeerCheck(azure, tunnel)),
    check({
      what: "traffic selectors",
      azure: azure.usePolicyBasedSelectors ? "policy-based" : "0.0.0.0/0",
      aws: `${aws.connection.localCidr} to ${aws.connection.remoteCidr}`,
      ok:
        !azure.usePolicyBasedSelectors &&
        aws.connection.localCidr === "0.0.0.0/0" &&
        aws.connection.remoteCidr === "0.0.0.0/0",
      rule: "a route-based Azure gateway offers 0.0.0.0/0 both ways; narrower selectors are refused (TS_UNACCEPTABLE)",
    }),
  ];
}

type Row = Omit<TunnelCheck, "places" | "breaks"> & { readonly breaks?: boolean };

function keyCheck(azure: AzureConnection, tunnel: AwsTunnel): Row {
  const length = (key: string | undefined) =>
    key === undefined ? "none" : `${String(key.length)} characters`;
  return {
    what: "pre-shared key",
    azure: length(azure.key),
    aws: length(tunnel.key),
    ok: azure.key !== undefined && azure.key === tunnel.key,
    rule: "both ends hold the same key",
  };
}

function phase1Check(ends: { readonly azure: Offers; readonly aws: Offers }): Row {
  return {
    what: "phase 1",
    azure: describeProposals(ends.azure.ike),
    aws: describeProposals(ends.aws.ike),
    ok: agreed(ends.aws.ike, ends.azure.ike) !== undefined,
    rule: "AWS, which initiates, offers a phase 1 suite that Azure accepts",
  };
}

/** The first phase-2 keys are made without a group of their own, so PFS is no part of this. */
function phase2Check(ends: { readonly azure: Offers; readonly aws: Offers }): Row {
  return {
    what: "phase 2",
    azure: describeProposals(ends.azure.espAsResponder),
    aws: describeProposals(ends.aws.espAsInitiator),
    ok: agreed(ends.aws.espAsInitiator, ends.azure.espAsResponder, "dhGroup") !== undefined,
    rule: "AWS, which initiates, offers a phase 2 suite that Azure accepts",
  };
}

/** Whoever's keys expire first renews them; at equal lifetimes it may be either. */
function renewalCheck(ends: { readonly azure: Offers; readonly aws: Offers }): Row {
  const { azure, aws } = ends;
  const byAws = agreed(aws.espAsInitiator, azure.espAsResponder) !== undefined;
  const byAzure = agreed(azure.espAsInitiator, aws.espAsResponder) !== undefined;
  const renews = azure.espLifetimeSeconds - aws.espLifetimeSeconds;
  return {
    what: "renewal with PFS",
    azure: `${groups(azure.espAsResponder)}, after ${String(azure.espLifetimeSeconds)} s`,
    aws: `${groups(aws.espAsInitiator)}, after ${String(aws.espLifetimeSeconds)} s`,
    ok: renews > 0 ? byAws : renews < 0 ? byAzure : byAws && byAzure,
    rule: "the end whose phase 2 keys expire first offers a PFS group that the other accepts, else the tunnel dies at the first renewal",
  };
}

function groups(proposals: readonly Proposal[]): string {
  const names = [...new Set(proposals.map(({ dhGroup }) => dhGroup))].sort((one, other) => one - other);
  return names
    .map((group) => (group === 0 ? "no group" : `group ${group}`))
    .join(", ")
    .replaceAll(", group", ",");
}

function lifetimeCheck(ends: { readonly azure: Offers; readonly aws: Offers }): Row {
  const { azure, aws } = ends;
  return {
    what: "lifetimes",
    azure: `${String(azure.ikeLifetimeSeconds)} / ${String(azure.espLifetimeSeconds)} s`,
    aws: `${String(aws.ikeLifetimeSeconds)} / ${String(aws.espLifetimeSeconds)} s`,
    ok:
      aws.ikeLifetimeSeconds === azure.ikeLifetimeSeconds &&
      (azure.pinned
        ? aws.espLifetimeSeconds === azure.espLifetimeSeconds
        : aws.espLifetimeSeconds < azure.espLifetimeSeconds),
    breaks: false,
    rule: "phase 1 lasts 28,800 s at both ends; phase 2 as long at both, or shorter at AWS where Azure cannot be pinned",
  };
}

/** @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp on who must dial */
function dialCheck(azure: AzureConnection, tunnel: AwsTunnel): Row {
  const awsDials = tunnel.startupAction === "start";
  const azureAnswers =
    azure.policy === undefined ? azure.mode !== "InitiatorOnly" : azure.mode === "ResponderOnly";
  return {
    what: "who initiates",
    azure: azure.mode,
    aws: tunnel.startupAction,
    ok: awsDials && azureAnswers,
    rule: "AWS initiates and Azure responds: an AWS endpoint that only waits stays down after maintenance",
  };
}

function deadPeerCheck(azure: AzureConnection, tunnel: AwsTunnel): Row {
  const { dpdTimeoutSeconds: azureSeconds } = azure;
  const { dpdTimeoutSeconds: awsSeconds, dpdTimeoutAction } = tunnel;
  return {
    what: "dead peer detection",
    azure: azureSeconds === undefined ? "unset" : `${azureSeconds} s`,
    aws: `${awsSeconds === undefined ? "unset" : `${awsSeconds} s`}, ${dpdTimeoutAction}`,
    ok:
      azureSeconds !== undefined &&
      azureSeconds >= 30 &&
      azureSeconds <= 45 &&
      awsSeconds !== undefined &&
      awsSeconds >= 30 &&
      awsSeconds <= 45 &&
      dpdTimeoutAction === "restart",
    breaks: false,
    rule: "both ends detect a dead peer within 30 to 45 s, and AWS, which initiates, connects again",
  };
}

/** What AWS alone decides, also for the tunnel that Azure leaves unused. */
export function spareChecks(estate: Estate, aws: AwsEnd): readonly TunnelCheck[] {
  const { connection, tunnel } = aws;
  const [one, other] = connection.tunnels;
  const differing = differingOptions(connection.resource.inputs);
  const made = estate
    .ofType(randomTypes.randomPassword)
    .some((password) => text(password.outputs, "result") === tunnel.key);
  const base = { azure: "", breaks: false, places: [connection.resource.urn] };
  return [
    {
      ...base,
      what: "both slots alike",
      aws: differing.length === 0 ? "alike" : `differ in ${differing.join(", ")}`,
      ok: differing.length === 0,
      rule: "both tunnels of an AWS connection have the same options, keys and inside networks apart",
    },
    {
      ...base,
      what: "key made here",
      aws: made ? "made here" : "from elsewhere",
      ok: made && one.key !== other.key,
      rule: "every tunnel has a generated key of its own, the unused one too: AWS would make up a weaker one",
    },
  ];
}

/** Options of tunnel 1 that tunnel 2 does not share, without the slot's number. */
function differingOptions(inputs: Props): string[] {
  const options = (slot: 1 | 2) =>
    new Map(
      Object.entries(inputs)
        .filter(([name]) => name.startsWith(`tunnel${slot}`))
        .map(([name, value]) => [name.slice("tunnel1".length), JSON.stringify(value)]),
    );
  const [first, second] = [options(1), options(2)];
  return [...new Set([...first.keys(), ...second.keys()])]
    .filter((name) => name !== "InsideCidr" && name !== "PresharedKey")
    .filter((name) => first.get(name) !== second.get(name));
}
