import type { ViciMessage } from "./vici";

export interface IkeAssociation {
  readonly uniqueId: string;
  readonly state: string;
  /** As `AES_CBC_256/HMAC_SHA2_384_192/PRF_HMAC_SHA2_384/ECP_384`. */
  readonly suite: string;
  readonly children: readonly ChildAssociation[];
}

export interface ChildAssociation {
  readonly uniqueId: string;
  readonly state: string;
  readonly suite: string;
  /** The group of its own key exchange; the first child of a tunnel has none. */
  readonly keyExchange: string | undefined;
}

/** An association as charon's `list-sas` reports it. */
export function readAssociation(section: ViciMessage): IkeAssociation {
  const children = isSection(section["child-sas"]) ? Object.values(section["child-sas"]) : [];
  return {
    uniqueId: word(section, "uniqueid"),
    state: word(section, "state"),
    suite: suite(section, ["integ-alg", "prf-alg", "dh-group"]),
    children: children.filter(isSection).map((child) => ({
      uniqueId: word(child, "uniqueid"),
      state: word(child, "state"),
      suite: suite(child, ["integ-alg"]),
      keyExchange: word(child, "dh-group") || undefined,
    })),
  };
}

export function isSection(value: ViciMessage[string] | undefined): value is ViciMessage {
  return typeof value === "object" && !Array.isArray(value);
}

function suite(section: ViciMessage, algorithms: readonly string[]): string {
  const cipher = [word(section, "encr-alg"), word(section, "encr-keysize")].filter(Boolean).join("_");
  return [cipher, ...algorithms.map((name) => word(section, name))].filter(Boolean).join("/");
}

function word(section: ViciMessage, key: string): string {
  const value = section[key];
  return typeof value === "string" ? value : "";
}
