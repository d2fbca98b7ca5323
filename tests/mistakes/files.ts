import { type FileMistake, stackFile } from "./mistake";

const least = stackFile({});

/** What a stack's file can be instead of a map with settings below `config`. */
export const fileMistakes: readonly FileMistake[] = [
  {
    what: "is a list",
    text: "- azureCidr: 10.0.1.0/24\n",
    says: "Pulumi.mistaken.yaml is a list; write keys and values, each on a line of its own, as key: value",
  },
  {
    what: "is text",
    text: "azureCidr 10.0.1.0/24\n",
    says: "Pulumi.mistaken.yaml is text; write keys and values, each on a line of its own, as key: value",
  },
  {
    what: "is a number",
    text: "42\n",
    says: "Pulumi.mistaken.yaml is the number 42; write keys and values, each on a line of its own, as key: value",
  },
  {
    what: "has config as a list",
    text: "config:\n  - azureCidr: 10.0.1.0/24\n",
    says: "Pulumi.mistaken.yaml: config is a list; write settings below it, as azure-s3-privatelink:azureCidr: 10.0.1.0/24",
  },
  {
    what: "has config as text",
    text: "config: azureCidr\n",
    says: "Pulumi.mistaken.yaml: config is text; write settings below it, as azure-s3-privatelink:azureCidr: 10.0.1.0/24",
  },
  {
    what: "has config misspelt",
    text: least.replace("config:", "confg:"),
    says: "Pulumi.mistaken.yaml: Pulumi reads no confg beside config, environment, secretsprovider, encryptedkey, encryptionsalt; write config:",
  },
  {
    what: "has a setting beside config",
    text: `${least}azure-s3-privatelink:perimeter: enforced\n`,
    says: "Pulumi.mistaken.yaml: Pulumi reads no azure-s3-privatelink:perimeter beside config, environment, secretsprovider, encryptedkey, encryptionsalt; write it below config:, indented by two spaces",
  },
  {
    what: "is indented by a tab",
    text: "config:\n\taws:region: ap-northeast-1\n",
    says: "Pulumi.mistaken.yaml:2:1 is no YAML: tab characters must not be used in indentation; correct that line, indented by spaces alone",
  },
  {
    what: "has a bracket left open",
    text: `${least}  azure-s3-privatelink:awsZones: [ap-northeast-1a\n`,
    says: "Pulumi.mistaken.yaml:7:1 is no YAML: unexpected end of the stream within a flow collection; close its bracket",
  },
  {
    what: "has a quote left open",
    text: `${least}  azure-s3-privatelink:tags: {owner: "me}\n`,
    says: "Pulumi.mistaken.yaml:7:1 is no YAML: unexpected end of the stream within a double quoted scalar; close its quote",
  },
  {
    what: "has a setting twice",
    text: `${least}  aws:region: us-east-1\n`,
    says: "Pulumi.mistaken.yaml:6:3 is no YAML: duplicated mapping key; keep one of the two",
  },
  {
    what: "has a line too far in",
    text: `${least}    aws:profile: work\n`,
    says: "Pulumi.mistaken.yaml:6:16 is no YAML: bad indentation of a mapping entry; correct that line, indented by spaces alone",
  },
  {
    what: "has a key without a blank behind its colon",
    text: "config:\n  aws:region:ap-northeast-1\n  azureCidr: x\n",
    says: "Pulumi.mistaken.yaml:3:12 is no YAML: bad indentation of a mapping entry; correct that line, indented by spaces alone",
  },
  {
    what: "has an unknown alias",
    text: `${least}  azure-s3-privatelink:tags: *common\n`,
    says: 'Pulumi.mistaken.yaml:6:37 is no YAML: unidentified alias "common"; quote the value',
  },
  {
    what: "has two documents",
    text: `${least}---\n${least}`,
    says: "Pulumi.mistaken.yaml is no YAML: expected a single document in the stream, but found more; keep one",
  },
  {
    what: "has the marks of a merge",
    text: `<<<<<<< HEAD\n${least}=======\n${least}>>>>>>> other\n`,
    says: "Pulumi.mistaken.yaml:2:7 is no YAML: end of the stream or a document separator is expected; correct that line, indented by spaces alone",
  },
  {
    what: "has a tag of another program",
    text: `${least}  azure-s3-privatelink:azureAsn: !Ref Asn\n`,
    says: "Pulumi.mistaken.yaml:6:42 is no YAML: unknown tag !<!Ref>; quote the value",
  },
];
