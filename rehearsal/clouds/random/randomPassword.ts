import type { Props } from "../../model/recording";
import type { CloudType, Minutes } from "../cloudType";
import { hexOf, stringOf } from "../seeds";
import { number } from "../../model/values";

const docs = "https://www.pulumi.com/registry/packages/random/api-docs/randompassword/";
const atOnce: Minutes = {
  min: 0,
  typical: 0,
  max: 0,
  source: "computed in the provider itself, no call to any cloud",
};

/** The provider's alphabets: https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/password */
const alphabets = [
  { property: "lower", atLeast: "minLower", characters: "abcdefghijklmnopqrstuvwxyz" },
  { property: "upper", atLeast: "minUpper", characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { property: "numeric", atLeast: "minNumeric", characters: "0123456789" },
  { property: "special", atLeast: "minSpecial", characters: "!@#$%&*()-_=+[]{}<>:?" },
] as const;

export const random: Readonly<Record<string, CloudType>> = {
  "random:index/randomPassword:RandomPassword": {
    properties: [
      ...["length", "lower", "upper", "numeric", "number", "special", "overrideSpecial", "keepers.*"],
      ...["minLower", "minUpper", "minNumeric", "minSpecial"],
    ],
    required: ["length"],
    replaces: Object.fromEntries(
      [
        ...["length", "lower", "upper", "numeric", "number", "special", "overrideSpecial", "keepers"],
        ...["minLower", "minUpper", "minNumeric", "minSpecial"],
      ].map((property) => [property, docs]),
    ),
    secretOutputs: ["result", "bcryptHash"],
    stateOnly: true,
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
  },
};

function alphabetOf(inputs: Props): string {
  const special = inputs["overrideSpecial"];
  const chosen = alphabets.filter(({ property }) => inputs[property] !== false);
  return chosen
    .map(({ property, characters }) =>
      property === "special" && typeof special === "string" ? special : characters,
    )
    .join("");
}
