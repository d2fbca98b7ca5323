import { RestError, createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import { expect } from "chai";
import { azureSignIn } from "../../../operations/verify/collect/azureSignIn";
import { problemOf } from "../../../operations/verify/collect/problem";

describe("signing in to Azure as a service principal", () => {
  let environment: NodeJS.ProcessEnv;
  beforeEach(() => {
    environment = { ...process.env };
    Object.assign(process.env, {
      AZURE_TENANT_ID: "00000000-0000-4000-8000-000000000001",
      AZURE_CLIENT_ID: "00000000-0000-4000-8000-000000000002",
      AZURE_CLIENT_SECRET: "hush",
    });
  });
  afterEach(() => {
    process.env = environment;
  });

  const problem = async (httpClient: HttpClient) => {
    const credential = azureSignIn({ httpClient, retryOptions: { maxRetries: 0 } });
    return credential.getToken("https://management.azure.com/.default").then(
      () => undefined,
      (error: unknown) => problemOf(error, "Microsoft.Network/virtualNetworkGateways/read"),
    );
  };

  for (const { code, kind } of [
    { code: "ENOTFOUND", kind: "name" },
    { code: "ECONNREFUSED", kind: "refused" },
    { code: "ETIMEDOUT", kind: "timeout" },
    { code: "SELF_SIGNED_CERT_IN_CHAIN", kind: "tls" },
    { code: "ProxyRefused", kind: "proxy" },
  ])
    it(`tells ${code} as ${kind}, not as bad credentials`, async () => {
      const sendRequest = () => Promise.reject(new RestError("nothing came back", { code }));
      expect((await problem({ sendRequest }))?.kind).to.equal(kind);
    });

  it("tells a secret that Azure does not accept as bad credentials", async () => {
    const refusal = { error: "invalid_client", error_description: "AADSTS7000215: Invalid client secret" };
    const discovery = {
      tenant_discovery_endpoint: "https://login.microsoftonline.com/t/v2.0/.well-known/openid-configuration",
      metadata: [],
      issuer: "https://login.microsoftonline.com/{tenantid}/v2.0",
      authorization_endpoint: "https://login.microsoftonline.com/t/oauth2/v2.0/authorize",
      token_endpoint: "https://login.microsoftonline.com/t/oauth2/v2.0/token",
    };
    const found = await problem({
      sendRequest: (request) => {
        const asksToken = request.method === "POST";
        return Promise.resolve({
          request,
          headers: createHttpHeaders({ "content-type": "application/json" }),
          status: asksToken ? 401 : 200,
          bodyAsText: JSON.stringify(asksToken ? refusal : discovery),
        });
      },
    });
    expect(found?.kind).to.equal("credentials");
  });
});
