import { createRequire } from "node:module";

const load = createRequire(__filename);

/** Tells a program that runs in this process the folder of its Pulumi.yaml, as the CLI tells one of a process of its own. */
export function setRootDirectory(folder: string): void {
  // Internal to the SDK, hence without types; its version is pinned. Neither mocks nor inline programs have another way.
  const { getStore } = load("@pulumi/pulumi/runtime/state") as {
    getStore: () => { readonly settings: { readonly options: { rootDirectory?: string } } };
  };
  getStore().settings.options.rootDirectory = folder;
}
