import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import { type Destinations, isStandard } from "../facts/destinations";

/** Node.js's own channel: every request of either SDK passes it. */
const channel = "http.client.request.start";

/** Watches where requests go while something is collected; `but` are hosts that are asked by their own address. */
export async function watched<Result>(
  collect: () => Promise<Result>,
  but: readonly string[],
): Promise<{ readonly result: Result; readonly destinations: Destinations }> {
  const seen = { aws: new Set<string>(), azure: new Set<string>() };
  const watch = (message: unknown) => {
    const { request } = message as { readonly request: ClientRequest };
    const { protocol, host } = request;
    const named = String(request.getHeader("host") ?? host);
    // Credentials of machines come from an address of their own, without a cloud's signature.
    if (isStandard(host) || but.includes(named) || host.startsWith("169.254.")) return;
    seen[isOfAws(request) ? "aws" : "azure"].add(`${protocol}//${named}`);
  };
  subscribe(channel, watch);
  try {
    const result = await collect();
    return { result, destinations: { aws: [...seen.aws], azure: [...seen.azure] } };
  } finally {
    unsubscribe(channel, watch);
  }
}

function isOfAws(request: ClientRequest): boolean {
  return String(request.getHeader("authorization") ?? "").startsWith("AWS4-");
}
