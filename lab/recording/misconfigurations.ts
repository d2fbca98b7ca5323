import type { Props, Recording } from "../../rehearsal/model/recording";
import { awsTypes, azureTypes } from "../../rehearsal/model/resourceTypes";
import { isList, isProps } from "../../rehearsal/model/values";
import type { IkeError } from "../ike/settings";
import type { LabPlan } from "../plan/labPlan";
import { mapResources, mapScalars } from "./edit";

/** The first tunnel with one end changed, and how it must fail. */
export interface Misconfiguration {
  readonly name: string;
  readonly change: (recording: Recording) => Recording;
  readonly fails: Failure;
}

export type Failure =
  /**
   * `ike`: the ends agree on no IKE association. `child`: they authenticate each other and agree on no child.
   * `rekeying`: the tunnel comes up and its first rekeying fails.
   */
  | { readonly at: "ike" | "child" | "rekeying"; readonly error: IkeError }
  /** The tunnel comes up and BGP does not. */
  | { readonly at: "bgp"; readonly error: "no session" | "Bad peer AS" }
  /** It does not fail: a control. */
  | { readonly at: "nowhere" };

const noIke: Failure = { at: "ike", error: "NO_PROPOSAL_CHOSEN" };
const noChild: Failure = { at: "child", error: "NO_PROPOSAL_CHOSEN" };
const noRekeying: Failure = { at: "rekeying", error: "NO_PROPOSAL_CHOSEN" };

/** The misconfigurations that a plan's first tunnel can have. */
export function misconfigurationsOf(plan: LabPlan): Misconfiguration[] {
  return [
    ...ofKeys(plan),
    ...(hasCustomPolicy(plan) ? [...ofCustomPolicy(plan), ...ofSelectors(plan)] : ofDefaultPolicy(plan)),
    ...ofBgp(plan),
  ];
}

/** A custom policy is one proposal; the default policy is a list. */
export function hasCustomPolicy(plan: LabPlan): boolean {
  return plan.tunnels[0]?.azure.ike.length === 1;
}

/** Of a tunnel with a custom policy. Azure's end changes, unless the name says otherwise. */
function ofCustomPolicy(plan: LabPlan): Misconfiguration[] {
  const azure = (name: string, change: Props, fails: Failure): Misconfiguration => ({
    name,
    change: (recording) =>
      changeAll(recording, azureTypes.virtualNetworkGatewayConnection, ({ ipsecPolicies }) => ({
        ipsecPolicies: isList(ipsecPolicies)
          ? ipsecPolicies.filter(isProps).map((policy) => ({ ...policy, ...change }))
          : [],
      })),
    fails,
  });
  return [
    onAws(plan, "IKE version", { IkeVersions: ["ikev1"] }, noIke),
    azure("IKE encryption", { ikeEncryption: "AES128" }, noIke),
    azure("IKE integrity", { ikeIntegrity: "SHA256" }, noIke),
    azure("IKE Diffie-Hellman group", { dhGroup: "DHGroup14" }, noIke),
    azure("ESP encryption", { ipsecEncryption: "GCMAES128", ipsecIntegrity: "GCMAES128" }, noChild),
    azure("ESP integrity", { ipsecEncryption: "AES256", ipsecIntegrity: "SHA256" }, noChild),
    azure("PFS group", { pfsGroup: "PFS2048" }, noRekeying),
    azure("no PFS", { pfsGroup: "None" }, noRekeying),
    onAws(plan, "ESP encryption", { Phase2EncryptionAlgorithms: ["AES128-GCM-16"] }, noChild),
    onAws(plan, "PFS group", { Phase2DhGroupNumbers: [19] }, noRekeying),
  ];
}

/**
 * Of a tunnel whose Azure end has the gateway's default policy: only AWS's end has parameters to change. Microsoft's
 * default policy has group 2 alone in phase 1, and groups up to 14 and 24 in phase 2.
 */
function ofDefaultPolicy(plan: LabPlan): Misconfiguration[] {
  return [
    onAws(plan, "IKE Diffie-Hellman group", { Phase1DhGroupNumbers: [14] }, noIke),
    onAws(plan, "IKE integrity", { Phase1IntegrityAlgorithms: ["SHA2-384"] }, noIke),
    onAws(plan, "ESP integrity", { Phase2IntegrityAlgorithms: ["SHA2-512"] }, noChild),
    onAws(plan, "PFS group", { Phase2DhGroupNumbers: [20] }, noRekeying),
  ];
}

function ofBgp({ tunnels: [tunnel] }: LabPlan): Misconfiguration[] {
  const routing = tunnel?.azure.routing;
  if (routing?.kind !== "bgp") return [];
  const { address, peerAddress, asn, peerAsn } = routing;
  const { localNetworkGateway, virtualNetworkGateway, virtualNetworkGatewayConnection } = azureTypes;
  const noSession: Failure = { at: "bgp", error: "no session" };
  const badAsn: Failure = { at: "bgp", error: "Bad peer AS" };
  const other = "169.254.22.250";
  return [
    replacing("Azure's inside address", virtualNetworkGatewayConnection, [address, other], noSession),
    replacing("AWS's inside address in Azure", localNetworkGateway, [peerAddress, other], noSession),
    replacing("AWS's ASN in Azure", localNetworkGateway, [peerAsn, peerAsn + 1], badAsn),
    replacing("Azure's ASN", virtualNetworkGateway, [asn, asn + 1], badAsn),
  ];
}

function ofKeys({ tunnels: [tunnel] }: LabPlan): Misconfiguration[] {
  const key = tunnel?.azure.key ?? "";
  // Only the last character differs: the smallest difference that two keys can have.
  const other = `${key.slice(0, -1)}${key.endsWith("x") ? "y" : "x"}`;
  const refused: Failure = { at: "ike", error: "AUTHENTICATION_FAILED" };
  return [
    replacing("pre-shared key", azureTypes.virtualNetworkGatewayConnection, [key, other], refused),
    replacing("pre-shared key on AWS's end", awsTypes.vpnConnection, [key, other], refused),
  ];
}

/** Both ends have selectors of two networks only; then AWS's end has different ones. */
function ofSelectors({ azure, aws }: LabPlan): Misconfiguration[] {
  const [azureNetwork = "", awsNetwork = ""] = [azure.networks[0], aws.networks[0]];
  const narrow = (local: string, remote: string) => (recording: Recording) => {
    const inputsByType: Readonly<Record<string, Props>> = {
      [awsTypes.vpnConnection]: { localIpv4NetworkCidr: local, remoteIpv4NetworkCidr: remote },
      [azureTypes.virtualNetworkGatewayConnection]: { usePolicyBasedTrafficSelectors: true },
      [azureTypes.localNetworkGateway]: { localNetworkAddressSpace: { addressPrefixes: [awsNetwork] } },
    };
    return mapResources(recording, ({ type, inputs }) => ({ inputs: { ...inputs, ...inputsByType[type] } }));
  };
  return [
    {
      name: "selectors of two networks, the same on both ends (control)",
      change: narrow(azureNetwork, awsNetwork),
      fails: { at: "nowhere" },
    },
    {
      name: "selectors on AWS's end",
      change: narrow("10.99.0.0/24", "10.98.0.0/24"),
      fails: { at: "child", error: "TS_UNACCEPTABLE" },
    },
  ];
}

/** Other options for the AWS tunnel that is the plan's first. */
function onAws(plan: LabPlan, name: string, change: Props, fails: Failure): Misconfiguration {
  const address = plan.tunnels[0]?.aws.outsideAddress;
  return {
    name: `${name} on AWS's end`,
    change: (recording) =>
      changeAll(recording, awsTypes.vpnConnection, (_inputs, outputs) => {
        const slot = [1, 2].find((n) => outputs[`tunnel${n}Address`] === address);
        if (slot === undefined) return {};
        const options = Object.entries(change).map(([option, value]) => [`tunnel${slot}${option}`, value]);
        return Object.fromEntries(options) as Props;
      }),
    fails,
  };
}

type Scalar = string | number;

/** One value in another's place, everywhere in the inputs of a type's resources. */
function replacing(
  name: string,
  type: string,
  [from, to]: readonly [Scalar, Scalar],
  fails: Failure,
): Misconfiguration {
  // An ASN is a number in Azure and a string of digits in AWS.
  const replace = (scalar: Scalar): Scalar =>
    String(scalar) !== String(from) ? scalar : typeof scalar === "string" ? String(to) : to;
  return {
    name,
    change: (recording) => changeAll(recording, type, (inputs) => mapScalars(inputs, replace)),
    fails,
  };
}

function changeAll(
  recording: Recording,
  type: string,
  change: (inputs: Props, outputs: Props) => Props,
): Recording {
  return mapResources(recording, (one) =>
    one.type === type ? { inputs: { ...one.inputs, ...change(one.inputs, one.outputs) } } : undefined,
  );
}
