import { snapshot, terminal } from "./snapshot/command";

// The SDK warns on Node.js 20 of versions to come; those that are installed here run on it.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

void snapshot(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});
