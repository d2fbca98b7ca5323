import { expect } from "chai";
import { requireAddress, resourceGroupId } from "../../vpn/azureGateway";

describe("the gateway's public address", () => {
  it("is passed on", () => {
    expect(requireAddress("203.0.113.7")).to.equal("203.0.113.7");
  });
  it("is an error where Azure gave none", () => {
    expect(() => requireAddress(undefined)).to.throw("it must be Static");
  });
});

describe("the id of a resource's group", () => {
  for (const id of [
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/GatewaySubnet",
    "/subscriptions/s/resourceGroups/g",
  ])
    it(`is the head of ${id}`, () => {
      expect(resourceGroupId(id)).to.equal("/subscriptions/s/resourceGroups/g");
    });
  it("is an error for the id of something else", () => {
    expect(() => resourceGroupId("vpc-0abc")).to.throw(
      "not the id of a resource in a resource group: vpc-0abc",
    );
  });
});
