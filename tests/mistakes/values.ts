import { settingKeys, settingsSchema } from "../../settings/schema";
import type { SettingMistake } from "./mistake";

/** Words and numbers that other programs take for true or false; a number shows as the text that Pulumi keeps. */
const likeSwitches = [
  { value: "on", shown: "on" },
  { value: "TRUE", shown: "TRUE" },
  { value: "1", shown: '"1"' },
  { value: 0, shown: '"0"' },
];

/** Every switch refuses them alike, and shows as an example what it is not by default. */
const switchMistakes = settingKeys.flatMap((key): readonly SettingMistake[] => {
  const usual = settingsSchema.shape[key].safeParse(undefined).data;
  if (typeof usual !== "boolean") return [];
  return likeSwitches.map(({ value, shown }) => ({
    what: `${key} as ${shown}`,
    given: { [key]: value },
    says: `${key} is ${shown}, but it must be true or false; for example ${String(!usual)}`,
  }));
});

/** Values of the wrong type, one or more for each setting. */
export const valueMistakes: readonly SettingMistake[] = [
  ...switchMistakes,
  {
    what: "a region as a list",
    given: { "aws:region": ["ap-northeast-1"] },
    says: 'aws:region is ["ap-northeast-1"], but it is not the name of an AWS region; write it as ap-northeast-1, without a zone\'s letter',
  },
  {
    what: "a location as a number",
    given: { "azure-native:location": 5 },
    says: 'azure-native:location is "5", but it is not the short form of an Azure region\'s name; write it as japaneast (az account list-locations shows all)',
  },
  {
    what: "a public network in Azure",
    given: { azureCidr: "11.0.0.0/16" },
    says: "azureCidr is 11.0.0.0/16, but it holds public addresses, and what is meant for their owners on the internet would go there; use private addresses: a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  },
  {
    what: "a network of Azure half of which is public",
    given: { azureCidr: "172.0.0.0/8" },
    says: "azureCidr is 172.0.0.0/8, but it holds public addresses, and what is meant for their owners on the internet would go there; use private addresses: a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  },
  {
    what: "a public network in AWS",
    given: { awsCidr: "203.0.112.0/20" },
    says: "awsCidr is 203.0.112.0/20, but it holds public addresses, and what is meant for their owners on the internet would go there; use private addresses: a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  },
  {
    what: "a network of AWS as a map",
    given: { awsCidr: { cidr: "10.0.0.0/24" } },
    says: 'awsCidr is {"cidr":"10.0.0.0/24"}, but it is not an IPv4 network; write address and prefix length, as 10.0.1.0/24',
  },
  {
    what: "a client subnet as a list",
    given: { clientSubnetCidr: ["10.0.1.0/28"] },
    says: 'clientSubnetCidr is ["10.0.1.0/28"], but it is not an IPv4 network; write address and prefix length, as 10.0.1.0/24',
  },
  {
    what: "zones as nothing",
    given: { awsZones: null },
    says: "awsZones is null, but it must be a list; for example [ap-northeast-1a, ap-northeast-1c]",
  },
  {
    what: "a topology as a number",
    given: { vpnTopology: 4 },
    says: 'vpnTopology is "4", but it takes single-tunnel, dual-tunnel, active-active; choose one of them',
  },
  {
    what: "a SKU as a switch",
    given: { gatewaySku: true },
    says: 'gatewaySku is "true", but Azure has no such SKU for VPN gateways; use one of Basic, VpnGw1AZ, VpnGw2AZ, VpnGw3AZ, VpnGw4AZ, VpnGw5AZ',
  },
  {
    what: "an ASN with a fraction",
    given: { vpnTopology: "active-active", azureAsn: 65000.5 },
    says: "azureAsn is 65000.5, but it must be a whole number; for example 65000",
  },
  {
    what: "an ASN as a list",
    given: { vpnTopology: "active-active", awsAsn: [64512] },
    says: "awsAsn is [64512], but it must be a whole number; for example 64512",
  },
  {
    what: "inside networks as a list",
    given: { tunnelInsideCidrs: ["169.254.21.0/30"] },
    says: 'tunnelInsideCidrs is ["169.254.21.0/30"], but it must be a map of keys and values; for example {tunnel1: 169.254.21.8/30}',
  },
  {
    what: "generations as a number",
    given: { presharedKeyGenerations: 2 },
    says: "presharedKeyGenerations is 2, but it must be a map of keys and values; for example {tunnel1: 2}",
  },
  {
    what: "buckets as a map",
    given: { buckets: { name: "data", access: "read" } },
    says: 'buckets is {"name":"data","access":"read"}, but it must be a list; for example [{name: data, access: read}]',
  },
  {
    what: "a bucket as text",
    given: { buckets: ["data"] },
    says: "buckets[0] is data, but it must be a map of keys and values; for example [{name: data, access: read}]",
  },
  {
    what: "a perimeter as a switch",
    given: { perimeter: true },
    says: 'perimeter is "true", but it takes enforced, allow; choose one of them',
  },
  {
    what: "deployers as text",
    given: { deployers: "arn:aws:iam::123456789012:role/d" },
    says: "deployers is arn:aws:iam::123456789012:role/d, but it must be a list; for example [arn:aws:iam::123456789012:role/deployer]",
  },
  ...[-1, 36_501].map((oldVersionDays) => ({
    what: `old versions for ${oldVersionDays} days`,
    given: { oldVersionDays },
    says: `oldVersionDays is ${oldVersionDays}, but days are counted from 1 to 36500; use 90, or 0 to keep all old versions`,
  })),
  {
    what: "old versions that are kept by a word",
    given: { oldVersionDays: "forever" },
    says: "oldVersionDays is forever, but it must be a whole number; for example 90",
  },
  {
    what: "tags as text",
    given: { tags: "owner=me" },
    says: "tags is owner=me, but it must be a map of keys and values; for example {owner: data-team}",
  },
  {
    what: "a tag as a list",
    given: { tags: { owner: ["me"] } },
    says: 'tags.owner is ["me"], but it must be text; for example {owner: data-team}',
  },
  {
    what: "the program's tag for the stack",
    given: { tags: { stack: "mine" } },
    says: "tags.stack is mine, but the program sets stack itself, and Azure compares keys without case; use another key",
  },
  {
    what: "the program's tag for the project, in capitals",
    given: { tags: { PROJECT: "mine" } },
    says: "tags.PROJECT is mine, but the program sets project itself, and Azure compares keys without case; use another key",
  },
  {
    what: "the name tag of AWS in small letters",
    given: { tags: { name: "mine" } },
    says: "tags.name is mine, but the program sets Name itself, and Azure compares keys without case; use another key",
  },
];
