import { distinct, type Rule } from "./rule";

/** A plain address: what both clouds take without quoting. A name beside it, and an address without a dot, are not. */
const emailForm =
  /^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;

export const emailRule: Rule<string> = (address) =>
  emailForm.test(address)
    ? []
    : [{ rule: "it is not an e-mail address", fix: "write it as data-platform@example.com" }];

/** Mail servers treat capitals and small letters as one address. */
export const emailListRule: Rule<readonly string[]> = (addresses) =>
  distinct(
    addresses.map((address) => address.toLowerCase()),
    () => ({ rule: "it is in the list already", fix: "list it once" }),
  );
