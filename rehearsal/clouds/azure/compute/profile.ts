import { UNKNOWN, type Props, type Refusal } from "../../../model/recording";
import { isTrue, knownStrings, text, valuesAt } from "../../../model/values";
import { refuseIf } from "../../rules";

export const create = "https://learn.microsoft.com/rest/api/compute/virtual-machines/create-or-update";
const sshKeys = "https://learn.microsoft.com/azure/virtual-machines/linux/create-ssh-keys-detailed";
const customDataPage = "https://learn.microsoft.com/azure/virtual-machines/custom-data";

/** Account names that Azure rejects: the "Disallowed values" of the REST reference. */
const barredNames = new Set(
  `1 123 a actuser adm admin admin1 admin2 administrator aspnet backup console david guest john owner root server sql
  support support_388945a0 sys test test1 test2 test3 user user1 user2 user3 user4 user5`.split(/\s+/),
);

/** As those of the REST reference. */
const barredPasswords = new Set([
  ...["abc@123", "P@$$w0rd", "P@ssw0rd", "P@ssword123", "Pa$$word", "pass@word1", "Password!"],
  ...["Password1", "Password22", "iloveyou!"],
]);

/** What Azure requires of the account and of the data for the first start. */
export function refuseProfile(inputs: Props): readonly Refusal[] {
  const user = text(inputs, "osProfile.adminUsername");
  const password = text(inputs, "osProfile.adminPassword");
  const data = text(inputs, "osProfile.customData");
  const named = valuesAt(inputs, "osProfile.adminUsername").length > 0;
  return [
    ...refuseIf(valuesAt(inputs, "osProfile").length > 0 && !named, {
      code: "InvalidParameter",
      message: "required parameter 'adminUsername' is missing",
      property: "osProfile.adminUsername",
      source: create,
    }),
    ...refuseIf(user !== undefined && (barredNames.has(user.toLowerCase()) || user.length > 64), {
      code: "InvalidParameter",
      message: `the Admin Username specified is not allowed`,
      property: "osProfile.adminUsername",
      source: create,
    }),
    ...refuseIf(
      password !== undefined &&
        (!fitsLinux(password) || kinds(password) < 3 || barredPasswords.has(password)),
      {
        code: "InvalidParameter",
        message:
          "the supplied password must be 6-72 characters long and have 3 of: lower, upper, digit, special",
        property: "osProfile.adminPassword",
        source: create,
      },
    ),
    ...refuseIf(valuesAt(inputs, "osProfile").length > 0 && !canLogIn(inputs), {
      code: "InvalidParameter",
      message:
        "authentication using either SSH or by user name and password must be enabled in Linux profile",
      property: "osProfile.linuxConfiguration",
      source: create,
    }),
    ...knownStrings(inputs, "osProfile.linuxConfiguration.ssh.publicKeys.keyData")
      .filter((key) => !isPublicKey(key))
      .map((key) => ({
        code: "InvalidParameter",
        message: `the value '${key}' is no ssh-rsa key of 2048 bits or more and no ssh-ed25519 key`,
        property: "osProfile.linuxConfiguration.ssh",
        source: sshKeys,
      })),
    ...refuseIf(data !== undefined && !isCustomData(data), {
      code: "InvalidParameter",
      message:
        "custom data in OSProfile must be in Base64 encoding and with a maximum length of 87380 characters",
      property: "osProfile.customData",
      source: customDataPage,
    }),
  ];
}

function fitsLinux(password: string): boolean {
  return password.length >= 6 && password.length <= 72;
}

function kinds(password: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[\W_]/].filter((kind) => kind.test(password)).length;
}

function canLogIn(inputs: Props): boolean {
  const keys = valuesAt(inputs, "osProfile.linuxConfiguration.ssh.publicKeys").length > 0;
  const passwords = valuesAt(inputs, "osProfile.adminPassword");
  const off = isTrue(inputs, "osProfile.linuxConfiguration.disablePasswordAuthentication");
  return keys || (passwords.some((password) => password === UNKNOWN || typeof password === "string") && !off);
}

/** As OpenSSH writes it: the kind, then its name, length and bytes in base64. */
function isPublicKey(key: string): boolean {
  const [kind = "", data = ""] = key.trim().split(" ");
  const bytes = Buffer.from(data, "base64");
  const named = bytes.subarray(4, 4 + kind.length).toString() === kind;
  const least = { "ssh-ed25519": 4 + 11 + 4 + 32, "ssh-rsa": 4 + 7 + 4 + 3 + 4 + 256 }[kind];
  return named && least !== undefined && bytes.length >= least;
}

function isCustomData(data: string): boolean {
  return data.length <= 87_380 && Buffer.from(data, "base64").toString("base64") === data;
}
