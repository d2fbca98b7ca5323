import { expect } from "chai";
import { readSessions } from "../../../lab/bgp/daemon";

describe("BIRD's answer", () => {
  it("gives each session's state, and no other protocol", () => {
    const answer = [
      ...["BIRD 2.0.12 ready.", "Name       Proto      Table      State  Since         Info"],
      ...["static1    Static     master4    up     23:00:00.000  ", "  Channel ipv4", ""],
      ...[
        "tunnel1    BGP        ---        up     23:00:00.000  Established   ",
        "  BGP state:          Established",
      ],
      ...["", "tunnel2    BGP        ---        start  23:00:00.000  Idle          Received: Bad peer AS"],
      ...["  BGP state:          Idle", "    Last error:       Received: Bad peer AS", ""],
    ].join("\n");
    expect(readSessions(answer)).to.deep.equal([
      { name: "tunnel1", state: "Established" },
      { name: "tunnel2", state: "Idle" },
    ]);
  });
});
