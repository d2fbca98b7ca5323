import type { Minutes, ResourceRecord } from "../cloudType";
import { downs, none, type Impacts, type ImpactRule } from "../impact";
import { each, words } from "../rules";
import { hexOf, stringOf } from "../seeds";
import type { Props } from "../../model/recording";
import { componentTypes } from "../../model/resourceTypes";
import { number } from "../../model/values";

const docs = "https://www.pulumi.com/registry/packages/random/api-docs/randompassword/";
const tunnelOptions = "https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-tunnel-options.html";
/** Azure refuses another password for a machine that exists. */
const adminPassword = "https://github.com/MicrosoftDocs/azure-docs/issues/12602";
const atOnce: Minutes = {
  min: 0,
  typical: 0,
  max: 0,
  source: "computed in the provider itself, no call to any cloud",
};

/** The provider's alphabets: https://github.com/pulumi/pulumi-random/tree/v4.21.2 */
const alphabets = [
  { property: "lower", atLeast: "minLower", characters: "abcdefghijklmnopqrstuvwxyz" },
  { property: "upper", atLeast: "minUpper", characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { property: "numeric", atLeast: "minNumeric", characters: "0123456789" },
  { property: "special", atLeast: "minSpecial", characters: "!@#$%&*()-_=+[]{}<>:?" },
] as const;

/** What makes another password of it. `number` is the old name of `numeric`, which nothing here uses. */
const shape = "length lower upper numeric special overrideSpecial minLower minUpper minNumeric minSpecial";

export const randomPassword: ResourceRecord = {
  decides: [],
  properties: words(`${shape} number keepers.*`),
  required: ["length"],
  replaces: each(`${shape} number keepers`, docs),
  secretOutputs: ["result", "bcryptHash"],
  stateOnly: true,
  permissions: {
    create: [],
    read: [],
    update: [],
    delete: [],
    source: "https://www.pulumi.com/registry/packages/random/: lives in Pulumi's state alone",
  },
  impact: impactOf(
    "key",
    downs("its own", "the tunnel goes down until both its ends have the new key", tunnelOptions),
    tunnelOptions,
  ),
  impactIn: {
    [componentTypes.clientVm]: impactOf(
      "password",
      none(
        "the client machine is replaced with it, and its line is missing meanwhile; nobody else notices",
        adminPassword,
      ),
      adminPassword,
    ),
  },
  create: atOnce,
  update: atOnce,
  delete: atOnce,
  refuse: (inputs) => {
    const length = number(inputs, "length");
    const least = alphabets.reduce((sum, { atLeast }) => sum + (number(inputs, atLeast) ?? 0), 0);
    if (length === undefined || length >= Math.max(1, least)) return [];
    const message = `length (${String(length)}) must be at least 1 and cover the minimum of each kind of character (${String(least)})`;
    return [{ code: "InvalidAttributeValue", message, property: "length", source: docs }];
  },
  id: () => "none",
  outputs: (inputs, _cloud, { seed }) => ({
    result: stringOf(seed, number(inputs, "length") ?? 0, alphabetOf(inputs)),
    bcryptHash: `$2a$10$${hexOf(`${seed}/bcrypt`, 53)}`,
  }),
};

function impactOf(what: string, another: ImpactRule, source: string): Impacts {
  return {
    create: none(`a ${what} that nothing used before`, source),
    delete: none(`a ${what} that nothing uses any more; what used it is listed separately`, source),
    replace: another,
    properties: each(`${shape} keepers`, another),
  };
}

function alphabetOf(inputs: Props): string {
  const special = inputs["overrideSpecial"];
  const chosen = alphabets.filter(({ property }) => inputs[property] !== false);
  return chosen
    .map(({ property, characters }) =>
      property === "special" && typeof special === "string" ? special : characters,
    )
    .join("");
}
