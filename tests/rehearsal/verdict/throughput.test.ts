import { expect } from "chai";
import { type Estate, readEstate } from "../../../rehearsal/estate/estate";
import { throughputOf } from "../../../rehearsal/verdict/throughput";
import { withInputs, without } from "../fixtures/change";
import { rehearsedStack, stackCases } from "../fixtures/stacks";

const [, prodCase] = stackCases;
if (prodCase === undefined) throw new Error("a case is missing");
const prod = prodCase;

async function prodWith(sku: string): Promise<Estate> {
  const { recording } = await rehearsedStack(prod);
  return readEstate(withInputs(recording, "vpn-azure-gateway", { sku: { name: sku, tier: sku } }));
}

describe("What the link carries at most", () => {
  for (const [sku, mbps, limit] of [
    ["Basic", 100, "Azure's gateway, Basic"],
    ["VpnGw1AZ", 650, "Azure's gateway, VpnGw1AZ"],
    ["VpnGw2AZ", 1250, "AWS's virtual private gateway"],
    ["VpnGw3AZ", 1250, "AWS's virtual private gateway"],
    ["VpnGw4AZ", 1250, "AWS's virtual private gateway"],
    ["VpnGw5AZ", 1250, "AWS's virtual private gateway"],
  ] as const)
    it(`is ${mbps} Mbit/s with ${sku}: ${limit}`, async () => {
      const found = throughputOf(await prodWith(sku));
      expect(found).to.include({ mbps, limit });
      expect(found?.source).to.match(/^https:\/\//);
    });

  it("is unknown with a SKU that no source names", async () => {
    expect(throughputOf(await prodWith("VpnGw9AZ"))).to.equal(undefined);
  });

  it("is unknown without a gateway", async () => {
    const { recording } = await rehearsedStack(prod);
    expect(throughputOf(readEstate(without(recording, "vpn-azure-gateway")))).to.equal(undefined);
  });

  it("is nothing without an endpoint, which is the least then", async () => {
    const { recording } = await rehearsedStack(prod);
    expect(throughputOf(readEstate(without(recording, "s3-endpoint")))).to.include({
      mbps: 0,
      limit: "the S3 endpoint in 0 zones",
    });
  });
});
