import { buildSync } from "esbuild";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Folders of an engine run: nothing of the user's own Pulumi is read or written. */
export interface Folders {
  /** Pulumi.yaml and the stacks' settings. */
  readonly project: string;
  /** The backend. */
  readonly state: string;
  /** Pulumi's home: credentials, plugins, logs. */
  readonly home: string;
}

export function makeFolders(root: string): Folders {
  const folders = {
    project: path.join(root, "project"),
    state: path.join(root, "state"),
    home: path.join(root, "home"),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  compiledHost ??= compileHost();
  writeFileSync(hostIn(folders), compiledHost);
  return folders;
}

/** Variables for every CLI process of a run: no login, no account, no network. */
export function engineEnvironment(folders: Folders, providers: string): Record<string, string> {
  return {
    PULUMI_HOME: folders.home,
    PULUMI_BACKEND_URL: pathToFileURL(folders.state).href,
    PULUMI_CONFIG_PASSPHRASE: "rehearsal",
    PULUMI_DEBUG_PROVIDERS: providers,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Without it the engine tries for seconds to download the very plugins that it is attached to.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    ...languageHost(folders),
  };
}

/** Read by the launcher beside a CLI that was built here (see `install.ts`); an installed Pulumi ignores them. */
function languageHost(folders: Folders): Record<string, string> {
  return { REHEARSAL_NODE: process.execPath, REHEARSAL_LANGUAGE_HOST: hostIn(folders) };
}

function hostIn({ home }: Folders): string {
  return path.join(home, "languageHost.cjs");
}

let compiledHost: string | undefined;

/** The CLI starts the host anew for each command, and waits for it: one file of JavaScript is there in a quarter of the time. */
function compileHost(): string {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(__dirname, "languageHost.ts")],
    bundle: true,
    platform: "node",
    target: "node20",
    write: false,
    logLevel: "error",
  });
  return outputFiles.map(({ text }) => text).join("");
}
