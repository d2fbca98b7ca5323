import { createDefaultHttpClient } from "@azure/core-rest-pipeline";
import type * as proxies from "https-proxy-agent";
import { createRequire } from "node:module";
import { connect } from "node:tls";
import { UsageError } from "../stackOutputs";
import type { AzureAccess } from "./access";

const load = createRequire(__filename);

/** Whether a request goes by the proxy, by NO_PROXY; its package has no types. */
interface FromEnvironment {
  readonly getProxyForUrl: (url: Readonly<Record<"protocol" | "host" | "port", string>>) => string;
}

/**
 * The proxy for HTTPS that the environment names, as the AWS CLI and curl read it. Without a scheme it speaks HTTP.
 * Throws where it is none that verify can use. Its value is not shown: it may hold a password.
 */
function proxyOf(environment: NodeJS.ProcessEnv): URL | undefined {
  const name = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].find(
    (one) => (environment[one] ?? "") !== "",
  );
  if (name === undefined) return undefined;
  const value = environment[name] ?? "";
  const text = value.includes("://") ? value : `http://${value}`;
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new UsageError(
      `${name} names no HTTP proxy; verify needs http://host:port or https://host:port, or the variable unset`,
    );
  return new URL(text);
}

/**
 * How to reach both clouds where the environment names a proxy. AWS's SDK knows none by itself; Azure's reads NO_PROXY
 * in its own way and hands on a proxy's refusal as Azure's own answer. Undefined without a proxy.
 */
export function proxyAgent(environment = process.env): proxies.HttpsProxyAgent<string> | undefined {
  const proxy = proxyOf(environment);
  if (proxy === undefined) return undefined;
  // Loaded here: most people have no proxy.
  const { HttpsProxyAgent } = load("https-proxy-agent") as typeof proxies;
  const { getProxyForUrl } = load("proxy-from-env") as FromEnvironment;
  type Connect = proxies.HttpsProxyAgent<string>["connect"];
  return new (class extends HttpsProxyAgent<string> {
    override connect(...[request, options]: Parameters<Connect>): ReturnType<Connect> {
      const [host, port] = [options.host ?? "", String(options.port)];
      if (options.secureEndpoint && getProxyForUrl({ protocol: "https:", host, port }) === "")
        return Promise.resolve(connect(options));
      // What a proxy says when it does not let a connection through would else be taken for the cloud's answer.
      request.once("proxyConnect", ({ statusCode }: { readonly statusCode: number }) => {
        if (statusCode !== 200)
          throw Object.assign(new Error(`the proxy answers ${statusCode}`), { code: "ProxyRefused" });
      });
      return super.connect(request, options);
    }
  })(proxy, { keepAlive: true });
}

/** Options for the clients of Azure's SDK: they send by the agent, instead of the SDK's own way to a proxy. */
export function azureOptions(
  agent: proxies.HttpsProxyAgent<string>,
): Pick<AzureAccess["options"], "httpClient" | "proxyOptions"> {
  const client = createDefaultHttpClient();
  const { protocol, hostname, port } = agent.proxy;
  return {
    // The SDK would else read the variable as well, and fail at one without a scheme.
    proxyOptions: { host: `${protocol}//${hostname}`, port: Number(port) },
    httpClient: {
      sendRequest: (request) => {
        if (request.url.startsWith("https:")) request.agent = agent;
        return client.sendRequest(request);
      },
    },
  };
}
