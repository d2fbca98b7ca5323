import { createRequire } from "node:module";
import type * as proxies from "proxy-agent";
import type { Agent } from "node:http";

const load = createRequire(__filename);

/** Whether the environment names a proxy for HTTPS, as the AWS CLI and curl read it. */
function isSet(environment: NodeJS.ProcessEnv): boolean {
  return ["https_proxy", "all_proxy"].some(
    (name) => (environment[name] ?? environment[name.toUpperCase()] ?? "") !== "",
  );
}

/**
 * How to reach AWS where the environment names a proxy: its SDK knows none by itself, and Azure's does. NO_PROXY counts
 * for each host. Undefined without a proxy.
 */
export function proxyAgent(environment = process.env): Agent | undefined {
  if (!isSet(environment)) return undefined;
  // Loaded here: most people have no proxy.
  const { ProxyAgent } = load("proxy-agent") as typeof proxies;
  return new (class extends ProxyAgent {
    override connect(...[request, options]: Parameters<proxies.ProxyAgent["connect"]>) {
      // What a proxy says when it does not let a connection through would else be taken for AWS's answer.
      request.once("proxyConnect", ({ statusCode }: { readonly statusCode: number }) => {
        if (statusCode !== 200)
          throw Object.assign(new Error(`the proxy answers ${statusCode}`), { code: "ProxyRefused" });
      });
      return super.connect(request, options);
    }
  })({ keepAlive: true });
}
