import { expect } from "chai";
import { speaksBgp } from "../../../operations/verify/facts/routing";
import type { StackOutputs } from "../../../outputs";

type Vpn = StackOutputs["vpn"];

describe("the routing that verify expects", () => {
  for (const { topology, routing, bgp } of [
    { topology: "single-tunnel", routing: "static", bgp: false },
    { topology: "active-active", routing: "bgp", bgp: true },
    // The output decides, whatever the topology is called.
    { topology: "dual-tunnel", routing: "bgp", bgp: true },
    { topology: "active-active", routing: "static", bgp: false },
    // Stacks that were deployed before there was an output for it.
    { topology: "active-active", routing: undefined, bgp: true },
    { topology: "dual-tunnel", routing: undefined, bgp: false },
  ] satisfies readonly (Pick<Vpn, "topology" | "routing"> & { bgp: boolean })[])
    it(`is ${bgp ? "BGP" : "static"} with ${topology} and the output ${routing ?? "absent"}`, () => {
      expect(speaksBgp({ vpn: { topology, routing } } as StackOutputs)).to.equal(bgp);
    });
});
