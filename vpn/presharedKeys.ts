import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { RandomPassword } from "@pulumi/random";
import type { AwsConnectionPlan, TunnelName } from "./tunnels";

export interface PresharedKeysArgs {
  readonly connections: readonly AwsConnectionPlan[];
  /** Per tunnel; raising one gives that tunnel a new key. */
  readonly generations: Readonly<Record<TunnelName, number>>;
}

export type PresharedKeys = Readonly<Partial<Record<TunnelName, RandomPassword>>>;

/**
 * One key per AWS tunnel, also for a tunnel that Azure does not use: AWS would generate a weaker one itself.
 * 64 letters are in both clouds' alphabets (AWS: 8–64 of letters, digits, dot and underscore, no leading zero;
 * Azure: printable ASCII without space, hyphen and tilde) and carry 364 bits.
 */
export function createPresharedKeys(
  name: string,
  args: PresharedKeysArgs,
  opts: pulumi.CustomResourceOptions,
): PresharedKeys {
  const tunnels = args.connections.flatMap((connection) => connection.tunnels);
  return Object.fromEntries(
    tunnels.map((tunnel) => {
      const key = new RandomPassword(
        `${name}-${tunnel.name}-key`,
        {
          length: 64,
          special: false,
          numeric: false,
          keepers: { generation: String(args.generations[tunnel.name]) },
        },
        opts,
      );
      return [tunnel.name, key];
    }),
  );
}

export function presharedKey(keys: PresharedKeys, tunnel: TunnelName): RandomPassword {
  const key = keys[tunnel];
  if (key === undefined) throw new Error(`the plan has no key for ${tunnel}`);
  return key;
}

/**
 * Tells one key from another and gives none away: of 364 random bits nobody finds what hashes to it. Not secret, because
 * the engine forgets a secret replacementTrigger when it loads a state (3.259).
 */
export function keyFingerprint(key: RandomPassword): pulumi.Output<string> {
  return pulumi.unsecret(key.result.apply((text) => createHash("sha256").update(text).digest("hex")));
}
