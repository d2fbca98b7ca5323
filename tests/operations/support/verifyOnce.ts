import { terminal, verify } from "../../../operations/verify/command";
import { resolveAccounts } from "./accountNames";

/** A process that verifies against clouds on loopback. Arguments: outputs, Azure's URL, its certificate, S3's URL. */
resolveAccounts();
const [outputs = "", endpoint = "", ca = "", publicS3 = ""] = process.argv.slice(2);
const credential = {
  getToken: () => Promise.resolve({ token: "any", expiresOnTimestamp: Date.now() + 3_600_000 }),
};
const azure = { credential, options: { endpoint, tlsOptions: { ca } } };

void verify(["--outputs", outputs, "--json"], { ...terminal, access: { azure, publicS3 } }).then((code) => {
  process.exitCode = code;
});
