import { azureId, nameOf } from "../network/existing/azureIds";
import { distinct, matches, type Rule } from "./rule";

const forms = {
  "Microsoft.Network/virtualNetworks": {
    says: "virtual network",
    command: "az network vnet show --query id",
  },
  "Microsoft.Network/virtualNetworkGateways": {
    says: "virtual network gateway",
    command: "az network vnet-gateway show --query id",
  },
} as const;

/** The whole id of a resource, with nothing behind it. */
export function azureIdRule(type: keyof typeof forms): Rule<string> {
  const { says, command } = forms[type];
  return (id) => {
    const parts = azureId(id);
    if (parts?.whole === id && parts.type.toLowerCase() === type.toLowerCase()) return [];
    return [
      {
        rule: `it is not the resource id of a ${says}`,
        fix: `write it as /subscriptions/…/resourceGroups/…/providers/${type}/NAME (${command} shows it)`,
      },
    ];
  };
}

/** `vpc-`, `subnet-` or `vgw-`, with 8 or 17 hexadecimal digits. */
export function awsIdRule(beginning: "vpc" | "subnet" | "vgw"): Rule<string> {
  return matches(new RegExp(`^${beginning}-([0-9a-f]{8}|[0-9a-f]{17})$`), () => ({
    rule: `it is not the id of a ${{ vpc: "VPC", subnet: "subnet", vgw: "virtual private gateway" }[beginning]}`,
    fix: `write it as ${beginning}-0123456789abcdef0`,
  }));
}

/** The names of what the program names itself: its own client subnet, and the VPC. */
const ownClients = ["azure", "aws"];

export const clientNamesRule: Rule<Readonly<Record<string, string>>> = (clients) =>
  Object.keys(clients).flatMap((name) => {
    if (ownClients.includes(name)) {
      return [{ rule: "the program uses this name itself", fix: "use another", at: [name] }];
    }
    return matches(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/, () => ({
      rule: "a client's name has up to 32 lower-case letters, digits and hyphens, and no hyphen at either end",
      fix: "write it as apps or team-a",
    }))(name).map((breach) => ({ ...breach, at: [name] }));
  });

/** The peerings of two networks of one name would have one name. */
export const spokeListRule: Rule<readonly string[]> = (ids) =>
  distinct(
    ids.map((id) => nameOf(id).toLowerCase()),
    (name) => ({ rule: `another network of the list is called ${name}`, fix: "list one of them" }),
  );
