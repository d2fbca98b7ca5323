import { alarmMistakes } from "./alarms";
import { joiningMistakes } from "./joining";
import type { SettingMistake } from "./mistake";
import { namespaceMistakes } from "./namespaces";
import { networkMistakes } from "./networks";
import { s3Mistakes } from "./s3";
import { tagMistakes } from "./tags";
import { valueMistakes } from "./values";
import { vpnMistakes } from "./vpn";

/** Every wrong setting that is tried, by what it is about. */
export const settingMistakes: Readonly<Record<string, readonly SettingMistake[]>> = {
  "a place or a network": networkMistakes,
  "what a stack joins": joiningMistakes,
  "the VPN": vpnMistakes,
  "a bucket or a principal": s3Mistakes,
  "tags and keys": tagMistakes,
  alarms: alarmMistakes,
  "a value's type": valueMistakes,
  "a key's namespace": namespaceMistakes,
};
