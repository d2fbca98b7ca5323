import { isProps } from "../../../rehearsal/model/values";
import type { Props, Value } from "../../../rehearsal/model/recording";
import { clientEstate, machine, publicKey } from "./clientEstate";
import type { Change, Made } from "./estates";
import { own, withTwin, type Row } from "./refusalRows";

const nowhere = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group/nowhere";

/** The machine with other values in one of its profiles. */
const profile =
  (name: string, change: Readonly<Record<string, Value>>) =>
  (made: Made): Change => ({ [name]: merged(machine(made)[name], change) });

function merged(value: Value | undefined, change: Readonly<Record<string, Value>>): Props {
  const before = isProps(value) ? value : {};
  return { ...before, ...change };
}

const password = (adminPassword: string) => profile("osProfile", { adminPassword });
const size = (vmSize: string) => () => ({ hardwareProfile: { vmSize } });
const image = (change: Readonly<Record<string, string>>) =>
  profile("storageProfile", {
    imageReference: {
      publisher: "Canonical",
      offer: "ubuntu-24_04-lts",
      sku: "server",
      version: "latest",
      ...change,
    },
  });

const configuration =
  (change: Readonly<Record<string, Value>>, without = "") =>
  (made: Made): Change => {
    const whole: Readonly<Record<string, Value>> = {
      name: "inside",
      subnet: { id: made("clientSubnet").id },
      ...change,
    };
    const kept = Object.entries(whole).filter(([property]) => property !== without);
    return { ipConfigurations: [Object.fromEntries(kept)] };
  };

export const clientRows: readonly Row[] = [
  own(clientEstate, "interface", "NetworkInterfaceMustHaveOneIpConfiguration", { ipConfigurations: [] }),
  own(clientEstate, "interface", "InvalidRequestFormat", configuration({}, "name")),
  own(clientEstate, "interface", "InvalidResourceReference", configuration({ subnet: { id: nowhere } })),
  own(
    clientEstate,
    "interface",
    "IpAddressAllocationMethodStaticWithoutAddress",
    configuration({ privateIPAllocationMethod: "Static" }),
  ),
  own(clientEstate, "interface", "InvalidResourceReference", { location: "westeurope" }, "location"),
  own(clientEstate, "machine", "InvalidResourceReference", { location: "westeurope" }, "location"),
  own(clientEstate, "machine", "InvalidParameter", { networkProfile: undefined }, "networkProfile"),
  own(clientEstate, "machine", "InvalidResourceReference", {
    networkProfile: { networkInterfaces: [{ id: nowhere }] },
  }),
  {
    title: "an interface that another machine uses",
    estate: withTwin(clientEstate, "machine"),
    of: "twin",
    changes: { twin: { vmName: "twin" } },
    code: "NicInUse",
  },
  ...[
    { what: "a size that does not exist", change: size("Standard_Z1"), code: "InvalidParameter" },
    { what: "a size of the first generation only", change: size("Standard_D2_v3"), code: "BadRequest" },
    {
      what: "an image of the first generation",
      change: image({ sku: "server-gen1" }),
      code: "BadRequest",
    },
    {
      what: "an image that does not exist",
      change: image({ offer: "ubuntu-24_05-lts" }),
      code: "PlatformImageNotFound",
    },
    {
      what: "a version that is not one",
      change: image({ version: "newest" }),
      code: "PlatformImageNotFound",
    },
    { what: "a password of five characters", change: password("aB3.x") },
    { what: "a password of 73 characters", change: password(`aB3${"x".repeat(70)}`) },
    { what: "a password of letters alone", change: password("abcdefghABCDEFGH") },
    { what: "a well-known password", change: password("P@ssword123") },
    { what: "an account name that Azure rejects", change: profile("osProfile", { adminUsername: "root" }) },
    ...[
      ["of another kind", publicKey.replaceAll("ed25519", "ed448")],
      ["cut short", publicKey.slice(0, 60)],
      ["of 1024 bits", `ssh-rsa ${Buffer.from(`\0\0\0\u0007ssh-rsa${"\0".repeat(139)}`).toString("base64")}`],
    ].map(([what = "", keyData = ""]) => ({
      what: `a public key ${what}`,
      change: profile("osProfile", {
        linuxConfiguration: { ssh: { publicKeys: [{ path: "/home/client/.ssh/authorized_keys", keyData }] } },
      }),
    })),
    {
      what: "neither password nor key to log in with",
      change: profile("osProfile", { linuxConfiguration: { disablePasswordAuthentication: true } }),
    },
    {
      what: "custom data that is not base64",
      change: profile("osProfile", { customData: "#cloud-config" }),
    },
    {
      what: "more than 64 KB of custom data",
      change: profile("osProfile", { customData: Buffer.alloc(65_536).toString("base64") }),
    },
  ].map(({ what, change, code = "InvalidParameter" }) => ({
    ...own(clientEstate, "machine", code, change),
    title: what,
  })),
  own(clientEstate, "machine", "InvalidParameter", {
    osProfile: { computerName: "client", adminPassword: "aB3.xyz" },
  }),
];
