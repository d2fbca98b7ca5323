import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { main } from "../../operations/rehearse";
import { galleryTexts, printedText } from "./texts";
import { installedBrowser, startBrowser } from "../../tests/page/browser";

/** One picture: which stack, how it is looked at, and what is picked on it. */
interface Picture {
  readonly file: string;
  readonly stack: string;
  readonly scheme: "light" | "dark";
  readonly width: number;
  readonly height: number;
  /** A failure to pick. */
  readonly failure?: string;
  /** The section to begin with; the page's head where absent. */
  readonly from?: string;
}

const desk = { width: 1280, height: 1000 };
const phone = { width: 390, height: 844 };

const pictures: readonly Picture[] = [
  { file: "dev.png", stack: "dev", scheme: "light", ...desk },
  { file: "prod.png", stack: "prod", scheme: "light", ...desk },
  { file: "prod-failure.png", stack: "prod", scheme: "dark", ...desk, failure: "azure-instance1" },
  { file: "prod-topologies.png", stack: "prod", scheme: "light", ...desk, from: "topologies" },
  { file: "prod-time.png", stack: "prod", scheme: "light", ...desk, from: "time" },
  { file: "prod-phone.png", stack: "prod", scheme: "dark", ...phone, failure: "tunnel2", from: "topology" },
];

/** Makes every text and picture of the gallery again from the stacks as they are: `npm run gallery`. */
async function makeGallery(): Promise<void> {
  const executable = installedBrowser();
  if (executable === undefined)
    throw new Error("there is no Chromium; run tests/suites/install.sh, or name one in CHROMIUM");
  for (const { file, args } of galleryTexts) writeFileSync(join(__dirname, file), printedText(args));
  const folder = mkdtempSync(join(tmpdir(), "gallery-"));
  const browser = await startBrowser(executable);
  try {
    for (const stack of new Set(pictures.map((picture) => picture.stack)))
      await main(["--stack", stack, "--html", join(folder, `${stack}.html`)], join(__dirname, "..", ".."));
    for (const { file, stack, scheme, width, height, failure, from } of pictures) {
      const context = await browser.newContext({
        colorScheme: scheme,
        viewport: { width, height },
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      await page.goto(pathToFileURL(join(folder, `${stack}.html`)).href);
      if (failure !== undefined) await page.selectOption("#failure", failure);
      if (from !== undefined)
        await page.locator(`#${from}`).evaluate((section) => {
          section.scrollIntoView();
        });
      await page.screenshot({ path: join(__dirname, file) });
      await context.close();
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

void makeGallery();
