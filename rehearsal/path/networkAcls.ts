import type { AwsAclRule } from "../estate/awsNetworkAcls";
import { everyPort } from "../model/ports";
import { type Flow, piecesOf, type RuleVerdict, verdictOf } from "./flows";

/**
 * AWS asks the rules of one direction by number; what none of them matches is dropped.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
export function askNetworkAcl(rules: readonly AwsAclRule[], flow: Flow): RuleVerdict {
  const direction = flow.direction === "Inbound" ? "ingress" : "egress";
  const asked = rules.filter(
    (rule) => rule.direction === direction && ["tcp", "6", "-1", "all"].includes(rule.protocol.toLowerCase()),
  );
  const matches = asked.map(({ cidr, fromPort, toPort }) => {
    const networks = cidr === undefined ? [] : [cidr];
    return {
      sources: direction === "ingress" ? networks : ["0.0.0.0/0"],
      destinations: direction === "egress" ? networks : ["0.0.0.0/0"],
      ports: [{ from: fromPort, to: toPort }],
      sourcePorts: [everyPort],
    };
  });
  const name = (rule: AwsAclRule) => `rule ${String(rule.number)} (${rule.action})`;
  return verdictOf(piecesOf(flow, matches), asked.map(name), ({ matching: [first] }) => {
    const rule = first === undefined ? undefined : asked[first];
    return rule === undefined
      ? { passes: false, rule: "no rule matches, which denies" }
      : { passes: rule.action.toLowerCase() === "allow", rule: name(rule) };
  });
}
