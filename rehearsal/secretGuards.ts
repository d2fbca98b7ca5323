import { awsTypes } from "./awsEstate";
import { azureTypes } from "./azureEstate";
import { number } from "./clouds/values";
import type { Estate } from "./estate";
import { guardFinding, type Finding } from "./findings";
import type { RecordedOptions, RecordedResource, Value } from "./recording";
import { secretsOf, textsIn } from "./secrets";

const passwordType = "random:index/randomPassword:RandomPassword";

/** Keys stay secret on their whole way, and a changed key arrives. */
export function secretGuards(estate: Estate): readonly Finding[] {
  return [...markGuards(estate), ...leakGuards(estate), ...keyGuards(estate), ...optionGuards(estate)];
}

/** Inputs that hold a key are marked. */
function markGuards(estate: Estate): readonly Finding[] {
  const keyed: readonly { type: string; properties: readonly string[] }[] = [
    { type: azureTypes.connection, properties: ["sharedKey"] },
    { type: awsTypes.vpnConnection, properties: ["tunnel1PresharedKey", "tunnel2PresharedKey"] },
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
    textsIn(value).some((text) => [...secrets].some((secret) => text.includes(secret)));
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

/** 64 letters: the longest that AWS takes, in an alphabet that both clouds take. */
function keyGuards(estate: Estate): readonly Finding[] {
  return estate
    .ofType(passwordType)
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

/** What must happen when a property changes, beyond what the provider knows by itself. */
const changes: readonly {
  readonly type: string;
  readonly holds: (options: RecordedOptions) => boolean;
  readonly problem: string;
  readonly fix: string;
}[] = [
  {
    type: azureTypes.connection,
    holds: (options) =>
      ["sharedKey", "connectionProtocol"].every((p) => options.replaceOnChanges.includes(p)),
    problem:
      "a changed key or protocol would not arrive: Azure takes the update and keeps the old (azurerm #11673)",
    fix: "set replaceOnChanges to sharedKey and connectionProtocol",
  },
  {
    type: azureTypes.connection,
    holds: (options) => options.deleteBeforeReplace,
    problem: "two connections to one far end cannot stand side by side",
    fix: "set deleteBeforeReplace",
  },
  {
    type: azureTypes.connection,
    holds: (options) => options.additionalSecretOutputs.includes("sharedKey"),
    problem: "the provider's answer would put the key into the state in plain text",
    fix: "set additionalSecretOutputs to sharedKey",
  },
  {
    type: azureTypes.publicIp,
    holds: (options) => options.replaceOnChanges.includes("zones"),
    problem: "Azure cannot move an address between zones, which the provider does not know",
    fix: "set replaceOnChanges to zones",
  },
  {
    type: azureTypes.gateway,
    holds: (options) => options.deleteBeforeReplace,
    problem: "its name is fixed, so a second one cannot stand beside it",
    fix: "set deleteBeforeReplace",
  },
  {
    type: azureTypes.gateway,
    holds: ({ customTimeouts }) =>
      minutes(customTimeouts.create) >= 60 && minutes(customTimeouts.delete) >= 30,
    problem: "the engine may give up before Azure is done: 45 minutes or more to create, 20 to delete",
    fix: "set customTimeouts to an hour and more",
  },
  {
    type: awsTypes.vpnConnection,
    holds: ({ customTimeouts }) => minutes(customTimeouts.create) >= 40,
    problem: "the engine may give up before AWS is done: up to 40 minutes",
    fix: "set customTimeouts.create to 40m",
  },
];

function optionGuards(estate: Estate): readonly Finding[] {
  return [
    ...changes.flatMap(({ type, holds, problem, fix }) =>
      estate
        .ofType(type)
        .filter((resource) => !holds(resource.options))
        .map((resource) => guardFinding(resource, problem, fix)),
    ),
    ...estate.resources.filter((r) => r.custom).flatMap(blindSpots),
  ];
}

/** Changes that are ignored and leftovers after a teardown are nowhere wanted. */
function blindSpots(resource: RecordedResource): readonly Finding[] {
  const { ignoreChanges, retainOnDelete } = resource.options;
  return [
    ...(ignoreChanges.length > 0
      ? [
          guardFinding(
            resource,
            `changes of ${ignoreChanges.join(", ")} would be ignored`,
            "remove ignoreChanges",
          ),
        ]
      : []),
    ...(retainOnDelete
      ? [guardFinding(resource, "would stay behind after a teardown", "remove retainOnDelete")]
      : []),
  ];
}

/** A Go duration of hours, minutes and seconds, in minutes; 0 where there is none. */
function minutes(duration: string | undefined): number {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration ?? "");
  const [hours = 0, mins = 0, seconds = 0] = (parts?.slice(1) ?? []).map((part) => Number(part || 0));
  return hours * 60 + mins + seconds / 60;
}
