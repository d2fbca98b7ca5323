import { runReview } from "./review/command";

process.exitCode = runReview(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
