import { awsTypes, azureTypes, randomTypes } from "../model/resourceTypes";
import { isMachinePassword } from "../estate/machines";
import { number, text } from "../model/values";
import type { Estate } from "../estate/estate";
import { guardFinding, type Finding } from "../model/findings";
import type { Value } from "../model/recording";
import { secretsOf, textsIn } from "../clouds/secrets";

/** The passwords that are pre-shared keys. */
function keysOf(estate: Estate) {
  return estate.ofType(randomTypes.randomPassword).filter(({ urn }) => !isMachinePassword(estate.azure, urn));
}

/** Keys stay secret on their whole way, and are as strong as both clouds take. */
export function secretGuards(estate: Estate): readonly Finding[] {
  return [...markGuards(estate), ...leakGuards(estate), ...keyGuards(estate), ...rotationGuards(estate)];
}

/** Inputs that hold a key are marked. */
function markGuards(estate: Estate): readonly Finding[] {
  const keyed: readonly { type: string; properties: readonly string[] }[] = [
    { type: azureTypes.virtualNetworkGatewayConnection, properties: ["sharedKey"] },
    { type: awsTypes.vpnConnection, properties: ["tunnel1PresharedKey", "tunnel2PresharedKey"] },
    { type: azureTypes.virtualMachine, properties: ["osProfile"] },
  ];
  return keyed.flatMap(({ type, properties }) =>
    estate
      .ofType(type)
      .flatMap((resource) =>
        properties
          .filter(
            (property) =>
              resource.inputs[property] !== undefined && !resource.secretInputs.includes(property),
          )
          .map((property) =>
            guardFinding(resource, `${property} is not marked secret`, "wrap it in pulumi.secret"),
          ),
      ),
  );
}

/** No secret stands in an output, or in an input, that is not marked. */
function leakGuards(estate: Estate): readonly Finding[] {
  const secrets = secretsOf(estate.resources);
  const leaks = (value: Value | undefined) =>
    textsIn(value).some((found) => [...secrets].some((secret) => found.includes(secret)));
  return [
    ...Object.entries(estate.outputs)
      .filter(([name, value]) => !estate.secretOutputs.includes(name) && leaks(value))
      .map(([name]) =>
        guardFinding("", `the stack output ${name} shows a secret`, "wrap it in pulumi.secret"),
      ),
    ...estate.resources.flatMap((resource) =>
      Object.entries(resource.inputs)
        .filter(([property, value]) => !resource.secretInputs.includes(property) && leaks(value))
        .map(([property]) =>
          guardFinding(resource, `${property} shows a secret`, "wrap it in pulumi.secret"),
        ),
    ),
  ];
}

/** A key is made anew by raising its generation, and by nothing else. */
function rotationGuards(estate: Estate): readonly Finding[] {
  return keysOf(estate)
    .filter(({ inputs }) => text(inputs, "keepers.generation") === undefined)
    .map((password) =>
      guardFinding(
        password,
        "its key could never be rotated: it has no generation",
        "set keepers.generation",
      ),
    );
}

/** 64 letters: the longest that AWS takes, in an alphabet that both clouds take. */
function keyGuards(estate: Estate): readonly Finding[] {
  return keysOf(estate)
    .filter(
      ({ inputs }) =>
        number(inputs, "length") !== 64 ||
        inputs["special"] !== false ||
        inputs["numeric"] !== false ||
        inputs["lower"] === false ||
        inputs["upper"] === false,
    )
    .map((password) =>
      guardFinding(
        password,
        "makes keys that are weaker than both clouds allow, or that one of them refuses",
        "64 letters of either case, no digits, nothing special",
      ),
    );
}
