import dns from "node:dns";
import { account } from "./place";

/** An address as S3's calls about an account need it: the account's number goes before a name, and before no number. */
export function named(url: string): string {
  return url.replace("127.0.0.1", "localhost");
}

/** Where S3's calls about the account go, by the endpoint that is set for them. */
export function ofTheAccount(url: string): string {
  return named(url).replace("//", `//${account}.`);
}

/** Lets this process find the account's names on this machine; answers how to take that back. */
export function resolveAccounts(): () => void {
  const { lookup } = dns;
  const accountsName = new RegExp(`^${account}\\.`);
  dns.lookup = new Proxy(lookup, {
    apply: (_, self, [host, ...rest]: [string, ...unknown[]]) =>
      Reflect.apply(lookup, self, [host.replace(accountsName, ""), ...rest]) as unknown,
  });
  return () => {
    dns.lookup = lookup;
  };
}
