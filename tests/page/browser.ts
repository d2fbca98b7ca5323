import { type Browser, chromium } from "playwright-core";
import { accessSync, constants } from "node:fs";

/** Where distributions put the browser; `CHROMIUM` names another. */
const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The installed browser's file; undefined where there is none. */
export function installedBrowser(): string | undefined {
  const named = process.env["CHROMIUM"];
  return (named === undefined ? places : [named]).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Starts the browser with a profile of its own that asks nobody for anything. */
export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
