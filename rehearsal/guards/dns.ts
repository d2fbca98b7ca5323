import { ownOf } from "../estate/estateIndex";
import { waitsFor } from "../estate/dependencies";
import { limitOf } from "../path/dnsPolicy";
import { guard, guardAt, never } from "./guard";

/** With dnsSecurityPolicy no data leaves in the names that machines look up. Whether they find the endpoint is judged on the path. */
export const dnsGuards = [
  guard({
    of: ({ azure }, { switches }) => (switches.has("dnsSecurityPolicy") ? ownOf(azure.networks) : []),
    holds: (network, { azure }) => azure.dnsPolicies.some((policy) => policy.network === network),
    problem: "Azure's DNS answers its machines for every name, in spite of dnsSecurityPolicy",
    fix: "link a policy to it that allows the endpoint's domain and blocks every other name",
    others: (_, { azure }) => azure.dnsPolicies,
  }),
  guardAt({
    of: ({ azure }, { switches }) =>
      switches.has("dnsSecurityPolicy")
        ? ownOf(azure.dnsPolicies).flatMap((policy) => {
            const limit = limitOf(policy);
            return limit.kind === "open" ? [{ policy, ...limit }] : [];
          })
        : [],
    holds: never,
    at: ({ at }) => at,
    problem: ({ because }) => `DNS is a way out for data, in spite of dnsSecurityPolicy: ${because}`,
    fix: "allow the endpoint's domain alone, and block every other name behind it",
    others: ({ policy }) => [policy, ...policy.rules],
  }),
  guardAt({
    of: (estate) =>
      ownOf(estate.azure.dnsPolicies).flatMap((policy) => {
        const waits = waitsFor(estate, policy.resource.urn);
        return policy.rules
          .filter(({ resource }) => !waits.has(resource.urn))
          .map((rule) => ({ policy, rule }));
      }),
    holds: never,
    at: ({ policy }) => policy,
    problem: ({ rule }) =>
      `the network could be linked before ${rule.resource.name} is there, or still be when it is gone`,
    fix: "let the link wait for all rules of its policy",
    others: ({ rule }) => [rule],
  }),
];
