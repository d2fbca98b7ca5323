import path from "node:path";
import { permissions } from "./command";

void permissions(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  projectDir: path.resolve(__dirname, "../.."),
}).then((code) => {
  process.exitCode = code;
});
