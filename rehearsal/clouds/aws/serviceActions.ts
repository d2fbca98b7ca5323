/** Where AWS lists a service's actions, and where the provider's calls are read from. */
export function serviceActions(list: string, service: string): string {
  return `https://docs.aws.amazon.com/service-authorization/latest/reference/list_${list}.html; calls: terraform-provider-aws, internal/service/${service}`;
}
