import { matches, type Rule } from "./rule";

/**
 * Parts of AWS with accounts, ARNs and endpoint names of their own, by how their regions begin. Policies, the endpoint's name
 * and what checks them are written and tried for the partition `aws` alone.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const otherPartitions: Readonly<Record<string, string>> = {
  "cn-": "China",
  "us-gov-": "GovCloud",
  "us-iso": "the secret regions",
  "eu-isoe-": "the secret regions",
  "eusc-": "the European Sovereign Cloud",
};

const regionForm = matches(/^[a-z]{2,4}(-[a-z]+)+-\d+$/, (region) => ({
  rule: "it is not the name of an AWS region",
  fix: /^[a-z]+\d*$/.test(region)
    ? "write the AWS region, as ap-northeast-1; Azure's goes into azure-native:location"
    : "write it as ap-northeast-1, without a zone's letter",
}));

/** `ap-northeast-1`. New regions appear yearly: the form is checked, never a list of names. */
export const regionRule: Rule<string> = (region) => {
  const malformed = regionForm(region);
  if (malformed.length > 0) return malformed;
  const other = Object.keys(otherPartitions).find((beginning) => region.startsWith(beginning));
  if (other === undefined) return [];
  return [
    {
      rule: `AWS runs ${otherPartitions[other] ?? other} as a partition of its own, whose ARNs, endpoint names and services this program does not write`,
      fix: "use a region of the partition aws, as ap-northeast-1",
    },
  ];
};

const locationForm = matches(/^[a-z]+\d*$/, (location) => ({
  rule: "it is not the short form of an Azure region's name",
  fix: /^[A-Za-z][A-Za-z ]*\d*$/.test(location)
    ? `use ${location.replaceAll(" ", "").toLowerCase()}`
    : "write it as japaneast (az account list-locations shows all)",
}));

/** Azure Government, Azure operated by 21Vianet, and the secret clouds. @see https://learn.microsoft.com/azure/azure-government/documentation-government-get-started-connect-with-ps */
const otherAzureCloud = /^(usgov|usdod|usnat|ussec|china)/;

/** Azure shows `Japan East` and stores `japaneast`; the shown name would read back as a change. */
export const locationRule: Rule<string> = (location) => {
  const malformed = locationForm(location);
  if (malformed.length > 0 || !otherAzureCloud.test(location)) return malformed;
  return [
    {
      rule: "it belongs to a cloud of its own, whose endpoints and resource types this program is not tried on",
      fix: "use a region of the public cloud, as japaneast",
    },
  ];
};

/** Of a resource group. @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
export const resourceGroupRule: Rule<string> = matches(/^[-\w.()]{0,89}[-\w()]$/, () => ({
  rule: "it is not the name of a resource group: 1 to 90 letters, digits, hyphens, underscores, periods and parentheses, not ending in a period",
  fix: "use the group's name, not its id, as rg-s3-link-prod",
}));

/**
 * Availability zones only: local and wavelength zones have no interface endpoints and VPN gateways. Which letters there are
 * differs between accounts; a preview asks the account.
 */
export const zoneRule = matches(/^[a-z]{2}(-[a-z]+)+-\d+[a-z]$/, (zone) => ({
  rule: "it is not the name of an availability zone",
  fix: /-az\d+$/.test(zone)
    ? "use the name, as ap-northeast-1a, instead of the zone id"
    : "write it as ap-northeast-1a",
}));
