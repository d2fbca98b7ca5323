import type { DataAction, Way } from "./actions";
import type { JudgedBucket } from "./buckets";
import type { Caller } from "./callers";

interface Wish {
  readonly way: Way;
  readonly data: DataAction;
  readonly secure: boolean;
}

/** Whether a call is meant to be allowed. */
export function expectation(
  bucket: Pick<JudgedBucket, "holds" | "access" | "perimeter">,
  caller: Pick<Caller, "role" | "scope" | "sameAccount">,
  { way, data, secure }: Wish,
): boolean {
  const inside = way === "endpoint";
  const pastPerimeter = bucket.perimeter === "allow" || data.perimeter === "lets";
  if (caller.role === "expired" || caller.role === "session") return false;
  // Whoever is let in by everything else is still kept to the endpoint by an enforced perimeter.
  if (caller.scope === "bucket policy's Deny") return secure && (inside || pastPerimeter);
  switch (caller.role) {
    case "reader":
      return (
        secure &&
        bucket.holds === "data" &&
        inside &&
        (data.givenBy === "read" || (data.givenBy === "readWrite" && bucket.access === "readWrite"))
      );
    case "nobody":
      return false;
    case "administrator":
    case "service":
      return secure && !inside && pastPerimeter;
    case "exempt":
      return secure && !inside && caller.sameAccount;
  }
}
