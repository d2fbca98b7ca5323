import { expect } from "chai";
import { tunnelsNamed } from "../../../operations/review/tunnelNames";

describe("the tunnels that a logical name stands for", () => {
  for (const { name, which, tunnels } of [
    { name: "vpn-tunnel2-key", which: "its own", tunnels: ["tunnel2"] },
    { name: "vpn-tunnel3-azure-connection", which: "its own", tunnels: ["tunnel3"] },
    { name: "vpn-aws-connection1", which: "connection", tunnels: ["tunnel1", "tunnel2"] },
    { name: "vpn-aws-connection1-route", which: "connection", tunnels: ["tunnel1", "tunnel2"] },
    { name: "vpn-aws-connection2", which: "slot 1", tunnels: ["tunnel3"] },
    { name: "vpn-aws-customer2", which: "slot 2", tunnels: ["tunnel4"] },
    { name: "vpn-tunnel2-azure-connection", which: "connection", tunnels: undefined },
    { name: "vpn-aws-connection1", which: "its own", tunnels: undefined },
    { name: "vpn-aws-gateway", which: "slot 1", tunnels: undefined },
    { name: "vpn-aws-connection1", which: "all", tunnels: undefined },
  ] as const)
    it(`are ${tunnels?.join(" and ") ?? "not known"} for ${name}, ${which}`, () => {
      expect(tunnelsNamed(name, which)).to.deep.equal(tunnels);
    });
});
