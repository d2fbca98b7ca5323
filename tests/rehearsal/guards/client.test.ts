import { expect } from "chai";
import { text } from "../../../rehearsal/model/values";
import { readEstate } from "../../../rehearsal/estate/estate";
import { judgeGuards } from "../../../rehearsal/guards/guards";
import type { Props, Recording, Value } from "../../../rehearsal/model/recording";
import { resourceNamed, withInputs, withResource } from "../fixtures/change";
import { type Rehearsed, rehearsedStack, stackCases } from "../fixtures/stacks";
import { publicKey } from "../clouds/clientEstate";

const [, , withClient] = stackCases;

async function stack(): Promise<Rehearsed> {
  if (withClient === undefined) throw new Error("no stack case has a client");
  return rehearsedStack(withClient);
}

/** What the guards report: the resource's logical name and the problem. */
function reported({ recording, intent }: Rehearsed): readonly string[] {
  const findings = judgeGuards(readEstate(recording), intent);
  return findings.map(({ place, problem }) => `${place.split("::").at(-1) ?? ""}: ${problem}`);
}

type Change = (recording: Recording) => Recording;

/** The machine with one of its values put otherwise. */
const machine =
  (path: string, value: Value): Change =>
  (recording) => {
    const { inputs } = resourceNamed(recording, "client-machine");
    return withInputs(recording, "client-machine", put(inputs, path.split("."), value));
  };

function put(props: Props, [head = "", ...rest]: readonly string[], value: Value): Props {
  const inner = props[head];
  const below = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? (inner as Props) : {};
  return { ...props, [head]: rest.length === 0 ? value : put(below, rest, value) };
}

/** The machine with another text in its custom data. */
const start =
  (change: (document: string) => string): Change =>
  (recording) => {
    const given = text(resourceNamed(recording, "client-machine").inputs, "osProfile.customData") ?? "";
    const before = Buffer.from(given, "base64").toString();
    const after = change(before);
    expect(after, "the text to change is there").not.to.equal(before);
    return machine("osProfile.customData", Buffer.from(after).toString("base64"))(recording);
  };

const replaced = (from: string | RegExp, to: string) => start((document) => document.replace(from, to));

describe("The guards of the client inside", () => {
  it("report nothing of it as it is", async () => {
    expect(reported(await stack())).to.deep.equal([]);
  });

  for (const { says, change } of [
    {
      says: "its size is none of the small burstable ones",
      change: machine("hardwareProfile.vmSize", "Standard_D2s_v5"),
    },
    {
      says: "its image is not known to have a curl that signs for S3",
      change: machine("storageProfile.imageReference.offer", "0001-com-ubuntu-server-jammy"),
    },
    {
      says: "its image is not the latest, and nothing patches it afterwards",
      change: machine("storageProfile.imageReference.version", "24.04.202404230"),
    },
    {
      says: "it starts whatever is on its disk",
      change: machine("securityProfile.uefiSettings.secureBootEnabled", false),
    },
    {
      says: "its disk is not a plain one made from the image",
      change: machine("storageProfile.osDisk.managedDisk.storageAccountType", "Premium_LRS"),
    },
    {
      says: "its disk would remain without it, and cost",
      change: machine("storageProfile.osDisk.deleteOption", "Detach"),
    },
    {
      says: "its serial console cannot be read",
      change: machine(
        "diagnosticsProfile.bootDiagnostics.storageUri",
        "https://somebody.blob.core.windows.net/",
      ),
    },
    {
      says: "its userData can be read by every process on it and by everybody who can read the machine",
      change: machine("userData", "aGVsbG8="),
    },
    {
      says: "an extension could read the reader's key out of it",
      change: machine("osProfile.allowExtensionOperations", true),
    },
    {
      says: "somebody could log in with a password",
      change: machine("osProfile.adminPassword", "TypedInByHand1"),
    },
    {
      says: "somebody could log in with a password",
      change: machine("osProfile.linuxConfiguration.disablePasswordAuthentication", false),
    },
    {
      says: "somebody may have the private half of a key that it takes, or it takes none, which Azure rejects",
      change: machine("osProfile.linuxConfiguration.ssh.publicKeys", [
        { path: "/home/client/.ssh/authorized_keys", keyData: publicKey },
      ]),
    },
    { says: "cloud-init cannot read its custom data", change: replaced("#cloud-config", "#cloud-confg") },
    { says: "cloud-init cannot read its custom data", change: start((document) => `${document}]`) },
    {
      says: "the reader's key is not in exactly one file of it",
      change: start((document) => {
        const secret = /user = \\"AKIA\w+:([^\\]+)\\"/.exec(document)?.[1] ?? "";
        return document.replace('"content": "s3-data', `"content": "${secret} s3-data`);
      }),
    },
    {
      says: "the reader's key is on a command line, which every user can read",
      change: start((document) => {
        const secret = /user = \\"AKIA\w+:([^\\]+)\\"/.exec(document)?.[1] ?? "";
        return document.replace('"daemon-reload"', `"${secret}"`);
      }),
    },
    { says: "users other than root can read the reader's key", change: replaced('"0600"', '"0644"') },
    {
      says: "it does not list the first bucket through this stack's endpoint",
      change: replaced(/https:\/\/bucket\.vpce-\w+/, "https://bucket.vpce-0"),
    },
    {
      says: "it does not list the first bucket through this stack's endpoint",
      change: replaced("?list-type=2", "-of-others?list-type=2"),
    },
    { says: "it signs with another key than the reader's", change: replaced(/AKIA\w{4}/, "AKIA0000") },
    {
      says: "it signs for another region or service",
      change: replaced("aws:amz:ap-northeast-1:s3", "aws:amz:us-east-1:s3"),
    },
    {
      says: "S3 rejects a signature without the hash of the empty body",
      change: replaced("x-amz-content-sha256: e3b0", "x-amz-content-sha256: 0000"),
    },
    {
      says: "anybody in the virtual network could try to log in",
      change: replaced('"ssh.socket"', '"cron.service"'),
    },
    {
      says: "anybody in the virtual network could try to log in",
      change: replaced('"ssh_pwauth": false', '"ssh_pwauth": true'),
    },
    {
      says: "its first start fetches something (package_update): there is no way out",
      change: replaced('"package_update": false', '"package_update": true'),
    },
    {
      says: "it does not list at each start and every five minutes",
      change: replaced("OnUnitActiveSec=5min", "OnUnitActiveSec=5h"),
    },
    { says: "nothing starts its timer", change: replaced('"enable"', '"disable"') },
    {
      says: "its line does not reach the serial console",
      change: replaced("TTYPath=/dev/ttyS0", "TTYPath=/dev/tty1"),
    },
    {
      says: "its service runs no script that reads the request's folder and writes the marked line",
      change: replaced("ExecStart=/usr/local/sbin/list-bucket", "ExecStart=/usr/bin/true"),
    },
  ])
    it(`report that ${says}`, async () => {
      const { recording, intent } = await stack();
      expect(reported({ recording: change(recording), intent })).to.include(`client-machine: ${says}`);
    });

  for (const { says, change } of [
    {
      says: "client-interface: it has a public address: the machine could be reached from anywhere",
      change: (recording: Recording) =>
        withInputs(recording, "client-interface", {
          ipConfigurations: [
            {
              name: "inside",
              subnet: { id: resourceNamed(recording, "azure-client-subnet").id },
              publicIPAddress: { id: resourceNamed(recording, "vpn-azure-ip1").id },
            },
          ],
        }),
    },
    {
      says: "client-interface: it is not in the client subnet, whose rules alone let HTTPS pass to AWS",
      change: (recording: Recording) =>
        withInputs(recording, "client-interface", {
          ipConfigurations: [
            { name: "inside", subnet: { id: resourceNamed(recording, "azure-gateway-subnet").id } },
          ],
        }),
    },
    {
      says: "client-interface: the machine could pass on what others send",
      change: (recording: Recording) =>
        withInputs(recording, "client-interface", { enableIPForwarding: true }),
    },
    {
      says: "client-machine: osProfile is not marked secret",
      change: (recording: Recording) =>
        withResource(recording, "client-machine", (resource) => ({ ...resource, secretInputs: [] })),
    },
    {
      says: "client-machine: the replacement cannot exist beside it: its name, addresses or place are taken until it is deleted",
      change: (recording: Recording) =>
        withResource(recording, "client-machine", (resource) => ({
          ...resource,
          options: { ...resource.options, deleteBeforeReplace: false },
        })),
    },
  ])
    it(`report ${says}`, async () => {
      const { recording, intent } = await stack();
      expect(reported({ recording: change(recording), intent })).to.include(says);
    });
});
