/** What Pulumi asks of a cloud to manage resources of one type: names of IAM or Azure RBAC actions. */
export interface Permissions {
  readonly create: readonly string[];
  /** Also after each create and update, and on each refresh. */
  readonly read: readonly string[];
  readonly update: readonly string[];
  readonly delete: readonly string[];
  /** Where the calls are documented; starts with "guess:" where they are known from the provider's source alone. */
  readonly source: string;
}
