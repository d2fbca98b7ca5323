import { expect } from "chai";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { devStack, hubCase, rehearsedStack, stackCases } from "../rehearsal/fixtures/stacks";
import { installedBrowser, startBrowser } from "./browser";
import { pageFile, pageOf } from "./pages";

const axeSource = readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8");

const [devCase, prodCase] = stackCases;
if (devCase === undefined || prodCase === undefined) throw new Error("a case is missing");

const schemes = ["light", "dark"] as const;
const sizes = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** What a page did that it should not. */
interface Watched {
  readonly page: Page;
  readonly said: string[];
  readonly asked: string[];
}

describe("The page in a browser", function () {
  this.timeout(120_000);

  let browser: Browser;
  const files: Record<string, ReturnType<typeof pageFile>> = {};

  before(async function () {
    const executable = installedBrowser();
    if (executable === undefined) {
      const how = "there is no Chromium; run tests/suites/install.sh, or name one in CHROMIUM";
      if (process.env["CI"] !== undefined) throw new Error(how);
      console.log(`      skipped: ${how}`);
      this.skip();
    }
    browser = await startBrowser(executable);
    files["dev"] = pageFile(await pageOf(devCase));
    files["prod"] = pageFile(await pageOf(prodCase));
    files["hub"] = pageFile(await pageOf(hubCase));
    files["broken"] = pageFile(await pageOf(prodCase, "vpn-aws-propagation"));
  });

  after(async () => {
    // Nothing is there to close where all was skipped.
    await (browser as Browser | undefined)?.close();
    for (const file of Object.values(files)) file.remove();
  });

  async function open(name: string, options: BrowserContextOptions = {}): Promise<Watched> {
    const url = files[name]?.url ?? "";
    const context = await browser.newContext({ viewport: sizes.desk, reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    const watched: Watched = { page, said: [], asked: [] };
    page.on("console", (message) => watched.said.push(message.text()));
    page.on("pageerror", (error) => watched.said.push(error.message));
    page.on("request", (request) => watched.asked.push(request.url()));
    await page.goto(url);
    return watched;
  }

  async function close({ page }: Watched): Promise<void> {
    await page.context().close();
  }

  for (const name of ["dev", "prod", "hub", "broken"])
    for (const scheme of schemes)
      for (const [size, viewport] of Object.entries(sizes))
        if (["dev", "prod"].includes(name) || (scheme === "light") === (size === "desk"))
          it(`of ${name} is accessible, silent and self-contained: ${scheme}, ${size}`, async () => {
            const opened = await open(name, { colorScheme: scheme, viewport });
            const { page, said, asked } = opened;
            expect(await axeViolations(page), "folded").to.deep.equal([]);
            await page.evaluate(() => {
              for (const details of document.querySelectorAll("details")) details.open = true;
            });
            expect(await axeViolations(page)).to.deep.equal([]);
            await page.selectOption("#failure", "no-s3-endpoint");
            expect(await axeViolations(page)).to.deep.equal([]);
            expect(said).to.deep.equal([]);
            expect(asked).to.deep.equal([files[name]?.url]);
            const overflow = await page.evaluate(
              () => document.documentElement.scrollWidth > window.innerWidth,
            );
            expect(overflow, "wider than the screen").to.equal(false);
            await close(opened);
          });

  for (const name of ["dev", "prod", "broken"])
    it(`of ${name} is at most 8,000 pixels long on a phone, and opens the section that a link leads to`, async () => {
      const opened = await open(name, { viewport: sizes.phone });
      const { page } = opened;
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).to.be.at.most(8000);
      expect(await page.locator("#cost table").isVisible()).to.equal(false);
      await page.locator('nav a[href="#cost"]').click();
      expect(await page.locator("#cost table").isVisible()).to.equal(true);
      await close(opened);
      const desk = await open(name);
      expect(await desk.page.locator("#cost table").isVisible()).to.equal(true);
      await close(desk);
    });

  it("names the column of every cell on a phone, and keeps each within the screen", async () => {
    const opened = await open("prod", { viewport: sizes.phone });
    const found = await opened.page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
      return [...document.querySelectorAll("table")].map((table) => {
        const columns = [...table.querySelectorAll("thead th:not(:first-child)")].map((column) =>
          (column.firstChild as Text).data.trim(),
        );
        return [...table.querySelectorAll("tbody tr")].flatMap((row) =>
          [...row.querySelectorAll("td")].flatMap((cell, index) => {
            const label = getComputedStyle(cell, "::before").content;
            const { left, right } = cell.getBoundingClientRect();
            const named = cell.className === "bars" || label === `"${columns[index] ?? ""}: "`;
            return named && left >= 0 && right <= innerWidth ? [] : [`${label}: ${cell.innerText}`];
          }),
        );
      });
    });
    expect(found.length).to.be.greaterThan(8);
    expect(found.flat()).to.deep.equal([]);
    await close(opened);
  });

  for (const [name, width, scrolls] of [
    ["prod", 390, true],
    ["dev", 390, false],
    ["prod", 768, true],
    ["prod", 1280, false],
  ] as const)
    it(`${scrolls ? "says" : "does not say"} that the drawing of ${name} scrolls at ${width} pixels`, async () => {
      const opened = await open(name, { viewport: { width, height: 844 } });
      const { page } = opened;
      const wider = await page
        .locator(".drawing:visible")
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
      expect([wider, await page.locator("#scrolls").isVisible()]).to.deep.equal([scrolls, scrolls]);
      await close(opened);
    });

  for (const scheme of schemes)
    for (const [size, viewport] of Object.entries(sizes))
      it(`has legible labels on a tunnel that is down: ${scheme}, ${size}`, async () => {
        const opened = await open("prod", { colorScheme: scheme, viewport });
        const { page } = opened;
        await page.selectOption("#failure", "tunnel1");
        const labels = await tunnelLabels(page);
        expect(labels.map(({ words }) => words)).to.include.members(["tunnel1", "end of tunnel1"]);
        for (const { words, contrast, pixels, decoration } of labels) {
          expect(contrast, words).to.be.at.least(4.5);
          expect(pixels, words).to.be.at.least(10);
          expect(decoration, words).to.equal("none");
        }
        await page.addStyleTag({ content: ".drawing .failed > text { fill: #888 !important }" });
        const pale = (await tunnelLabels(page)).map(({ contrast }) => contrast);
        expect(Math.min(...pale), "the control").to.be.below(4.5);
        await close(opened);
      });

  it("is judged by axe-core, which finds a picture without words: the control", async () => {
    const opened = await open("dev");
    await opened.page.evaluate(() => {
      document.querySelector("svg")?.removeAttribute("aria-label");
      document.body.append(document.createElement("img"));
    });
    expect(await axeViolations(opened.page)).to.include.members(["svg-img-alt", "image-alt"]);
    await close(opened);
  });

  it("lets nothing leave it, whatever a script tries: the control of the policy", async () => {
    const opened = await open("dev");
    const { page, said } = opened;
    const outcome = await page.evaluate(() =>
      fetch("http://127.0.0.1:9/").then(
        () => "sent",
        () => "kept",
      ),
    );
    expect(outcome).to.equal("kept");
    expect(said.join(" ")).to.include("Content Security Policy");
    await close(opened);
  });

  it("shows a failure in the drawing, in words and on the path", async () => {
    const opened = await open("prod");
    const { page } = opened;
    expect(await classesOf(page, "tunnel1")).to.include("carries");
    await page.selectOption("#failure", "azure-instance1");
    expect(await classesOf(page, "tunnel1")).to.include("failed");
    expect(await classesOf(page, "instance1")).to.include("failed");
    expect(await classesOf(page, "tunnel3")).to.include("carries");
    expect(await page.locator("#state").innerText()).to.include(
      "instance 1 of the Azure gateway fails: holds",
    );
    expect(await page.locator("#path").innerText()).to.include("tunnel3, tunnel4: both ends agree");
    await page.selectOption("#failure", "");
    expect(await classesOf(page, "tunnel1")).to.include("carries");
    await close(opened);
  });

  it("shows two failures at once, and which second ones there are", async () => {
    const opened = await open("prod");
    const { page } = opened;
    expect(await page.locator("#second").isDisabled()).to.equal(true);
    await page.selectOption("#failure", "azure-instance2");
    await page.selectOption("#second", "azure-instance1");
    expect(await page.locator("#state").innerText()).to.include("outage");
    expect(await page.locator("#path .hop.broken").count()).to.be.greaterThan(0);
    await page.selectOption("#failure", "no-s3-endpoint");
    expect(await page.locator("#second").isDisabled()).to.equal(true);
    await close(opened);
  });

  it("follows the path to another zone", async () => {
    const opened = await open("prod");
    const { page } = opened;
    await page.selectOption("#failure", "zone-ap-northeast-1c");
    expect(await page.locator("#path .hop.broken").count()).to.equal(0);
    await page.getByRole("radio", { name: /1c$/ }).check();
    expect(await page.locator("#path .hop.broken .rule").allInnerTexts()).to.deep.equal([
      "stops here: assumed failure: availability zone ap-northeast-1c fails",
    ]);
    await close(opened);
  });

  it("shows where a clicked hop is, and finds the hop of a clicked part", async () => {
    const opened = await open("prod");
    const { page } = opened;
    const hops = page.locator(".hop");
    await hops.nth(2).click();
    expect(await hops.nth(2).getAttribute("aria-pressed")).to.equal("true");
    expect(await classesOf(page, "gateway1")).to.include("at");
    expect(await page.locator("#hop-said").textContent()).to.include("vpn-azure-gateway");
    await page.locator('.drawing.wide [data-part="client1"] text').first().click();
    expect(await page.locator('.hop[aria-pressed="true"]').innerText()).to.include("a client in");
    expect(await classesOf(page, "client1")).to.include("at");
    await close(opened);
  });

  it("is used by keyboard alone", async () => {
    const opened = await open("prod");
    const { page } = opened;
    await page.locator("#failure").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    expect(await focused(page)).to.equal("second");
    expect(await page.locator("#state").innerText()).to.include("tunnel1 goes down");
    await page.locator(".hop").first().focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await page.locator('.hop[aria-pressed="true"] .number').innerText()).to.equal("3");
    expect(await page.locator(":focus .number").innerText()).to.equal("3");
    await page.keyboard.press("ArrowUp");
    expect(await page.locator('.hop[aria-pressed="true"] .number').innerText()).to.equal("2");
    await close(opened);
  });

  it("says first what is wrong, where something is", async () => {
    const opened = await open("broken");
    const { page } = opened;
    expect(await page.locator("main section").first().getAttribute("id")).to.equal("findings");
    expect(await page.locator(".badge.bad").innerText()).to.match(/\d+ finding/);
    expect(await page.locator("#path .hop.broken").count()).to.be.greaterThan(0);
    await close(opened);
  });

  it("prints without the controls", async () => {
    const opened = await open("prod");
    await opened.page.emulateMedia({ media: "print" });
    expect(await opened.page.locator(".picker").isVisible()).to.equal(false);
    expect(await opened.page.locator(".drawing.wide").isVisible()).to.equal(true);
    await close(opened);
  });

  it("has no part of the drawing without a place on it", async () => {
    const opened = await open("prod");
    const boxes = await opened.page.locator(".drawing.wide [data-part] text").evaluateAll((texts) =>
      texts.map((text) => {
        const box = text.getBoundingClientRect();
        const svg = text.closest("svg")?.getBoundingClientRect();
        return svg !== undefined && box.left >= svg.left - 1 && box.right <= svg.right + 1;
      }),
    );
    expect(boxes.length).to.be.greaterThan(20);
    expect(boxes.every(Boolean)).to.equal(true);
    await close(opened);
  });

  it("holds no secret of the run", async () => {
    for (const [name, { recording }] of [
      ["dev", await devStack()],
      ["prod", await rehearsedStack(prodCase)],
    ] as const) {
      const page = readFileSync(new URL(files[name]?.url ?? ""), "utf8");
      const secrets = recording.secretOutputs
        .map((output) => recording.outputs[output])
        .concat(
          recording.resources
            .filter(({ type }) => type.startsWith("random:"))
            .map(({ outputs }) => outputs["result"] ?? ""),
        );
      expect(secrets.length).to.be.greaterThan(1);
      for (const secret of secrets)
        expect(typeof secret === "string" && !page.includes(secret), name).to.equal(true);
    }
  });
});

async function classesOf(page: Page, part: string): Promise<readonly string[]> {
  const classes = await page.locator(`.drawing.wide [data-part="${part}"]`).getAttribute("class");
  return classes?.split(" ") ?? [];
}

/** The labels of what is down: contrast to every ground they may lie on, and how big they are. */
async function tunnelLabels(page: Page) {
  const labels = await page.locator(".drawing:visible .failed > text").evaluateAll((texts) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const probe = document.body.appendChild(document.createElement("i"));
    const grounds = ["--card", "--azure", "--aws", "--bad-soft"];
    const found = texts.map((text) => {
      const { fill, fontSize, textDecorationLine } = getComputedStyle(text);
      const colors = [fill, ...grounds.map((name) => `var(${name})`)].map((color) => {
        probe.style.color = color;
        if (canvas === null) throw new Error("there is no canvas");
        canvas.fillStyle = getComputedStyle(probe).color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
      });
      const scale = (text as SVGTextElement).getScreenCTM()?.a ?? 0;
      const pixels = Number.parseFloat(fontSize) * scale;
      return { words: text.textContent, colors, pixels, decoration: textDecorationLine };
    });
    probe.remove();
    return found;
  });
  return labels.map(({ colors: [own, ...grounds], ...label }) => ({
    ...label,
    contrast: Math.min(...grounds.map((ground) => contrast(own ?? [], ground))),
  }));
}

/** As WCAG defines it: 1 to 21. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) =>
    value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.id);
}

/** The ids of the rules that axe-core finds broken. What passes is judged too, and only not described. */
async function axeViolations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      readonly axe: {
        run(options: object): Promise<{ readonly violations: readonly { readonly id: string }[] }>;
      };
    };
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations.map(({ id }) => id);
  });
}
