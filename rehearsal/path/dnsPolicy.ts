import type { DnsPolicy, DnsRule } from "../estate/azureDns";
import type { Estate } from "../estate/estate";
import type { Item } from "../estate/estateIndex";
import type { Client } from "./clients";
import { type Hop, hop } from "./hops";

/** Below it AWS alone answers: what is written into such a name reaches nobody else. */
const answeredByAws = "vpce.amazonaws.com";

/** Whether data can leave in the names that the machines of a network look up. */
export type DnsLimit =
  | { readonly kind: "limited" }
  /** `at` is what lets them, and `because` a clause. */
  | { readonly kind: "open"; readonly at: Item; readonly because: string };

/** Nothing where no policy stands between the client and Azure's DNS: then it answers for every name. */
export function dnsPolicyHops(
  { azure }: Pick<Estate, "azure">,
  { place }: Client,
  name: string,
): readonly Hop[] {
  const network = place.kind === "subnet" ? place.subnet.network : undefined;
  return azure.dnsPolicies
    .filter((policy) => network !== undefined && policy.network === network)
    .map((policy) => {
      const decides = decidingRule(policy, name);
      const what = "Azure's DNS answers the client for the endpoint's name";
      if (decides?.blocks === true) {
        const allowed = policy.rules.filter(({ blocks }) => !blocks).map(inWords);
        const rest = allowed.length === 0 ? "no rule allows any" : `allowed by ${allowed.join(", ")}`;
        return hop(policy, { what, ok: false, rule: `${inWords(decides)} blocks it; ${rest}` });
      }
      const limit = limitOf(policy);
      const others =
        limit.kind === "limited" ? "limited to names of AWS's endpoints" : `not limited: ${limit.because}`;
      return hop(decides ?? policy, { what, ok: true, rule: others });
    });
}

/**
 * Azure asks the rules by priority. A domain stands for all names below it as well.
 * @see https://learn.microsoft.com/azure/dns/dns-security-policy
 */
function decidingRule({ rules }: DnsPolicy, name: string): DnsRule | undefined {
  const asked = rules.filter((rule) => holds(rule, name));
  // guess: of two with the same number either may come first, so the one that blocks counts.
  return asked.filter(({ priority }) => priority === asked[0]?.priority).at(-1);
}

function holds(rule: DnsRule, name: string): boolean {
  return domainsOf(rule).some((domain) => isBelow(name, domain));
}

function domainsOf({ lists }: DnsRule): readonly string[] {
  return lists.flatMap(({ domains }) => domains);
}

/** As `azure-dns-block (. of azure-dns-every-name)`. */
function inWords({ resource, lists }: DnsRule): string {
  const told = lists.map((list) => `${list.domains.join(" ")} of ${list.resource.name}`);
  return `${resource.name} (${told.length === 0 ? "no name" : told.join(", ")})`;
}

/** Whether a name is a domain's own or below it; a dot at the end makes no difference. */
function isBelow(name: string, domain: string): boolean {
  const [whole, end] = [plain(name), plain(domain)];
  return end === "" || whole === end || whole.endsWith(`.${end}`);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

export function limitOf(policy: DnsPolicy): DnsLimit {
  for (const rule of policy.rules) {
    if (rule.blocks && holds(rule, "")) return { kind: "limited" };
    const foreign = rule.blocks ? [] : domainsOf(rule).filter((domain) => !isBelow(domain, answeredByAws));
    if (foreign.length > 0)
      return { kind: "open", at: rule, because: `others answer for names below ${foreign.join(", ")}` };
  }
  return { kind: "open", at: policy, because: "no rule blocks every other name" };
}
