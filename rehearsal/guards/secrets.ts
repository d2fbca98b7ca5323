import { recordOf } from "../clouds/cloudTypes";
import { secretsOf } from "../clouds/secrets";
import type { Estate } from "../estate/estate";
import type { RecordedResource, Value } from "../model/recording";
import { randomTypes } from "../model/resourceTypes";
import { number, text } from "../model/values";
import { guard, guardAt, never, theStack } from "./guard";

/** Keys stay secret on their whole way, and are as strong as both clouds take. */
export const secretGuards = [
  guardAt({
    of: ({ resources }) =>
      resources.flatMap((resource) =>
        (recordOf(resource.type)?.secretInputs ?? []).map((property) => ({ resource, property })),
      ),
    holds: ({ resource, property }) =>
      resource.inputs[property] === undefined || resource.secretInputs.includes(property),
    at: ({ resource }) => resource,
    problem: ({ property }) => `${property} is not marked secret`,
    fix: "wrap it in pulumi.secret",
  }),
  guardAt({
    of: leaksOf,
    holds: never,
    at: ({ place }) => place,
    problem: ({ what }) => `${what} shows a secret`,
    fix: "wrap it in pulumi.secret",
  }),
  // 64 letters: the longest that AWS takes, in an alphabet that both clouds take.
  guard({
    of: keysOf,
    holds: ({ inputs }) =>
      number(inputs, "length") === 64 &&
      inputs["special"] === false &&
      inputs["numeric"] === false &&
      inputs["lower"] !== false &&
      inputs["upper"] !== false,
    problem: "makes keys that are weaker than both clouds allow, or that one of them rejects",
    fix: "64 letters of either case, no digits, nothing special",
  }),
  // A key is replaced by raising its generation, and by nothing else.
  guard({
    of: keysOf,
    holds: ({ inputs }) => text(inputs, "keepers.generation") !== undefined,
    problem: "its key could never be rotated: it has no generation",
    fix: "set keepers.generation",
  }),
];

function keysOf(estate: Estate): readonly RecordedResource[] {
  return estate.ofType(randomTypes.randomPassword);
}

/** Secrets in an output, or in an input, that is not marked. */
function leaksOf(estate: Estate) {
  const secrets = [...secretsOf(estate.resources)];
  const leaks = (value: Value | undefined): boolean => {
    if (typeof value === "string") return secrets.some((secret) => value.includes(secret));
    return typeof value === "object" && value !== null && Object.values(value).some(leaks);
  };
  return [
    ...Object.entries(estate.outputs)
      .filter(([name, value]) => !estate.secretOutputs.includes(name) && leaks(value))
      .map(([name]) => ({ place: theStack, what: `the stack output ${name}` })),
    ...estate.resources.flatMap((resource) =>
      Object.entries(resource.inputs)
        .filter(([property, value]) => !resource.secretInputs.includes(property) && leaks(value))
        .map(([what]) => ({ place: resource, what })),
    ),
  ];
}
