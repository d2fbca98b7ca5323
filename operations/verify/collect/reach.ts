import type { Access, AwsAccess, AzureAccess } from "./access";
import { azureSignIn } from "./azureSignIn";
import { azureOptions, proxyAgent } from "./proxy";

/** Milliseconds. Long enough for a slow answer, short enough for someone who waits. */
const timeouts = { connectionTimeout: 5_000, requestTimeout: 20_000 };

/** Neither exists for every service in every region, and an environment that asks for them is not asked about this. */
const standardNames = { useFipsEndpoint: false, useDualstackEndpoint: false };

/** How both clouds are asked: by the proxy that the environment names; `direct` goes by none. */
export function reach(
  region: string,
  access: Access,
): { readonly asked: AwsAccess; readonly direct: AwsAccess; readonly azure: AzureAccess } {
  const proxy = proxyAgent();
  const direct = { region, requestHandler: timeouts, ...standardNames, ...access.aws };
  const asked = { ...direct, requestHandler: { ...timeouts, ...(proxy && { httpsAgent: proxy }) } };
  const options = { ...access.azure?.options, ...(proxy && azureOptions(proxy)) };
  return { asked, direct, azure: { credential: access.azure?.credential ?? azureSignIn(options), options } };
}
