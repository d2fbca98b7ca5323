import Module, { createRequire } from "node:module";

/**
 * What `@pulumi/pulumi` loads at once for the functions that dynamic providers serialize, and most programs lack: the
 * TypeScript compiler (runtime/closure/parseFunction.js in 3.248) and npm's resolver (runtime/closure/codePaths.js).
 * Together they take more than half of the time that the SDK takes to load.
 */
const unused = ["typescript", "@npmcli/arborist"] as const;

/**
 * Delays the loading of each to its first use. Call it before the SDK is loaded; what is loaded already stays as it
 * is.
 */
export function deferUnusedModules(): void {
  for (const name of unused) defer(name);
}

function defer(name: string): void {
  const load = createRequire(__filename);
  const file = load.resolve(name);
  if (load.cache[file] !== undefined) return;
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
