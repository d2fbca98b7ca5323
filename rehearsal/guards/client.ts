import { createHash } from "node:crypto";
import type { AzureInterface, AzureMachine } from "../estate/machines";
import type { Estate } from "../estate/estate";
import { bucketName, firstBucketName } from "../estate/logDeliveries";
import { awsTypes } from "../model/resourceTypes";
import { isTrue, text, valuesAt } from "../model/values";
import { clientSubnets } from "../estate/clientNetworks";
import { clientSetupProblems } from "./clientSetup";
import { guard, type Guard, never } from "./guard";

/** What must hold of a machine in the client subnet, or of its interface. */
interface ClientRule<Thing> {
  readonly holds: (thing: Thing, estate: Estate) => boolean;
  readonly problem: string;
  readonly fix: string;
}

const interfaceRules: readonly ClientRule<AzureInterface>[] = [
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

const machineRules: readonly ClientRule<AzureMachine>[] = [
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
    problem: "its disk would remain without it, and cost",
    fix: "set the disk's deleteOption to Delete",
  },
  {
    holds: ({ bootDiagnostics, diagnosticsStorage }) => bootDiagnostics && diagnosticsStorage === undefined,
    problem: "its serial console cannot be read",
    fix: "switch boot diagnostics on, on Azure's own storage",
  },
  {
    holds: ({ resource }) => text(resource.inputs, "userData") === undefined,
    problem: "its userData can be read by every process on it and by everybody who can read the machine",
    fix: "use customData",
  },
  {
    holds: ({ resource: { inputs } }) =>
      isTrue(inputs, "osProfile.linuxConfiguration.disablePasswordAuthentication") &&
      valuesAt(inputs, "osProfile.adminPassword").length === 0,
    problem: "somebody could log in with a password",
    fix: "leave adminPassword out and set disablePasswordAuthentication to true",
  },
  {
    holds: ({ resource: { inputs }, publicKeys }) =>
      text(inputs, "osProfile.adminUsername") !== undefined &&
      publicKeys.length > 0 &&
      publicKeys.every(belongsToNobody),
    problem:
      "somebody may have the private half of a key that it takes, or it takes none, which Azure rejects",
    fix: "give it the key that is the hash of its own comment",
  },
  {
    holds: ({ resource }) => valuesAt(resource.inputs, "osProfile.allowExtensionOperations")[0] === false,
    problem: "an extension could read the reader's key out of it",
    fix: "set allowExtensionOperations to false",
  },
];

/** Whoever has the private half of a key chose it; this one nobody chose: its 32 bytes are the SHA-256 of its comment. */
function belongsToNobody(publicKey: string): boolean {
  const [kind, data = "", comment = ""] = publicKey.split(" ");
  const bytes = Buffer.from(data, "base64").subarray(-32);
  return kind === "ssh-ed25519" && bytes.equals(createHash("sha256").update(comment).digest());
}

export const clientGuards: readonly Guard[] = [
  ...interfaceRules.map((rule) =>
    guard({ ...rule, of: ({ azure }) => azure.interfaces, others: (_, estate) => clientSubnets(estate) }),
  ),
  ...machineRules.map((rule) =>
    guard({ ...rule, of: ({ azure }) => azure.machines, others: (_, estate) => clientSubnets(estate) }),
  ),
  guard({
    of: ({ azure }) => azure.machines,
    holds: ({ cloudInit }) => cloudInit !== undefined,
    problem: "cloud-init cannot read its custom data",
    fix: "base64 of a #cloud-config document",
  }),
  // The machine is told to list this stack's bucket, with this stack's key, and keeps both to itself.
  (estate, intent) =>
    estate.azure.machines.flatMap((machine) =>
      machine.cloudInit === undefined
        ? []
        : clientSetupProblems(machine.cloudInit, estate).flatMap(({ problem, fix }) =>
            guard({ of: () => [machine], holds: never, problem, fix, others: (_, e) => listing(e) })(
              estate,
              intent,
            ),
          ),
    ),
];

/** What a client lists with: the endpoint, the reader's key and the first bucket. */
function listing(estate: Estate) {
  const [key] = estate.ofType(awsTypes.accessKey);
  const bucket = estate.dataBuckets.find((one) => bucketName(one) === firstBucketName(estate.outputs));
  return [estate.aws.endpoints[0], key, bucket];
}
