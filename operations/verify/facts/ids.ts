/** The parts of a resource id; of a subnet, `parent` is its network. */
export function partsOf(id: string) {
  const parts = id.split("/");
  const after = (key: string) =>
    parts[parts.findIndex((part) => part.toLowerCase() === key.toLowerCase()) + 1] ?? "";
  return {
    subscription: after("subscriptions"),
    group: after("resourceGroups"),
    parent: after("virtualNetworks"),
    name: parts.at(-1) ?? "",
  };
}
