import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { DefaultAzureCredential, type TokenCredential } from "@azure/identity";
import type { AzureAccess } from "./access";

/**
 * The SDK's own way to sign in, by the client of the options. Where no answer came back, it throws that error: the
 * SDK drops it and speaks of bad credentials.
 */
export function azureSignIn(options: AzureAccess["options"]): TokenCredential {
  const client = options.httpClient ?? createDefaultHttpClient();
  let unreached: unknown;
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      try {
        return await client.sendRequest(request);
      } catch (error) {
        // By plain HTTP it looks for a managed identity, which most machines do not have.
        if (request.url.startsWith("https:")) unreached = error;
        throw error;
      }
    },
  };
  const credential = new DefaultAzureCredential({ ...options, httpClient });
  return {
    getToken: async (scopes, tokenOptions) => {
      unreached = undefined;
      try {
        return await credential.getToken(scopes, tokenOptions);
      } catch (error) {
        throw unreached ?? error;
      }
    },
  };
}
