import type { NetworkManagementClientOptionalParams } from "@azure/arm-network";
import type { TokenCredential } from "@azure/identity";
import type { STSClientConfig } from "@aws-sdk/client-sts";

/** How the clouds are reached; what is left out comes from the SDKs' own environment. */
export interface Access {
  readonly aws?: Partial<AwsAccess>;
  readonly azure?: AzureAccess;
  /** Where S3 answers everybody; its public address in the stack's region when absent. */
  readonly publicS3?: string;
}

/** What every client of the AWS SDK takes. Credentials and endpoints come from its own environment and files. */
export type AwsAccess = Required<Pick<STSClientConfig, "region">> &
  Pick<
    STSClientConfig,
    "credentials" | "requestHandler" | "maxAttempts" | "useFipsEndpoint" | "useDualstackEndpoint"
  >;

/** The credentials for Azure, and its address; tests give their own. */
export interface AzureAccess {
  readonly credential: TokenCredential;
  readonly options: NetworkManagementClientOptionalParams;
}
