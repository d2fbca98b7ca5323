import Module, { createRequire } from "node:module";

/**
 * What `@pulumi/pulumi` 3.248 loads at once, each with what it loads itself, and a program on simulated clouds does not
 * use. Together they take most of the time that the SDK takes to load.
 */
const unused = [
  // Serialize functions for dynamic providers: the compiler (runtime/closure/parseFunction.js) and npm's resolver (codePaths.js).
  ...["typescript", "@npmcli/arborist"],
  // Drives the CLI.
  "@pulumi/pulumi/automation/index.js",
  // Serves a provider.
  "@pulumi/pulumi/provider/index.js",
  // Talk to the engine. The three files make their clients as soon as they are loaded, and load gRPC with that.
  "@grpc/grpc-js",
  ...["callback", "engine", "resource"].map((service) => `@pulumi/pulumi/proto/${service}_grpc_pb.js`),
  // Traces the calls to the engine.
  "@opentelemetry/api",
  // Compares the versions of one package that is loaded twice.
  "semver",
];

/**
 * Delays the loading of each to its first use. Call it before the SDK is loaded; what is loaded already stays as it
 * is.
 */
export function deferUnusedModules(): void {
  for (const name of unused) defer(name);
}

function defer(name: string): void {
  const load = createRequire(__filename);
  const file = resolved(load, name);
  if (file === undefined || load.cache[file] !== undefined) return;
  const real = (): object => {
    if (load.cache[file] === standIn) Reflect.deleteProperty(load.cache, file);
    return load(file) as object;
  };
  const standIn = new Module(file);
  standIn.filename = file;
  standIn.loaded = true;
  standIn.exports = new Proxy<object>(
    {},
    {
      get: (_, property) => {
        // Compiled code reads this first: without this mark it copies every export of what it loads.
        if (property === "__esModule") return true;
        // With the mark, a default import is this property.
        if (property === "default") return real();
        return Reflect.get(real(), property) as unknown;
      },
      has: (_, property) => Reflect.has(real(), property),
      // Compiled code copies what is listed here, so `default` is listed too.
      ownKeys: () => [...new Set([...Reflect.ownKeys(real()), "default"])],
      getOwnPropertyDescriptor: (_, property) => {
        // Loaders look for this mark on whatever they load; neither of these bears it.
        if (property === "module.exports") return undefined;
        if (property === "default") return { value: real(), configurable: true };
        const descriptor = Reflect.getOwnPropertyDescriptor(real(), property);
        return descriptor === undefined ? undefined : { ...descriptor, configurable: true };
      },
    },
  );
  load.cache[file] = standIn;
}

/** Undefined where another version of the SDK has no such file: then nothing is deferred, and nothing breaks. */
function resolved(load: NodeJS.Require, name: string): string | undefined {
  try {
    return load.resolve(name);
  } catch {
    return undefined;
  }
}
