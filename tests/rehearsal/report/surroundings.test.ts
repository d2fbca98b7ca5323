import { expect } from "chai";
import type { Recording } from "../../../rehearsal/model/recording";
import { reportDocument } from "../../../rehearsal/report/document";
import { renderMarkdown } from "../../../rehearsal/report/markdown";
import { toMermaid } from "../../../rehearsal/report/mermaid";
import type { Box } from "../../../rehearsal/report/page/diagram";
import { drawRecording } from "../../../rehearsal/report/page/drawing";
import { toDot } from "../../../rehearsal/report/page/layout";
import { renderPage } from "../../../rehearsal/report/page/page";
import { reportSchema } from "../../../rehearsal/report/schema";
import { renderSummary } from "../../../rehearsal/report/summary";
import { renderTerminal } from "../../../rehearsal/report/terminal";
import { judge } from "../../../rehearsal/verdict/verdict";
import { devStack, noIntent } from "../fixtures/stacks";
import { azureTypes } from "../../../rehearsal/model/resourceTypes";
import { joinedStack, withMoreOthers } from "../path/support/surroundings";

const reportOf = (recording: Recording) => reportDocument(recording, judge(recording, noIntent));

const office = "AWS and office (10.200.255.1/32, 10.200.0.0/16) learn each other's routes";

describe("The report on a stack that joins networks of others", function () {
  this.timeout("2m");

  it("says who else the link concerns, in every form", async () => {
    const recording = await joinedStack();
    const report = reportOf(recording);
    const whole = renderTerminal(report, { color: false, width: 200 });
    expect(whole).to.include(office);
    expect(whole).to.include("office (10.200.7.0/24) to 10.2.0.0/24 in ap-northeast-1a");
    expect(renderSummary(report, undefined, { color: false, width: 120 })).to.match(
      /Who else +also reach the endpoint: VPC vpc-[0-9a-f]+\n +also connected by the link: spoke, office, vpn-plant/,
    );
    expect(renderMarkdown({ recording, report, forecast: undefined })).to.include(`- ${office}`);
    const page = await renderPage({ recording, report, forecast: undefined });
    expect(page).to.include("AWS and office (10.200.255.1/32, 10.200.0.0/16) learn each other&#39;s routes");
    expect(page).to.include("What has a dashed border belongs to others.");
  });

  it("keeps to its schema", async () => {
    const report = reportOf(await joinedStack());
    const printed: unknown = JSON.parse(JSON.stringify(report));
    expect(reportSchema.safeParse(printed).error).to.equal(undefined);
    expect(
      report.neighbours?.map(({ name, reaches }) => [name.replace(/ vpc-.*/, ""), reaches]),
    ).to.deep.equal([
      ["VPC", "endpoint"],
      ["spoke", "link"],
      ["office", "link"],
      ["vpn-plant", "link"],
    ]);
  });

  it("says nothing of others where there are none", async () => {
    const { recording } = await devStack();
    const report = reportOf(recording);
    expect(report).not.to.have.property("neighbours");
    expect(renderTerminal(report, { color: false, width: 200 })).not.to.include("Who else");
    expect(await renderPage({ recording, report, forecast: undefined })).not.to.include("belongs to others");
  });
});

describe("The drawing of a stack that joins networks of others", () => {
  it("has hub, spoke, firewall, gateways, sites and the VPC, dashed, beside the stack's own", async () => {
    const { boxes } = drawRecording(await joinedStack());
    const titles = (all: readonly Box[]) =>
      all.map(({ title }) => title.replace(/ azure-network-prod-\w+/, " hub"));
    expect(titles(boxes.filter((box) => box.others === true))).to.have.members([
      "Virtual network hub",
      "Virtual network spoke",
      "Clients apps",
      "Clients work",
      "VPN gateway VpnGw2AZ",
      "Instance 1",
      "Instance 2",
      "Firewall",
      "ExpressRoute gateway",
      "office",
      "depot",
      "Virtual private gateway",
      "VPC",
      "vpn-plant",
    ]);
    const own = boxes.filter((box) => box.others !== true);
    expect(titles(own)).to.include.members(["VPN connection 1", "S3 endpoint"]);
  });

  it("names the VPC's other endpoint and the table of each zone", async () => {
    const details = drawRecording(await joinedStack()).boxes.flatMap((box) => box.details);
    expect(details).to.include.members(["S3 gateway endpoint for itself", "routes rtb-second"]);
  });

  it("joins everybody to what connects them", async () => {
    const { boxes, lines } = drawRecording(await joinedStack());
    const titleOf = (id: string) => boxes.find((box) => box.id === id)?.title;
    const joined = lines.map(({ from, to }) => `${titleOf(from) ?? ""} – ${titleOf(to) ?? ""}`);
    expect(joined).to.include.members([
      "Clients work – Instance 2",
      "Clients work – Firewall",
      "office – Instance 1",
      "depot – ExpressRoute gateway",
      "Virtual private gateway – vpn-plant",
    ]);
  });

  it("draws many subnets of one network of clients as one box", async () => {
    const recording = await joinedStack();
    const subnet = recording.surroundings?.find(({ name }) => name === "work")?.id ?? "";
    const many = withMoreOthers(
      { ...recording, outputs: { ...recording.outputs, azureClients: { work: "10.101.0.0/16" } } },
      ...[1, 2, 3].map((at) => ({
        ...{ type: azureTypes.subnet, id: `${subnet}${at}` },
        inputs: { subnetName: `work${at}`, addressPrefix: `10.101.${at}.0/24` },
      })),
    );
    const work = drawRecording(many).boxes.filter(({ title }) => title === "Clients work");
    expect(work.map(({ details }) => details)).to.deep.equal([["4 subnets"]]);
  });

  it("is dashed in both languages, and in neither where all is the stack's", async () => {
    const [joined, own] = [drawRecording(await joinedStack()), drawRecording((await devStack()).recording)];
    expect([toMermaid(joined).includes("classDef others"), toMermaid(own).includes("others")]).to.deep.equal([
      true,
      false,
    ]);
    const dashed = (dot: string) => dot.includes('style="rounded,dashed"');
    expect([dashed(toDot(joined, "TB")), dashed(toDot(own, "TB"))]).to.deep.equal([true, false]);
  });
});
