import { awsTypes, azureTypes } from "../../rehearsal/model/resourceTypes";
import type { Props, Recording, Value } from "../../rehearsal/model/recording";
import type { IkeError } from "../ike/settings";
import type { LabPlan } from "../plan/labPlan";

/** A copy of the first tunnel with one end changed, and how it must fail. */
export interface Twin {
  readonly name: string;
  readonly change: (recording: Recording) => Recording;
  readonly fails: Failure;
}

export type Failure =
  /** The daemons never agree on the tunnel itself. */
  | { readonly at: "ike"; readonly error: IkeError }
  /** The daemons authenticate each other and agree on no child. */
  | { readonly at: "child"; readonly error: IkeError }
  /** The tunnel comes up and its first renewal of keys fails. */
  | { readonly at: "renewal"; readonly error: IkeError }
  /** It does not fail: the control of another twin. */
  | { readonly at: "nowhere" }
  /** The tunnel comes up and BGP does not. */
  | { readonly at: "bgp"; readonly error: BgpError };

type BgpError = "no session" | "Bad peer AS";

/** The twins that a plan's first tunnel can have. */
export function twinsOf(plan: LabPlan): Twin[] {
  // A custom policy is one proposal; the default policy is a list.
  const pinned = plan.tunnels[0]?.azure.ike.length === 1;
  return [...(pinned ? policyTwins(plan) : defaultPolicyTwins(plan)), ...bgpTwins(plan)];
}

/** Twins of a tunnel with a custom policy. Azure's end changes, unless the name says otherwise. */
function policyTwins(plan: LabPlan): Twin[] {
  const noIke = { at: "ike", error: "NO_PROPOSAL_CHOSEN" } as const;
  const noChild = { at: "child", error: "NO_PROPOSAL_CHOSEN" } as const;
  const noRenewal = { at: "renewal", error: "NO_PROPOSAL_CHOSEN" } as const;
  const policy = (name: string, change: Props, fails: Failure): Twin => ({
    name,
    change: (recording) => changePolicy(recording, change),
    fails,
  });
  return [
    ...keyTwins(plan),
    {
      name: "IKE version on AWS's end",
      change: (recording) => changeAwsTunnel(recording, plan, { IkeVersions: ["ikev1"] }),
      fails: noIke,
    },
    policy("IKE encryption", { ikeEncryption: "AES128" }, noIke),
    policy("IKE integrity", { ikeIntegrity: "SHA256" }, noIke),
    policy("IKE Diffie-Hellman group", { dhGroup: "DHGroup14" }, noIke),
    policy("ESP encryption", { ipsecEncryption: "GCMAES128", ipsecIntegrity: "GCMAES128" }, noChild),
    policy("ESP integrity", { ipsecEncryption: "AES256", ipsecIntegrity: "SHA256" }, noChild),
    policy("PFS group", { pfsGroup: "PFS2048" }, noRenewal),
    policy("no PFS", { pfsGroup: "None" }, noRenewal),
    {
      name: "ESP encryption on AWS's end",
      change: (recording) =>
        changeAwsTunnel(recording, plan, { Phase2EncryptionAlgorithms: ["AES128-GCM-16"] }),
      fails: noChild,
    },
    {
      name: "PFS group on AWS's end",
      change: (recording) => changeAwsTunnel(recording, plan, { Phase2DhGroupNumbers: [19] }),
      fails: noRenewal,
    },
    ...selectorTwins(plan),
  ];
}

/** Twins of a tunnel whose Azure end has the gateway's default policy: only AWS's end has anything to change. */
function defaultPolicyTwins(plan: LabPlan): Twin[] {
  const aws = (name: string, change: Props, fails: Failure): Twin => ({
    name: `${name} on AWS's end`,
    change: (recording) => changeAwsTunnel(recording, plan, change),
    fails,
  });
  return [
    ...keyTwins(plan),
    // Microsoft's default policy knows group 2 in phase 1 and nothing above 14 or beside 24 in phase 2.
    aws(
      "IKE Diffie-Hellman group",
      { Phase1DhGroupNumbers: [14] },
      { at: "ike", error: "NO_PROPOSAL_CHOSEN" },
    ),
    aws(
      "IKE integrity",
      { Phase1IntegrityAlgorithms: ["SHA2-384"] },
      { at: "ike", error: "NO_PROPOSAL_CHOSEN" },
    ),
    aws(
      "ESP integrity",
      { Phase2IntegrityAlgorithms: ["SHA2-512"] },
      { at: "child", error: "NO_PROPOSAL_CHOSEN" },
    ),
    aws("PFS group", { Phase2DhGroupNumbers: [20] }, { at: "renewal", error: "NO_PROPOSAL_CHOSEN" }),
  ];
}

/** Twins of a tunnel with BGP. */
function bgpTwins(plan: LabPlan): Twin[] {
  const [tunnel] = plan.tunnels;
  const routing = tunnel?.azure.routing;
  if (routing?.kind !== "bgp") return [];
  const { address, peerAddress, asn, peerAsn } = routing;
  const site = (name: string, from: Scalar, to: Scalar, error: BgpError): Twin => ({
    name,
    change: (recording) => replaceIn(recording, azureTypes.localNetworkGateway, from, to),
    fails: { at: "bgp", error },
  });
  const elsewhere = "169.254.22.250";
  return [
    {
      name: "Azure's inside address",
      change: (recording) =>
        replaceIn(recording, azureTypes.virtualNetworkGatewayConnection, address, elsewhere),
      fails: { at: "bgp", error: "no session" },
    },
    site("AWS's inside address, as Azure knows it", peerAddress, elsewhere, "no session"),
    site("AWS's ASN, as Azure knows it", peerAsn, peerAsn + 1, "Bad peer AS"),
    {
      name: "Azure's ASN",
      change: (recording) => replaceIn(recording, azureTypes.virtualNetworkGateway, asn, asn + 1),
      fails: { at: "bgp", error: "Bad peer AS" },
    },
  ];
}

function keyTwins(plan: LabPlan): Twin[] {
  const key = plan.tunnels[0]?.azure.key ?? "";
  // The last character alone: as near as two keys can be.
  const other = `${key.slice(0, -1)}${key.endsWith("x") ? "y" : "x"}`;
  const fails = { at: "ike", error: "AUTHENTICATION_FAILED" } as const;
  return [
    {
      name: "pre-shared key",
      change: (recording) => replaceIn(recording, azureTypes.virtualNetworkGatewayConnection, key, other),
      fails,
    },
    {
      name: "pre-shared key on AWS's end",
      change: (recording) => replaceIn(recording, awsTypes.vpnConnection, key, other),
      fails,
    },
  ];
}

/** Both ends are told to carry two networks only; then AWS's end other ones. */
function selectorTwins(plan: LabPlan): Twin[] {
  const narrow = (local: string, remote: string) => (recording: Recording) =>
    changeAll(
      changeAll(recording, awsTypes.vpnConnection, {
        localIpv4NetworkCidr: local,
        remoteIpv4NetworkCidr: remote,
      }),
      azureTypes.virtualNetworkGatewayConnection,
      { usePolicyBasedTrafficSelectors: true },
    );
  const withPrefixes = (change: Twin["change"]) => (recording: Recording) =>
    changeAll(change(recording), azureTypes.localNetworkGateway, {
      localNetworkAddressSpace: { addressPrefixes: [plan.aws.network] },
    });
  return [
    {
      name: "selectors of two networks, alike on both ends (control)",
      change: withPrefixes(narrow(plan.azure.networks[0] ?? "", plan.aws.network)),
      fails: { at: "nowhere" },
    },
    {
      name: "selectors on AWS's end",
      change: withPrefixes(narrow("10.99.0.0/24", "10.98.0.0/24")),
      fails: { at: "child", error: "TS_UNACCEPTABLE" },
    },
  ];
}

function changePolicy(recording: Recording, change: Props): Recording {
  return mapInputs(recording, azureTypes.virtualNetworkGatewayConnection, (inputs) => {
    const policies = inputs["ipsecPolicies"];
    const changed = (Array.isArray(policies) ? (policies as readonly Props[]) : []).map((one) => ({
      ...one,
      ...change,
    }));
    return { ...inputs, ipsecPolicies: changed };
  });
}

/** Options of the AWS tunnel that the plan's first tunnel is. */
function changeAwsTunnel(recording: Recording, plan: LabPlan, change: Props): Recording {
  const address = plan.tunnels[0]?.aws.outsideAddress;
  return {
    ...recording,
    resources: recording.resources.map((one) => {
      const slot = [1, 2].find((n) => one.outputs[`tunnel${n}Address`] === address);
      if (one.type !== awsTypes.vpnConnection || slot === undefined) return one;
      const options = Object.entries(change).map(([option, value]) => [`tunnel${slot}${option}`, value]);
      return { ...one, inputs: { ...one.inputs, ...(Object.fromEntries(options) as Props) } };
    }),
  };
}

function changeAll(recording: Recording, type: string, change: Props): Recording {
  return mapInputs(recording, type, (inputs) => ({ ...inputs, ...change }));
}

type Scalar = string | number;

/** Puts one value in another's place, wherever the inputs of a type's resources hold it. */
function replaceIn(recording: Recording, type: string, from: Scalar, to: Scalar): Recording {
  const replace = (value: Value): Value => {
    if (typeof value === "string" || typeof value === "number") {
      if (String(value) !== String(from)) return value;
      // An ASN is a number in Azure and a string of digits in AWS.
      return typeof value === "string" ? String(to) : to;
    }
    if (Array.isArray(value)) return (value as readonly Value[]).map(replace);
    return typeof value === "object" && value !== null ? replaceProps(value as Props) : value;
  };
  const replaceProps = (props: Props): Props =>
    Object.fromEntries(Object.entries(props).map(([name, value]) => [name, replace(value)]));
  return mapInputs(recording, type, replaceProps);
}

function mapInputs(recording: Recording, type: string, change: (inputs: Props) => Props): Recording {
  return {
    ...recording,
    resources: recording.resources.map((one) =>
      one.type === type ? { ...one, inputs: change(one.inputs) } : one,
    ),
  };
}
