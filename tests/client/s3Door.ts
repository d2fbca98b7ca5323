import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificate } from "../../lab/s3/certificate";
import { type Signer, signatureProblem } from "./signature";

/** What the door answers a request that is signed as it must be; `silence` is no answer at all. */
export type DoorAnswer = { readonly status: number; readonly body: string } | "silence";

/** S3 behind TLS on loopback: it checks who signed, and answers what a test wants. */
export class S3Door {
  /** Targets of the requests that came through, in order. */
  readonly asked: string[] = [];
  answer: DoorAnswer = { status: 200, body: "" };
  port = 0;

  private constructor(private readonly server: Server) {}

  static async open({ certificate, key }: Certificate, signer: Signer): Promise<S3Door> {
    const server = createServer({ cert: certificate, key });
    const door = new S3Door(server);
    server.on("request", (request, response) => {
      request.resume();
      door.asked.push(request.url ?? "");
      const problem = signatureProblem(request, signer);
      const { answer } = door;
      if (answer === "silence") return;
      const { status, body } = problem === undefined ? answer : { status: 403, body: errorBody(problem) };
      response.writeHead(status, { "content-type": "application/xml" });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    door.port = (server.address() as AddressInfo).port;
    return door;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function errorBody(code: string, message = "Access Denied"): string {
  return `${head}<Error><Code>${code}</Code><Message>${message}</Message><RequestId>1A2B</RequestId></Error>`;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html#API_ListObjectsV2_ResponseSyntax */
export function listing(bucket: string, keys: readonly string[]): string {
  const contents = keys.map((key) => `<Contents><Key>${escaped(key)}</Key><Size>1</Size></Contents>`);
  const facts = `<Name>${bucket}</Name><Prefix></Prefix><KeyCount>${keys.length}</KeyCount><MaxKeys>10</MaxKeys>`;
  const space = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  return `${head}<ListBucketResult ${space}>${facts}<IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
