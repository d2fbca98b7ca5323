import type { StackConfig } from "./stackConfig";

/**
 * What the engine proposes as the name of a resource that the program leaves to Pulumi; undefined without
 * `pulumi:autonaming`, where each provider has its own way.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming-configuration
 */
export function namer(
  { project, values }: Pick<StackConfig, "project" | "values">,
  stack: string,
): (name: string) => string | undefined {
  const given = values["pulumi:autonaming"];
  const { pattern } = (given === undefined ? {} : JSON.parse(given)) as { pattern?: string };
  if (pattern === undefined) return () => undefined;
  return (name) =>
    pattern
      .replaceAll("${project}", project)
      .replaceAll("${stack}", stack)
      .replaceAll("${name}", name)
      .replaceAll(/\$\{hex\((\d+)\)\}/g, (_all, digits) => "0".repeat(Number(digits)));
}
