import { awsTypes } from "../model/resourceTypes";
import { type AzureInterface, type AzureMachine } from "../estate/machines";
import { isTrue, number, text, valuesAt } from "../model/values";
import { clientSetupProblems } from "./clientSetup";
import { type Estate, urns } from "../estate/estate";
import { guardFinding, type Finding } from "../model/findings";
import { dataBucketsOf } from "../estate/logDeliveries";
import { clientSubnets } from "../path/path";

/** What must be so of a machine in the client subnet, told as what is wrong where it is not. */
interface Rule<Thing> {
  readonly holds: (thing: Thing, estate: Estate) => boolean;
  readonly problem: string;
  readonly fix: string;
}

const interfaceRules: readonly Rule<AzureInterface>[] = [
  {
    holds: ({ publicAddressIds }) => publicAddressIds.length === 0,
    problem: "it has a public address: the machine could be reached from anywhere",
    fix: "take it away",
  },
  {
    holds: ({ subnets }, estate) =>
      subnets.length > 0 && subnets.every((subnet) => clientSubnets(estate).includes(subnet)),
    problem: "it is not in the client subnet, whose rules alone let HTTPS pass to AWS",
    fix: "put it there",
  },
  {
    holds: (one, { azure }) => azure.machines.some(({ interfaces }) => interfaces.includes(one)),
    problem: "no machine uses it",
    fix: "make the machine too, or neither",
  },
  {
    holds: ({ forwards }) => !forwards,
    problem: "the machine could pass on what others send",
    fix: "leave enableIPForwarding off",
  },
];

/** Images by `publisher offer sku`, with the curl in them: from 7.87 on it signs what S3 wants signed (curl #9804). */
const images: Readonly<Record<string, string>> = {
  // https://packages.ubuntu.com/noble/curl
  "Canonical ubuntu-24_04-lts server": "8.5.0",
};

const machineRules: readonly Rule<AzureMachine>[] = [
  {
    holds: ({ interfaces }) => interfaces.length === 1,
    problem: "it has not exactly one network interface of this stack",
    fix: "give it one",
  },
  {
    holds: ({ size }) => size?.startsWith("Standard_B") === true,
    problem: "its size is none of the small burstable ones",
    fix: "curl needs no more than the smallest",
  },
  {
    holds: ({ image }) => images[image] !== undefined,
    problem: "its image is not known to have a curl that signs for S3",
    fix: "use Ubuntu 24.04, or say here which curl the other has",
  },
  {
    holds: ({ resource }) => text(resource.inputs, "storageProfile.imageReference.version") === "latest",
    problem: "its image is not the latest, and nothing patches it afterwards",
    fix: "set the image's version to latest",
  },
  {
    holds: ({ hardened }) => hardened,
    problem: "it starts whatever is on its disk",
    fix: "set Trusted Launch with secure boot and vTPM",
  },
  {
    holds: ({ resource: { inputs } }) =>
      text(inputs, "storageProfile.osDisk.createOption") === "FromImage" &&
      text(inputs, "storageProfile.osDisk.managedDisk.storageAccountType") === "StandardSSD_LRS",
    problem: "its disk is not a plain one made from the image",
    fix: "createOption FromImage on StandardSSD_LRS",
  },
  {
    holds: ({ resource }) => text(resource.inputs, "storageProfile.osDisk.deleteOption") === "Delete",
    problem: "its disk would stay behind without it, and cost",
    fix: "set the disk's deleteOption to Delete",
  },
  {
    holds: ({ bootDiagnostics, diagnosticsStorage }) => bootDiagnostics && diagnosticsStorage === undefined,
    problem: "nobody could read its serial console",
    fix: "switch boot diagnostics on, on Azure's own storage",
  },
  {
    holds: ({ resource }) => text(resource.inputs, "userData") === undefined,
    problem: "its userData can be read by every process on it and by whoever may read the machine",
    fix: "use customData",
  },
  {
    holds: ({ resource: { inputs } }) =>
      !isTrue(inputs, "osProfile.linuxConfiguration.disablePasswordAuthentication") &&
      text(inputs, "osProfile.adminUsername") !== undefined,
    problem: "Azure makes no machine that nobody could log in to",
    fix: "give it an account with the generated password",
  },
  {
    holds: ({ resource }) => valuesAt(resource.inputs, "osProfile.allowExtensionOperations")[0] === false,
    problem: "an extension could read the reader's key out of it",
    fix: "set allowExtensionOperations to false",
  },
];

export function clientGuards(estate: Estate): readonly Finding[] {
  const { interfaces, machines } = estate.azure;
  return [
    ...interfaces.flatMap((one) => broken(interfaceRules, one, estate)),
    ...machines.flatMap((machine) => [
      ...broken(machineRules, machine, estate),
      ...passwordGuards(machine),
      ...errandGuards(machine, estate),
    ]),
  ];
}

function broken<Thing extends AzureInterface | AzureMachine>(
  rules: readonly Rule<Thing>[],
  thing: Thing,
  estate: Estate,
): readonly Finding[] {
  return rules
    .filter(({ holds }) => !holds(thing, estate))
    .map(({ problem, fix }) => guardFinding(thing, problem, fix, urns(...clientSubnets(estate))));
}

/** Nobody is told the password, so it can be as long as the longest that both Azure and people would take. */
function passwordGuards(machine: AzureMachine): readonly Finding[] {
  const { password } = machine;
  if (password === undefined)
    return [guardFinding(machine, "its password is none that was generated", "use a RandomPassword")];
  const { inputs } = password;
  const strong =
    number(inputs, "length") === 64 &&
    inputs["special"] === false &&
    ["minLower", "minUpper", "minNumeric"].every((least) => number(inputs, least) === 1) &&
    ["lower", "upper", "numeric"].every((kind) => inputs[kind] !== false);
  return strong
    ? []
    : [
        guardFinding(
          password,
          "makes passwords that Azure may refuse, or that are weaker than they need to be",
          "64 letters and digits, one of each kind at least: Azure wants three kinds",
          [machine.resource.urn],
        ),
      ];
}

/** The machine is told to list this stack's bucket, with this stack's key, and keeps both to itself. */
function errandGuards(machine: AzureMachine, estate: Estate): readonly Finding[] {
  if (machine.cloudInit === undefined)
    return [
      guardFinding(machine, "cloud-init cannot read its custom data", "base64 of a #cloud-config document"),
    ];
  const [key] = estate.ofType(awsTypes.accessKey);
  const [bucket] = dataBucketsOf(estate);
  const concerned = [...urns(estate.aws.endpoints[0]), ...[key, bucket].flatMap((r) => (r ? [r.urn] : []))];
  return clientSetupProblems(machine.cloudInit, estate).map(({ problem, fix }) =>
    guardFinding(machine, problem, fix, concerned),
  );
}
