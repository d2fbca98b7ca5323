import { writeFileSync } from "node:fs";
import { LabError, runOk } from "../machine/processes";

export interface Certificate {
  /** PEM. It is self-signed: a client that trusts the file trusts no other certificate. */
  readonly certificate: string;
  /** PEM, kept in memory. */
  readonly key: string;
}

/** A certificate for these names, valid for two days. Clients must trust `file`. */
export async function issueCertificate(names: readonly string[], file: string): Promise<Certificate> {
  const subjectAltName = `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`;
  const pem = await runOk("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"],
    ...["-subj", "/CN=S3 of the lab", "-addext", subjectAltName, "-keyout", "-", "-out", "-"],
  ]);
  const certificate = block(pem, /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n/);
  writeFileSync(file, certificate);
  return { certificate, key: block(pem, /-----BEGIN PRIVATE KEY-----[^]*?-----END PRIVATE KEY-----\n/) };
}

/**
 * The names that an S3 endpoint's certificate covers: below `bucket.` and its siblings, never the bare name.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
 */
export function endpointCertificateNames(names: readonly string[]): string[] {
  return names.flatMap((name) => [
    `bucket.${name}`,
    ...["bucket", "accesspoint", "control"].map((kind) => `*.${kind}.${name}`),
  ]);
}

function block(pem: string, kind: RegExp): string {
  const found = kind.exec(pem)?.[0];
  if (found === undefined) throw new LabError("openssl issued no certificate");
  return found;
}
