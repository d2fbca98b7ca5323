import { z } from "zod";

/** What the client inside wrote of one listing: client/listBucket.sh. */
export type ClientLine = z.infer<typeof lineSchema>;

const marker = "azure-s3-privatelink-client {";

/** Narrow enough that nothing of it can do harm where it is printed: the console is open to all that runs there. */
const lineSchema = z.object({
  version: z.literal(1),
  time: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  bucket: z.string().regex(/^[a-z0-9.-]{0,63}$/),
  /** S3's HTTP status; 0 where none came. */
  status: z.int().min(0).max(599),
  /** curl's exit code. */
  curl: z.int().min(0).max(255),
  /** S3's error code. */
  error: z
    .string()
    .regex(/^[A-Za-z0-9]{1,64}$/)
    .nullable(),
  seconds: z.number().min(0).max(3600),
  keys: z.int().min(0).max(9999).nullable(),
});

/** Longer than any line of the script's, so that a stray brace does not lead far. */
const longest = 500;

/**
 * The last whole line of the client's in a serial log, wherever it begins: prompts and the kernel write to the same
 * console, and cut a line short where they meet it.
 */
export function lastLine(log: string): ClientLine | undefined {
  for (let at = log.lastIndexOf(marker); at !== -1; at = at === 0 ? -1 : log.lastIndexOf(marker, at - 1)) {
    const line = lineAt(log, at + marker.length - 1);
    if (line !== undefined) return line;
  }
  return undefined;
}

function lineAt(log: string, start: number): ClientLine | undefined {
  const text = log.slice(start, start + longest);
  const end = text.indexOf("}");
  try {
    const parsed = lineSchema.safeParse(JSON.parse(text.slice(0, end + 1)));
    return parsed.success && !Number.isNaN(Date.parse(parsed.data.time)) ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
