/** A request to S3, in the terms of a policy. */
export interface S3Request {
  /** Undefined for a request that names no bucket. */
  readonly bucket: string | undefined;
  readonly action: string;
  readonly resource: string;
}

export interface HttpRequest {
  readonly method: string;
  /** The Host header, without a port. */
  readonly host: string;
  /** Path and query. */
  readonly target: string;
}

/** Sub-resources of buckets and objects that have actions of their own, and their part of an action. */
const bucketParts: Readonly<Record<string, string>> = {
  policy: "BucketPolicy",
  policyStatus: "BucketPolicyStatus",
  versioning: "BucketVersioning",
  acl: "BucketAcl",
  encryption: "EncryptionConfiguration",
  publicAccessBlock: "BucketPublicAccessBlock",
  ownershipControls: "BucketOwnershipControls",
  tagging: "BucketTagging",
  lifecycle: "LifecycleConfiguration",
  cors: "BucketCORS",
  website: "BucketWebsite",
};
const objectParts: Readonly<Record<string, string>> = { tagging: "ObjectTagging", acl: "ObjectAcl" };

/**
 * Finds bucket, action and resource. `baseHosts` are the names below which a bucket is the first label.
 * Undefined where the lab has no action for it: such a request is refused, never guessed.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function readS3Request(request: HttpRequest, baseHosts: readonly string[]): S3Request | undefined {
  const url = new URL(request.target, "https://proxy");
  const base = baseHosts.find((host) => request.host.endsWith(`.${host}`));
  const path = decodeURIComponent(url.pathname).slice(1);
  const virtualHost = base === undefined ? undefined : request.host.slice(0, -base.length - 1);
  const [first = "", ...rest] = path.split("/");
  const bucket = virtualHost ?? (first === "" ? undefined : first);
  const key = virtualHost === undefined ? rest.join("/") : path;
  if (bucket === undefined) {
    return request.method === "GET" ? { bucket, action: "s3:ListAllMyBuckets", resource: "*" } : undefined;
  }
  const arn = `arn:aws:s3:::${bucket}`;
  const action =
    key === ""
      ? bucketAction(request.method, url.searchParams)
      : objectAction(request.method, url.searchParams);
  return action === undefined
    ? undefined
    : { bucket, action: `s3:${action}`, resource: key === "" ? arn : `${arn}/${key}` };
}

function bucketAction(method: string, query: URLSearchParams): string | undefined {
  const part = Object.entries(bucketParts).find(([name]) => query.has(name))?.[1];
  if (part !== undefined) return verbed(method, part);
  if (method === "GET" && query.has("location")) return "GetBucketLocation";
  if (method === "GET" && query.has("uploads")) return "ListBucketMultipartUploads";
  if (method === "GET" && query.has("versions")) return "ListBucketVersions";
  // Deleting many objects at once is an action for each object, which the lab does not support.
  if (method === "POST") return undefined;
  return { GET: "ListBucket", HEAD: "ListBucket", PUT: "CreateBucket", DELETE: "DeleteBucket" }[method];
}

function objectAction(method: string, query: URLSearchParams): string | undefined {
  const part = Object.entries(objectParts).find(([name]) => query.has(name))?.[1];
  if (part !== undefined) return verbed(method, part);
  const version = query.has("versionId") ? "Version" : "";
  if (query.has("uploadId")) {
    return {
      GET: "ListMultipartUploadParts",
      DELETE: "AbortMultipartUpload",
      PUT: "PutObject",
      POST: "PutObject",
    }[method];
  }
  return {
    GET: `GetObject${version}`,
    HEAD: `GetObject${version}`,
    PUT: "PutObject",
    POST: "PutObject",
    DELETE: `DeleteObject${version}`,
  }[method];
}

function verbed(method: string, part: string): string | undefined {
  const verb = { GET: "Get", PUT: "Put", DELETE: "Delete" }[method];
  return verb === undefined ? undefined : `${verb}${part}`;
}

/** The access key that signs a request: in its header, or in a presigned URL. */
export function accessKeyOf(authorization: string | undefined, target: string): string | undefined {
  const credential =
    /Credential=([^,\s]+)/.exec(authorization ?? "")?.[1] ??
    new URL(target, "https://proxy").searchParams.get("X-Amz-Credential");
  return credential?.split("/")[0];
}
