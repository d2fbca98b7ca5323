import type { CloudType } from "../cloudType";
import { aboutMinutes } from "../rules";

/** For types where each operation is about one call: nobody documents how long that takes, because it hardly matters. */
export function oneCall(minutes: number, what = "one call"): Pick<CloudType, "create" | "update" | "delete"> {
  const about = aboutMinutes(minutes, what);
  return { create: about, update: about, delete: about };
}
