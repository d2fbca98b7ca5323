import path from "node:path";
import { placeOf } from "../../../docs/permissions/stackPlace";
import type { StackPlace } from "../../../docs/permissions/place";
import { everySwitch } from "../../settings/everySwitch";
import { thingOf, type Thing } from "./things";

const projectDir = path.resolve(__dirname, "../../..");

/** A second bucket of dev, whose objects cannot be deleted for a month. */
export const lockedBucket = {
  "azure-s3-privatelink:buckets":
    '[{"name":"data","access":"read"},{"name":"archive","access":"readWrite","lockDays":30}]',
};

/** The stacks whose roles are judged: as they are shipped, and with everything that is optional. */
export const judged = [
  { says: "dev", stack: "dev" },
  { says: "prod", stack: "prod" },
  {
    says: "dev in a resource group made beforehand",
    stack: "dev",
    config: { "azure-s3-privatelink:azureResourceGroup": "rg-s3-link-dev" },
  },
  { says: "prod with everything switched on", stack: "prod", config: everySwitch },
  { says: "dev with a bucket that locks", stack: "dev", config: lockedBucket },
] as const;

export function judgedPlace(one: (typeof judged)[number]): Promise<StackPlace> {
  const { stack, says, ...rest } = one;
  const known = places.get(says) ?? placeOf({ projectDir, stack, ...rest });
  places.set(says, known);
  return known;
}

const places = new Map<string, Promise<StackPlace>>();

/** What the stack has in AWS, as IAM sees it. */
export function thingsOf(place: StackPlace): readonly Thing[] {
  return place.resources.flatMap((resource) => thingOf(concrete(resource), place) ?? []);
}

/** With digits where the name leaves them to chance. */
export function concrete<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll("???????", "0a1b2c3")) as T;
}
