import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Namespaces } from "../machine/namespaces";
import { roles } from "../network/plan";
import type { StoragePlan } from "../plan/storage";

/** Where `lab/install.sh` builds it, outside the working tree. Version and path are in both files. */
export const serverProgram = join(
  process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
  "azure-s3-privatelink/versitygw-1.8.0/versitygw",
);

/** An object in every bucket, so that there is something to list and get. */
export const labObject = { key: "lab/hello.txt", content: "Hello from the lab.\n" } as const;

/**
 * A real S3 server with one key, the reader's. It checks signatures and stores objects; the proxy evaluates policies.
 * Answers with the server's Unix socket.
 */
export async function startS3Server(namespaces: Namespaces, storage: StoragePlan): Promise<string> {
  const root = `${namespaces.directory}/s3`;
  const socket = `${namespaces.directory}/s3.sock`;
  for (const bucket of storage.buckets) {
    for (const object of [labObject, ...bucket.objects]) {
      const file = `${root}/${bucket.name}/${object.key}`;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, object.content);
    }
  }
  const { region, endpoint, reader } = storage;
  const listen = [
    "--port",
    socket,
    "--region",
    region,
    "--virtual-domain",
    `bucket.${endpoint.names[0] ?? ""}`,
  ];
  const command = [serverProgram, ...listen, "--quiet", "posix", "--nometa", root];
  const server = namespaces.start(roles.endpoint, "the S3 server", command, {
    env: { ROOT_ACCESS_KEY_ID: reader.accessKeyId, ROOT_SECRET_ACCESS_KEY: reader.secretAccessKey },
  });
  await server.ready(() => existsSync(socket));
  return socket;
}
