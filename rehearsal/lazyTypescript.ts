import Module, { createRequire } from "node:module";

/**
 * Lets the TypeScript compiler be loaded when somebody first asks it for something. `@pulumi/pulumi` loads it at once,
 * a third of the time that the SDKs take, for the functions that dynamic providers serialize and most programs lack
 * (runtime/closure/parseFunction.js in 3.248). To be called before the SDK is loaded; afterwards it changes nothing.
 */
export function deferTypescript(): void {
  const load = createRequire(__filename);
  const file = load.resolve("typescript");
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
      get: (_, name) => Reflect.get(real(), name) as unknown,
      has: (_, name) => Reflect.has(real(), name),
      ownKeys: () => Reflect.ownKeys(real()),
      getOwnPropertyDescriptor: (_, name) => {
        // Loaders look for this mark on whatever they load; the compiler does not bear it.
        if (name === "module.exports") return undefined;
        const descriptor = Reflect.getOwnPropertyDescriptor(real(), name);
        return descriptor === undefined ? undefined : { ...descriptor, configurable: true };
      },
    },
  );
  load.cache[file] = standIn;
}
