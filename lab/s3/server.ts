import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Ground } from "../machine/namespaces";
import { roles } from "../network/plan";
import { type Daemon, LabError, until } from "../machine/processes";
import type { StoragePlan } from "../plan/storage";

/** Where `lab/install.sh` builds it, outside the working tree. Version and place stand in both. */
export const serverProgram = join(
  process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
  "azure-s3-privatelink/versitygw-1.8.0/versitygw",
);

/** An object that every bucket has, so that there is something to list and get. */
export const labObject = { key: "lab/hello.txt", content: "Hello from the lab.\n" } as const;

/**
 * A real S3 server with one key, the reader's: it checks signatures and keeps objects, policies are the doors' business.
 */
export async function startS3Server(
  ground: Ground,
  storage: StoragePlan,
): Promise<{ readonly socket: string; readonly process: Daemon }> {
  const root = `${ground.directory}/s3`;
  const socket = `${ground.directory}/s3.sock`;
  for (const bucket of storage.buckets) {
    for (const object of [labObject, ...bucket.objects]) {
      const file = `${root}/${bucket.name}/${object.key}`;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, object.content);
    }
  }
  const [regionalName = ""] = storage.endpoint.names;
  const process = ground.start(
    roles.endpoint,
    "s3",
    [
      serverProgram,
      ...[
        "--port",
        socket,
        "--region",
        storage.region,
        "--virtual-domain",
        `bucket.${regionalName}`,
        "--quiet",
      ],
      ...["posix", "--nometa", root],
    ],
    {
      env: {
        ROOT_ACCESS_KEY_ID: storage.reader.accessKeyId,
        ROOT_SECRET_ACCESS_KEY: storage.reader.secretAccessKey,
      },
    },
  );
  await until("the S3 server listens", () => {
    if (!process.running) throw new LabError(`the S3 server ended: ${process.lines.slice(-5).join("; ")}`);
    return existsSync(socket);
  });
  return { socket, process };
}
