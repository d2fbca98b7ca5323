import { isAddress, isNetwork } from "../../../model/addresses";
import { UNKNOWN, type Props, type Refusal, type Value } from "../../../model/recording";
import { azureTypes } from "../../../model/resourceTypes";
import { isList, isProps, knownStrings, number, text, valuesAt } from "../../../model/values";
import type { ResourceRecord } from "../../cloudType";
import { access, address, none } from "../../impact";
import { aboutMinutes, refuseIf, words } from "../../rules";
import { networkType } from "../azure";
import { azureImpacts } from "../impacts";
import { refuseLocation } from "../location";
import { azure, networkPermissions } from "../permissions";

const type = azureTypes.networkSecurityGroup;
const overview = "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview";
const property = "securityRules";

export const networkSecurityGroup: ResourceRecord = {
  ...networkType("networkSecurityGroups", "networkSecurityGroupName"),
  properties: words(`
    flushConnection id location networkSecurityGroupName resourceGroupName tags.*
    securityRules.access securityRules.description securityRules.destinationAddressPrefix
    securityRules.destinationAddressPrefixes securityRules.destinationApplicationSecurityGroups.*
    securityRules.destinationPortRange securityRules.destinationPortRanges securityRules.direction securityRules.id
    securityRules.name securityRules.priority securityRules.protocol securityRules.sourceAddressPrefix
    securityRules.sourceAddressPrefixes securityRules.sourceApplicationSecurityGroups.*
    securityRules.sourcePortRange securityRules.sourcePortRanges securityRules.type`),
  permissions: azure("Microsoft.Network/networkSecurityGroups", networkPermissions),
  impact: azureImpacts({
    create: none("a group filters nothing before a subnet uses it", overview),
    replace: address("its id is an output; while it is replaced the client subnet has no rules", overview),
    replacing: "networkSecurityGroupName",
    properties: {
      securityRules: access("what the client subnet lets through changes at once", overview),
    },
  }),
  create: aboutMinutes(0.1, "a security group is there within seconds"),
  update: aboutMinutes(0.1, "a security group changes within seconds"),
  delete: aboutMinutes(0.1, "a security group goes within seconds"),
  refuse: (inputs, cloud, { id }) => {
    const rules = isList(inputs[property]) ? inputs[property].filter(isProps) : [];
    return [
      ...refuseLocation(type, inputs, cloud, id),
      ...rules.flatMap(refuseRule),
      ...rules.flatMap((rule, at) => rules.slice(0, at).flatMap((earlier) => refusePair(earlier, rule))),
    ];
  },
};

const choices: Readonly<Record<string, readonly string[]>> = {
  access: ["Allow", "Deny"],
  direction: ["Inbound", "Outbound"],
  protocol: ["*", "Tcp", "Udp", "Icmp", "Esp", "Ah"],
};

function refuseRule(rule: Props): readonly Refusal[] {
  const name = text(rule, "name") ?? "a rule without a name";
  const priority = number(rule, "priority");
  const wrongChoices = Object.entries(choices).filter(([key, allowed]) => !isKnownAs(rule[key], allowed));
  return [
    ...wrongChoices.map(([key, allowed]) => ({
      code: "InvalidRequestFormat",
      message: `rule ${name}: ${key} must be one of ${allowed.join(", ")}`,
      property: `${property}.${key}`,
      source: overview,
    })),
    ...refuseIf(
      rule["priority"] !== UNKNOWN && (priority === undefined || priority < 100 || priority > 4096),
      {
        code: "SecurityRuleInvalidPriority",
        message: `rule ${name}: priority ${priority ?? "absent"} is outside 100-4096`,
        property: `${property}.priority`,
        source: overview,
      },
    ),
    ...["source", "destination"].flatMap((end) => refuseEnd(rule, name, end)),
  ];
}

function refuseEnd(rule: Props, name: string, end: string): readonly Refusal[] {
  const prefixes = [`${end}AddressPrefix`, `${end}AddressPrefixes`, `${end}ApplicationSecurityGroups`];
  const wrongPrefixes = knownStrings(rule, `${end}AddressPrefix`)
    .concat(knownStrings(rule, `${end}AddressPrefixes`))
    .filter((prefix) => !isPrefix(prefix));
  const ports = knownStrings(rule, `${end}PortRange`).concat(knownStrings(rule, `${end}PortRanges`));
  return [
    ...refuseIf(
      prefixes.every((key) => valuesAt(rule, key).length === 0),
      {
        code: "SecurityRuleInvalidAddressPrefix",
        message: `rule ${name}: the ${end} address is missing`,
        property: `${property}.${end}AddressPrefix`,
        source: overview,
      },
    ),
    ...wrongPrefixes.map((prefix) => ({
      code: "SecurityRuleInvalidAddressPrefix",
      message: `rule ${name}: '${prefix}' is neither an address prefix nor a service tag`,
      property: `${property}.${end}AddressPrefix`,
      source: overview,
    })),
    ...ports
      .filter((range) => !isPortRange(range))
      .map((range) => ({
        code: "SecurityRuleInvalidPortRange",
        message: `rule ${name}: '${range}' is not a port, a range of ports or '*'`,
        property: `${property}.${end}PortRange`,
        source: overview,
      })),
  ];
}

function refusePair(earlier: Props, rule: Props): readonly Refusal[] {
  const names = `rules ${text(earlier, "name") ?? "?"} and ${text(rule, "name") ?? "?"}`;
  const samePlace =
    number(earlier, "priority") === number(rule, "priority") && earlier["direction"] === rule["direction"];
  return [
    ...refuseIf(samePlace && number(rule, "priority") !== undefined, {
      code: "SecurityRuleConflict",
      message: `${names} have the same priority and direction`,
      property: `${property}.priority`,
      source: overview,
    }),
    ...refuseIf(text(earlier, "name") === text(rule, "name"), {
      code: "DuplicateResourceName",
      message: `${names} have the same name`,
      property: `${property}.name`,
      source: overview,
    }),
  ];
}

function isKnownAs(value: Value | undefined, allowed: readonly string[]): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "string" && allowed.some((one) => one.toLowerCase() === value.toLowerCase());
}

/** An address, a network, everything, or the name of a service tag such as `VirtualNetwork` or `Storage.JapanEast`. */
function isPrefix(text: string): boolean {
  return text === "*" || isAddress(text) || isNetwork(text) || /^[A-Z][A-Za-z]+(\.[A-Za-z0-9]+)?$/.test(text);
}

function isPortRange(text: string): boolean {
  if (text === "*") return true;
  const [from = -1, to = from, ...more] = text
    .split("-")
    .map((port) => (/^\d+$/.test(port) ? Number(port) : -1));
  return more.length === 0 && from >= 0 && from <= to && to <= 65535;
}
