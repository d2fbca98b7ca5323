import type { SettingMistake } from "./mistake";

export const namespaceMistakes: readonly SettingMistake[] = [
  {
    what: "the project's name misspelt above a setting of the perimeter",
    given: { "azure-s3-privatlink:perimeter": "enforced" },
    says: "azure-s3-privatlink:perimeter is set, but nothing in this program reads azure-s3-privatlink; did you mean azure-s3-privatelink:perimeter?",
  },
  {
    what: "a namespace of nobody above a setting",
    given: { "aws-s3:deployers": [] },
    says: "aws-s3:deployers is set, but nothing in this program reads aws-s3; did you mean azure-s3-privatelink:deployers?",
  },
  {
    what: "a namespace of nobody above a key of nobody",
    given: { "aws-s3:blockPublicAccess": true },
    says: "aws-s3:blockPublicAccess is set, but nothing in this program reads aws-s3; remove it",
  },
  {
    what: "the Azure provider without its hyphen",
    given: { "azurenative:location": "japaneast" },
    says: "azurenative:location is set, but nothing in this program reads azurenative; did you mean azure-native:location?",
  },
  {
    what: "the older Azure provider",
    given: { "azure:location": "japaneast" },
    says: "azure:location is set, but nothing in this program reads azure; did you mean azure-native:location?",
  },
  {
    what: "the native AWS provider",
    given: { "aws-native:region": "ap-northeast-1" },
    says: "aws-native:region is set, but nothing in this program reads aws-native; did you mean aws:region?",
  },
  {
    what: "AWS in capitals",
    given: { "AWS:region": "ap-northeast-1" },
    says: "AWS:region is set, but nothing in this program reads AWS; did you mean aws:region?",
  },
  {
    what: "another cloud",
    given: { "gcp:project": "mine" },
    says: "gcp:project is set, but nothing in this program reads gcp; remove it",
  },
  {
    what: "a misspelt key of the AWS provider",
    given: { "aws:regoin": "ap-northeast-1" },
    says: "aws:regoin is set, but the provider has no such key; did you mean aws:region?",
  },
  {
    what: "a misspelt key of the Azure provider",
    given: { "azure-native:locaton": "japaneast" },
    says: "azure-native:locaton is set, but the provider has no such key; did you mean azure-native:location?",
  },
  {
    what: "a setting in capitals",
    given: { AWSCIDR: "10.0.0.0/24" },
    says: "AWSCIDR is set, but there is no such setting; did you mean awsCidr?",
  },
  {
    what: "a setting with hyphens",
    given: { "gateway-sku": "Basic" },
    says: "gateway-sku is set, but there is no such setting; did you mean gatewaySku?",
  },
  {
    what: "a setting in the singular",
    given: { deployer: "arn:aws:iam::123456789012:role/d" },
    says: "deployer is set, but there is no such setting; did you mean deployers?",
  },
];
