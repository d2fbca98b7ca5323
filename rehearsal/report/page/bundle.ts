import { build } from "esbuild";
import { join } from "node:path";

/** The page's script and what it imports, as one text for a `<script>`. */
export async function bundleScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, "script.ts")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    tsconfigRaw: {},
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("esbuild gave no script");
  return file.text.replaceAll("</script", "<\\/script");
}
