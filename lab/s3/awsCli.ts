import type { Ground } from "../machine/namespaces";
import type { Finished } from "../machine/processes";

/** Debian's package awscli: the real client, whatever else is on the path. */
export const awsCli = "/usr/bin/aws";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface CliArgs {
  /** Namespace it runs in. */
  readonly role: string;
  /** Undefined for a caller without any. */
  readonly credentials: Credentials | undefined;
  /** The authority that vouches for S3's certificate; undefined leaves the machine's own. */
  readonly authority: string | undefined;
  /** A whole shell command, as a stack's output `listCommand`. */
  readonly command: string;
  readonly timeoutMs?: number;
}

/** Runs one command of the AWS CLI as a person would, with nothing of the machine's own environment. */
export function runCli(ground: Ground, args: CliArgs): Promise<Finished> {
  const { credentials, authority } = args;
  return ground.run(args.role, ["sh", "-c", args.command], {
    env: {
      PATH: "/usr/bin:/bin",
      HOME: ground.directory,
      AWS_CONFIG_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
      AWS_PAGER: "",
      // Through the environment: arguments are for everybody to read.
      ...(credentials === undefined
        ? {}
        : { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey }),
      ...(authority === undefined ? {} : { AWS_CA_BUNDLE: authority }),
    },
    timeoutMs: args.timeoutMs ?? 30_000,
  });
}
