import { covers, isNetwork, overlap, prefixLength } from "../../../model/addresses";
import type { Props, Refusal } from "../../../model/recording";
import { knownStrings, number, text, valuesAt } from "../../../model/values";
import type { LiveResource } from "../../cloudType";
import { refuseIf, words } from "../../rules";

const options = "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html";
const startDocs = "https://docs.aws.amazon.com/vpn/latest/s2svpn/initiate-vpn-tunnels.html";

export type Slot = 1 | 2;

export function tunnelProperties(slot: Slot): readonly string[] {
  return words(`
    DpdTimeoutAction DpdTimeoutSeconds EnableTunnelLifecycleControl IkeVersions InsideCidr InsideIpv6Cidr
    LogOptions.cloudwatchLogOptions.bgpLogEnabled LogOptions.cloudwatchLogOptions.bgpLogGroupArn
    LogOptions.cloudwatchLogOptions.bgpLogOutputFormat LogOptions.cloudwatchLogOptions.logEnabled
    LogOptions.cloudwatchLogOptions.logGroupArn LogOptions.cloudwatchLogOptions.logOutputFormat
    Phase1DhGroupNumbers Phase1EncryptionAlgorithms Phase1IntegrityAlgorithms Phase1LifetimeSeconds
    Phase2DhGroupNumbers Phase2EncryptionAlgorithms Phase2IntegrityAlgorithms Phase2LifetimeSeconds PresharedKey
    RekeyFuzzPercentage RekeyMarginTimeSeconds ReplayWindowSize StartupAction`).map(
    (name) => `tunnel${slot}${name}`,
  );
}

const encryption = ["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"];
const integrity = ["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"];
const groups = [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];

const choices: Readonly<Record<string, readonly (string | number)[]>> = {
  IkeVersions: ["ikev1", "ikev2"],
  Phase1EncryptionAlgorithms: encryption,
  Phase2EncryptionAlgorithms: encryption,
  Phase1IntegrityAlgorithms: integrity,
  Phase2IntegrityAlgorithms: integrity,
  Phase1DhGroupNumbers: groups,
  Phase2DhGroupNumbers: [5, ...groups],
  DpdTimeoutAction: ["clear", "none", "restart"],
  StartupAction: ["add", "start"],
};

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  Phase1LifetimeSeconds: [900, 28800],
  Phase2LifetimeSeconds: [900, 3600],
  RekeyFuzzPercentage: [0, 100],
  ReplayWindowSize: [64, 2048],
  DpdTimeoutSeconds: [30, Number.MAX_SAFE_INTEGER],
};

/** What AWS reserves: https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html */
export const reservedInside = [
  ...[0, 1, 2, 3, 4, 5].map((third) => `169.254.${third}.0/30`),
  "169.254.169.252/30",
];

/** One tunnel's options, each against its documented values. */
export function refuseTunnel(inputs: Props, slot: Slot): readonly Refusal[] {
  const at = (name: string): string => `tunnel${slot}${name}`;
  const wrongChoices = Object.entries(choices).flatMap(([name, allowed]) =>
    valuesAt(inputs, at(name))
      .filter(
        (value) =>
          (typeof value === "number" || knownStrings(value, "").length > 0) &&
          !allowed.includes(value as never),
      )
      .map((value) => invalid(at(name), `${JSON.stringify(value)} is not one of ${allowed.join(", ")}`)),
  );
  const wrongNumbers = Object.entries(ranges).flatMap(([name, [least, most]]) => {
    const value = number(inputs, at(name));
    const limit = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `${least}-${most}`;
    return value === undefined || (value >= least && value <= most)
      ? []
      : [invalid(at(name), `${value} is not ${limit}`)];
  });
  return [
    ...wrongChoices,
    ...wrongNumbers,
    ...refuseLifetimes(inputs, at),
    ...refuseKey(inputs, at("PresharedKey")),
    ...refuseInside(inputs, at("InsideCidr")),
    ...refuseStart(inputs, at),
    ...refuseLogs(inputs, at("LogOptions")),
  ];
}

/** Both tunnels of a connection, and those of the other connections of the same gateway. */
export function refuseTunnelPair(inputs: Props, others: readonly LiveResource[]): readonly Refusal[] {
  const own = ([1, 2] as const).map((slot) => text(inputs, `tunnel${slot}InsideCidr`));
  const taken = others.flatMap(({ outputs }) => [
    ...knownStrings(outputs, "tunnel1InsideCidr"),
    ...knownStrings(outputs, "tunnel2InsideCidr"),
  ]);
  return own.flatMap((range, at) => {
    if (range === undefined) return [];
    const clash = [...(at === 1 && own[0] !== undefined ? [own[0]] : []), ...taken].find((other) =>
      overlap(other, range),
    );
    return refuseIf(clash !== undefined, {
      ...invalid(
        `tunnel${at + 1}InsideCidr`,
        `${range} overlaps ${clash ?? ""} of another tunnel of the same gateway`,
      ),
    });
  });
}

/**
 * The provider changes tunnel 1 first, while tunnel 2 still has its old addresses: a swap needs others in between.
 * guess: that EC2 then answers as for a new connection; it changes one tunnel at a time
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpnTunnelOptions.html).
 */
export function refuseSwap(inputs: Props, before: Props | undefined): readonly Refusal[] {
  const [first, second] = [text(inputs, "tunnel1InsideCidr"), text(before, "tunnel2InsideCidr")];
  return refuseIf(
    first !== undefined && second !== undefined && overlap(first, second),
    invalid("tunnel1InsideCidr", `${first ?? ""} is still in use by tunnel 2 of the same connection`),
  );
}

function refuseLifetimes(inputs: Props, at: (name: string) => string): readonly Refusal[] {
  const phase1 = number(inputs, at("Phase1LifetimeSeconds")) ?? 28800;
  const phase2 = number(inputs, at("Phase2LifetimeSeconds")) ?? 3600;
  const margin = number(inputs, at("RekeyMarginTimeSeconds"));
  return [
    ...refuseIf(
      phase2 >= phase1,
      invalid(at("Phase2LifetimeSeconds"), `${phase2} is not below phase 1's ${phase1}`),
    ),
    ...refuseIf(
      margin !== undefined && (margin < 60 || margin > phase2 / 2),
      invalid(
        at("RekeyMarginTimeSeconds"),
        `${margin ?? 0} is not 60-${phase2 / 2}, half of the phase 2 lifetime`,
      ),
    ),
  ];
}

/** The key itself stays out of the message. */
function refuseKey(inputs: Props, property: string): readonly Refusal[] {
  const key = text(inputs, property);
  const rule = "the key must be 8-64 letters, digits, periods and underscores, and may not start with zero";
  return refuseIf(
    key !== undefined && !/^[A-Za-z1-9._][A-Za-z0-9._]{7,63}$/.test(key),
    invalid(property, rule),
  );
}

function refuseInside(inputs: Props, property: string): readonly Refusal[] {
  const range = text(inputs, property);
  if (range === undefined) return [];
  const shaped = isNetwork(range) && prefixLength(range) === 30 && covers("169.254.0.0/16", range);
  return [
    ...refuseIf(!shaped, invalid(property, `${range} is not a /30 of 169.254.0.0/16`)),
    ...refuseIf(reservedInside.includes(range), invalid(property, `${range} is reserved by AWS`)),
  ];
}

/** AWS initiates with IKEv2 only, and to an address: that of the customer gateway, which that type's rules require. */
function refuseStart(inputs: Props, at: (name: string) => string): readonly Refusal[] {
  const versions = knownStrings(inputs, at("IkeVersions"));
  return refuseIf(text(inputs, at("StartupAction")) === "start" && versions.includes("ikev1"), {
    ...invalid(
      at("StartupAction"),
      "AWS initiates a tunnel with IKEv2 only, and needs the customer gateway's address",
    ),
    source: startDocs,
  });
}

function refuseLogs(inputs: Props, property: string): readonly Refusal[] {
  const logs = valuesAt(inputs, `${property}.cloudwatchLogOptions`)[0];
  return ["log", "bgpLog"].flatMap((kind) => {
    const format = text(logs, `${kind}OutputFormat`);
    const group = valuesAt(logs, `${kind}GroupArn`).length;
    return [
      ...refuseIf(
        valuesAt(logs, `${kind}Enabled`)[0] === true && group === 0,
        invalid(property, `${kind}Enabled needs ${kind}GroupArn`),
      ),
      ...refuseIf(
        format !== undefined && !["json", "text"].includes(format),
        invalid(property, `'${format ?? ""}' is not json or text`),
      ),
    ];
  });
}

function invalid(property: string, rule: string): Refusal {
  return {
    code: "InvalidParameterValue",
    message: `invalid value for ${property}: ${rule}`,
    property,
    source: options,
  };
}
