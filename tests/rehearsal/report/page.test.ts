import { expect } from "chai";
import { judgeTunnels } from "../../../rehearsal/tunnels/tunnels";
import { readEstate } from "../../../rehearsal/estate/estate";
import { judgeFaults } from "../../../rehearsal/faults/faults";
import { reportDocument } from "../../../rehearsal/report/document";
import { pageData } from "../../../rehearsal/report/page/data";
import { drawEstate } from "../../../rehearsal/report/page/drawing";
import { layOut, toDot } from "../../../rehearsal/report/page/layout";
import { html } from "../../../rehearsal/report/page/markup";
import { renderPage } from "../../../rehearsal/report/page/page";
import { judge } from "../../../rehearsal/verdict/verdict";
import { tracePaths } from "../../../rehearsal/path/path";
import { pageOf } from "../../page/pages";
import { devStack, joinedCases, noIntent, rehearsedStack, stackCases } from "../fixtures/stacks";
import { notJudged } from "./notJudged";

const megabyte = 1024 * 1024;

describe("Markup", () => {
  it("escapes what is inserted, and leaves markup as it is", () => {
    const given = `<img src=x onerror="alert('1')">&`;
    expect(html`<p title="${given}">${html`<b>${given}</b>`}${[1, false, undefined]}</p>`.html).to.equal(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;"><b>&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</b>1</p>',
    );
  });
});

describe("The drawing", () => {
  for (const given of [...stackCases, ...joinedCases])
    describe(`of ${given.title}`, () => {
      const drawn = async () => {
        const estate = readEstate((await rehearsedStack(given)).recording);
        const tunnels = judgeTunnels(estate);
        return { estate, tunnels, drawing: drawEstate(estate, tunnels) };
      };

      it("has a line for every tunnel in use, with its addresses at both ends", async () => {
        const { drawing, tunnels } = await drawn();
        const used = tunnels.filter(({ spare }) => !spare);
        const lines = drawing.lines.filter(({ kind }) => kind === "tunnel");
        expect(lines.map(({ tunnel, label }) => [tunnel, ...label])).to.deep.equal(
          used.map(({ name, aws }) => [name, name, aws?.tunnel.insideCidr]),
        );
        const title = (id: string) => drawing.boxes.find((box) => box.id === id);
        expect(lines.map(({ from, to }) => [title(from)?.details[0], title(to)?.title])).to.deep.equal(
          used.map(({ azure, aws }) => [azure?.instance?.publicIp?.address, aws?.tunnel.outsideAddress]),
        );
      });

      it("leads from the endpoint to every bucket of data, and to none of logs", async () => {
        const { drawing } = await drawn();
        const buckets = drawing.boxes.filter(({ kind }) => kind === "bucket");
        const reached = buckets.filter(({ id }) => drawing.lines.some(({ to }) => to === id));
        expect(reached.map(({ details }) => details[0])).to.deep.equal(reached.map(() => "S3 bucket"));
        const data = buckets.filter(({ details }) => details[0] === "S3 bucket");
        expect(reached.map(({ id }) => id)).to.deep.equal(data.map(({ id }) => id));
      });

      it("shows every network, gateway, endpoint and bucket in its cloud", async () => {
        const { drawing, estate } = await drawn();
        const places = new Set([...drawing.boxes, ...drawing.lines].flatMap((part) => part.places));
        const shown = [
          ...[estate.azure.networks, estate.azure.subnets, estate.azure.publicIps, estate.azure.connections],
          ...[
            estate.azure.localNetworkGateways,
            estate.azure.securityGroups,
            estate.aws.vpcs,
            estate.aws.subnets,
          ],
          ...[estate.aws.routeTables, estate.aws.vpnConnections, estate.aws.customerGateways],
          ...[estate.aws.endpoints, estate.aws.securityGroups, estate.azure.gateways, estate.aws.vpnGateways],
        ].flat();
        expect(
          shown
            .filter(({ resource }) => resource.foreign !== true && !places.has(resource.urn))
            .map((i) => i.resource.name),
        ).to.deep.equal([]);
        for (const { id, inside } of drawing.boxes)
          expect(inside === undefined || drawing.boxes.some((box) => box.id === inside), id).to.equal(true);
      });

      it("leaves every position to the layout", async () => {
        const { drawing } = await drawn();
        expect(toDot(drawing, "LR")).not.to.match(/\bpos=/);
      });

      it("is laid out with every part marked and its colours left to the page", async () => {
        const { drawing } = await drawn();
        for (const direction of ["LR", "TB"] as const) {
          const svg = await layOut(drawing, direction, 'a "picture" of <it>');
          const marked = [...svg.matchAll(/data-part="([^"]+)"/g)].map(([, part]) => part);
          expect(marked).to.have.members([...drawing.boxes, ...drawing.lines].map(({ id }) => id));
          expect(svg).to.include('aria-label="a &quot;picture&quot; of &lt;it&gt;"');
          expect(svg).not.to.match(/<title|<!--|font-family/);
        }
      });
    });
});

describe("The page's data", () => {
  it("tells of every failure what it tells of the whole, each hop once", async () => {
    const [, prod] = stackCases;
    const { recording } = await rehearsedStack(prod ?? { title: "", stack: "prod" });
    const estate = readEstate(recording);
    const faults = judgeFaults(recording);
    const { states, hops } = pageData(
      drawEstate(estate, judgeTunnels(estate)),
      tracePaths(estate, judgeTunnels(estate)),
      faults,
    );
    const names = [...faults.singles, ...faults.pairs].map(({ name }) => name);
    expect(Object.keys(states)).to.deep.equal(["", ...names]);
    expect(new Set(hops.map((hop) => JSON.stringify(hop))).size).to.equal(hops.length);
    expect(states["azure-instance1"]?.failed).to.have.members([
      ...[
        "instance1",
        "tunnel1",
        "tunnel2",
        "end-tunnel1",
        "end-tunnel2",
        "end-tunnel1-vgw1",
        "end-tunnel2-vgw1",
      ],
    ]);
    expect(states["tunnel3"]?.failed).to.have.members(["tunnel3", "end-tunnel3", "end-tunnel3-vgw1"]);
    expect(states["zone-ap-northeast-1a"]?.failed).to.include("interface1");
  });
});

describe("The page", () => {
  for (const given of stackCases.slice(0, 2))
    it(`of ${given.title} is one file under 1.5 MB that names nothing to load`, async () => {
      const page = await pageOf(given);
      expect(Buffer.byteLength(page)).to.be.below(1.5 * megabyte);
      expect(page).not.to.match(/<(?:link|img|script|iframe)[^>]+(?:src|href)="(?!data:|#)/);
      expect(page).not.to.match(/@import|url\((?!data:)/);
      expect(page).to.match(
        /Content-Security-Policy" content="default-src &#39;none&#39;|default-src 'none'/,
      );
    });

  it("shows what is not judged under its own heading, and calls nothing proven", async () => {
    const { recording, intent } = await devStack();
    const report = {
      ...reportDocument(recording, judge(recording, intent)),
      ok: false,
      outcome: "not judged" as const,
      findings: [notJudged],
    };
    const page = await renderPage({ recording, report, forecast: undefined });
    expect(page).to.match(/<h2 id="not-judged-title">Not judged<\/h2>\s+<ol class="findings">/);
    expect(page).to.include("? Not proven: nothing is broken, but 1 item could not be judged");
    expect(page).not.to.include("What is wrong");
    expect(page).not.to.include("✓ Proven");
  });

  it("shows the errors of a program that did not get through, and nothing else", async () => {
    const problem =
      "The settings of stack dev have 1 problem:\n  azureCidr is 10.0.0.0/33, but <that> is no network";
    const recording = {
      stack: "dev",
      resources: [],
      outputs: {},
      secretOutputs: [],
      refusals: [],
      errors: [problem],
    };
    const report = reportDocument(recording, judge(recording, noIntent));
    const page = await renderPage({ recording, report, forecast: undefined });
    expect(page).to.include("but &lt;that&gt; is no network");
    expect(page).not.to.include('id="topology"');
    expect(page).not.to.include("<script");
  });
});
