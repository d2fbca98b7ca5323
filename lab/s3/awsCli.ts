import type { Namespaces } from "../machine/namespaces";
import type { Finished } from "../machine/processes";

/** Debian's package awscli, whatever else is on the path. */
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
  /** The authority that the client trusts; undefined for the machine's own. */
  readonly authority: string | undefined;
  /** A whole shell command, such as a stack's output `listCommand`. */
  readonly command: string;
}

/** Runs one command of the AWS CLI, with nothing of the machine's own environment. */
export function runCli(namespaces: Namespaces, args: CliArgs): Promise<Finished> {
  const { credentials, authority } = args;
  return namespaces.run(args.role, ["sh", "-c", args.command], {
    env: {
      PATH: "/usr/bin:/bin",
      HOME: namespaces.directory,
      AWS_CONFIG_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
      AWS_PAGER: "",
      // Through the environment: every user can read arguments.
      ...(credentials === undefined
        ? {}
        : { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey }),
      ...(authority === undefined ? {} : { AWS_CA_BUNDLE: authority }),
    },
    // It starts an interpreter: on a busy machine that alone takes 10 seconds.
    timeoutMs: 60_000,
  });
}
