import type { StackResource } from "./rule";

/**
 * Resources of these types that none of type `by` names in its property `in`. A preview has the resource that a property refers to as
 * well; a name that was typed in is not found.
 */
export function notNamed(
  resources: readonly StackResource[],
  {
    types,
    by,
    in: property,
  }: { readonly types: readonly string[]; readonly by: string; readonly in: string },
): readonly StackResource[] {
  const named = new Set(
    resources.filter(({ type }) => type === by).flatMap(({ madeOf }) => madeOf[property] ?? []),
  );
  return resources.filter(({ type, urn }) => types.includes(type) && !named.has(urn));
}
