import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getSessionContextOutput } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { composed, type OutputsOf } from "../contract";
import {
  createBucket,
  createPolicyText,
  createSampleObject,
  expireOldVersions,
  lockObjects,
  secureBucket,
  logAccess,
  type AccessLogTarget,
  type BucketArgs,
} from "./bucket";
import { createEndpoint, createEndpointSecurityGroup, endpointUrl } from "./endpoint";
import type { StackOutputs } from "../outputs";
import { exemptArns } from "./deployers";
import { createReader } from "./reader";

export interface PrivateLinkBucketArgs {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  /** One per zone; the endpoint answers in each. */
  readonly subnetIds: pulumi.Input<string>[];
  /** Networks that may open HTTPS to the endpoint, by name. */
  readonly clients: Readonly<Record<string, string>>;
  /** At least one. Each further one gets its own guards; it touches nothing else but the endpoint's policy. */
  readonly buckets: readonly BucketArgs[];
  /** `enforced` also keeps administrators away from the data outside the endpoint, except those exempt. */
  readonly perimeter: "allow" | "enforced";
  /** ARNs of IAM users and roles that deploy, exempt from an enforced perimeter; undefined: whoever runs Pulumi. */
  readonly deployers: readonly string[] | undefined;
  /** ARNs of IAM users and roles that are exempt as well. */
  readonly trustedPrincipals: readonly string[];
  /** How long a presigned URL works at most, in minutes. */
  readonly presignedUrlMinutes: number;
  /** Puts one small text into the first bucket. */
  readonly sampleObject: boolean;
  /** Days that old versions are kept; undefined: for ever, and unfinished uploads too. */
  readonly oldVersionDays: number | undefined;
  /** Whether the buckets are protected against replacement and deletion. */
  readonly protection: boolean;
  /** Where every bucket's access logs go; undefined without such logs. */
  readonly accessLogs: AccessLogTarget | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** S3 as a private address in the VPC, and buckets that one reader reaches only through it. */
export class PrivateLinkBucket extends pulumi.ComponentResource {
  readonly endpointSecurityGroupId: pulumi.Output<string>;
  /** What a client needs to list the first bucket. */
  readonly reading: {
    readonly listing: Readonly<
      Record<"region" | "endpointUrl" | "bucketName" | "accessKeyId", pulumi.Input<string>>
    >;
    /** By itself, so that the rest stays readable. */
    readonly secretAccessKey: pulumi.Output<string>;
  };
  /** What nobody should change unseen. */
  readonly watched: {
    readonly region: string;
    readonly buckets: readonly {
      readonly arn: pulumi.Output<string>;
      readonly name: pulumi.Output<string>;
    }[];
    readonly readerName: pulumi.Output<string>;
    readonly endpointSecurityGroupId: pulumi.Output<string>;
  };
  readonly outputs: OutputsOf<
    | ("listCommand" | "endpointUrl" | "endpointId" | "buckets" | "firstBucket" | "perimeter" | "awsRegion")
    | ("readerArn" | "readerAccessKeyId" | "readerSecretAccessKey")
  > &
    Partial<OutputsOf<"exemptPrincipals" | "presignedUrlMinutes" | "oldVersionDays">>;

  constructor(name: string, args: PrivateLinkBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-s3-privatelink:s3access:PrivateLinkBucket", name, args, opts);
    const child = { parent: this };
    const { user, accessKey } = createReader(name, args, child);
    const buckets = args.buckets.map((plan) => ({
      plan,
      bucket: createBucket(name, plan, args.tags, { ...child, protect: args.protection }),
    }));
    const endpointArgs = {
      ...args,
      policy: pulumi.output({
        readerArn: user.arn,
        buckets: buckets.map(({ plan, bucket }) => ({ arn: bucket.arn, access: plan.access })),
      }),
    };
    const securityGroup = createEndpointSecurityGroup(name, endpointArgs, child);
    const endpoint = createEndpoint(name, endpointArgs, securityGroup, child);
    const exempt = exemptPrincipals(args, child);
    const context = pulumi.output({
      readerArn: user.arn,
      endpointId: endpoint.id,
      perimeter:
        exempt === undefined ? { kind: "allow" as const } : { kind: "enforced" as const, exemptArns: exempt },
      presignedUrlMinutes: args.presignedUrlMinutes,
    });
    const guarded = buckets.map(({ plan, bucket }) => {
      const policyText = createPolicyText(plan, bucket, context);
      const guards = secureBucket(`${name}-${plan.name}`, bucket, policyText, child);
      const logging =
        args.accessLogs && logAccess(`${name}-${plan.name}`, { bucket, ...guards }, args.accessLogs, child);
      const expiry =
        args.oldVersionDays === undefined
          ? undefined
          : expireOldVersions(
              `${name}-${plan.name}`,
              { bucket, logging, ...guards },
              args.oldVersionDays,
              child,
            );
      if (plan.lockDays !== undefined)
        lockObjects(`${name}-${plan.name}`, bucket, plan.lockDays, expiry ?? logging ?? guards.policy, child);
      return { plan, bucket, ...guards };
    });
    const [first] = guarded;
    if (first === undefined) throw new Error("at least one bucket");
    if (args.sampleObject) createSampleObject(name, first.plan, first, child);

    const { region } = args;
    const url = endpointUrl(endpoint);
    const bucketName = first.bucket.bucket;
    const shown = {
      endpointId: endpoint.id,
      endpointUrl: url,
      buckets: composed<StackOutputs["buckets"]>(
        Object.fromEntries(
          buckets.map(({ plan: { name: key, access, lockDays }, bucket }) => [
            key,
            { bucketName: bucket.bucket, access, ...(lockDays !== undefined && { lockDays }) },
          ]),
        ),
      ),
      readerArn: user.arn,
    };
    this.endpointSecurityGroupId = securityGroup.id;
    this.watched = {
      region,
      buckets: buckets.map(({ bucket }) => ({ arn: bucket.arn, name: bucket.bucket })),
      readerName: user.name,
      endpointSecurityGroupId: securityGroup.id,
    };
    const secretAccessKey = pulumi.secret(accessKey.secret);
    this.reading = {
      listing: { region, endpointUrl: url, bucketName, accessKeyId: accessKey.id },
      secretAccessKey,
    };
    this.outputs = {
      ...shown,
      firstBucket: first.plan.name,
      listCommand: pulumi.interpolate`aws s3 --endpoint-url ${url} --region ${region} ls s3://${bucketName}`,
      readerAccessKeyId: accessKey.id,
      readerSecretAccessKey: secretAccessKey,
      perimeter: args.perimeter,
      presignedUrlMinutes: args.presignedUrlMinutes,
      ...(exempt === undefined ? {} : { exemptPrincipals: exempt }),
      ...(args.oldVersionDays === undefined ? {} : { oldVersionDays: args.oldVersionDays }),
      awsRegion: region,
    };
    this.registerOutputs({ ...shown, endpointSecurityGroupId: securityGroup.id });
  }
}

/** Who runs Pulumi matters only where the stack does not name its deployers. Undefined without a perimeter. */
function exemptPrincipals(
  args: PrivateLinkBucketArgs,
  child: pulumi.InvokeOptions,
): pulumi.Output<string[]> | undefined {
  if (args.perimeter === "allow") return undefined;
  const { deployers, trustedPrincipals } = args;
  if (deployers !== undefined) return pulumi.output(exemptArns({ deployers, trustedPrincipals }));
  const caller = getCallerIdentityOutput({}, child);
  // Of an assumed role the policy must name the role, not today's session.
  const deployer = getSessionContextOutput({ arn: caller.arn }, child).issuerArn;
  return deployer.apply((arn) => exemptArns({ deployers: [arn], trustedPrincipals }));
}
