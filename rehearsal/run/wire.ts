import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Props, Value } from "../model/recording";

// How the engine marks a secret inside a struct (pulumi/sdk `resource.SigKey`, `resource.SecretSig`).
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

export function isProps(value: Value | undefined): value is Props {
  return typeof value === "object" && value !== null && !isList(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isSecret(value: Value | undefined): value is Props {
  return isProps(value) && value[signature] === secretSignature;
}

export function asSecret(value: Value): Value {
  return isSecret(value) ? value : { [signature]: secretSignature, value };
}

/** What the cloud sees: every secret unwrapped. */
export function plain(value: Value): Value {
  if (isSecret(value)) return plain(value.value ?? null);
  if (isList(value)) return value.map(plain);
  if (isProps(value)) return plainProps(value);
  return value;
}

export function plainProps(props: Props): Props {
  return mapProps(props, plain);
}

/** Marks `value` secret wherever `like` is: a provider that accepts secrets has to hand the marks back itself. */
export function remark(value: Value, like: Value | undefined): Value {
  if (like === undefined || isSecret(value)) return value;
  if (isSecret(like)) return asSecret(value);
  if (isList(value)) return isList(like) ? value.map((item, index) => remark(item, like[index])) : value;
  if (isProps(value) && isProps(like)) return remarkProps(value, like);
  return value;
}

export function remarkProps(props: Props, like: Props): Props {
  return mapProps(props, (value, key) => remark(value, like[key]));
}

/** Marks whole properties secret by name. */
export function markSecret(props: Props, names: readonly string[]): Props {
  return mapProps(props, (value, key) => (names.includes(key) ? asSecret(value) : value));
}

export function toStruct(props: Props): Struct {
  return Struct.fromJavaScript(props);
}

export function fromStruct(struct: Struct | undefined): Props {
  return struct?.toJavaScript() ?? {};
}

function mapProps(props: Props, change: (value: Value, key: string) => Value): Props {
  return Object.fromEntries(Object.entries(props).map(([key, value]) => [key, change(value, key)]));
}
