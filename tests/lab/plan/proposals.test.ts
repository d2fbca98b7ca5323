import { expect } from "chai";
import { LabError } from "../../../lab/machine/processes";
import { awsProposals, azureDefaultProposals, azureProposals } from "../../../lab/plan/proposals";

const phase = (encryption: string[], integrity: string[], dhGroups: number[]) => ({
  ...{ encryption, integrity, dhGroups, lifetimeSeconds: undefined },
});
const awsGroups = [
  ...["modp1024", "modp2048", "modp3072", "modp4096", "modp6144", "modp8192"],
  ...["ecp256", "ecp384", "ecp521", "modp1024s160", "modp2048s224", "modp2048s256"],
].join("-");
const policy = {
  ...{ ikeEncryption: "AES256", ikeIntegrity: "SHA384", dhGroup: "ECP384" },
  ...{ ipsecEncryption: "GCMAES256", ipsecIntegrity: "GCMAES256", pfsGroup: "ECP384" },
  lifetimeSeconds: 3600,
};

describe("proposals in strongSwan's keywords", () => {
  for (const { name, phase1, phase2, ike, esp } of [
    {
      name: "one value of each kind",
      phase1: phase(["AES256"], ["SHA2-384"], [20]),
      phase2: phase(["AES256"], ["SHA2-256"], [14]),
      ...{ ike: ["aes256-sha384-ecp384"], esp: ["aes256-sha256-modp2048"] },
    },
    {
      name: "GCM, with its integrity as a pseudo-random function in IKE alone",
      phase1: phase(["AES256-GCM-16"], ["SHA2-384"], [19]),
      phase2: phase(["AES128-GCM-16"], ["SHA2-384"], [24]),
      ...{ ike: ["aes256gcm16-prfsha384-ecp256"], esp: ["aes128gcm16-modp2048s256"] },
    },
    {
      name: "lists, with GCM in a proposal of its own",
      phase1: phase(["AES128", "AES256-GCM-16"], ["SHA1", "SHA2-256"], [2, 14]),
      phase2: phase(["AES128", "AES256-GCM-16"], ["SHA1"], [2, 5]),
      ike: ["aes128-sha1-sha256-modp1024-modp2048", "aes256gcm16-prfsha1-prfsha256-modp1024-modp2048"],
      esp: ["aes128-sha1-modp1024-modp1536", "aes256gcm16-modp1024-modp1536"],
    },
    {
      name: "nothing chosen, which allows all",
      phase1: phase([], ["SHA2-256"], [14]),
      phase2: phase(["AES256"], [], []),
      ike: ["aes128-aes256-sha256-modp2048", "aes128gcm16-aes256gcm16-prfsha256-modp2048"],
      esp: [`aes256-sha1-sha256-sha384-sha512-${awsGroups}`],
    },
  ]) {
    it(`match AWS's tunnel options: ${name}`, () => {
      expect(awsProposals(phase1, phase2)).to.deep.equal({ ike, esp });
    });
  }

  for (const { name, change, esp } of [
    { name: "GCM with PFS", change: {}, esp: "aes256gcm16-ecp384" },
    { name: "GCM without PFS", change: { pfsGroup: "None" }, esp: "aes256gcm16" },
    {
      name: "CBC with PFS2048, which is group 14",
      change: { ipsecEncryption: "AES256", ipsecIntegrity: "SHA256", pfsGroup: "PFS2048" },
      esp: "aes256-sha256-modp2048",
    },
  ]) {
    it(`match Azure's custom policy: ${name}`, () => {
      expect(azureProposals({ ...policy, ...change })).to.deep.equal({
        ike: ["aes256-sha384-ecp384"],
        esp: [esp],
      });
    });
  }

  it("refuse an algorithm without a keyword", () => {
    expect(() => azureProposals({ ...policy, pfsGroup: "PFSMM" })).to.throw(
      LabError,
      /does not support PFSMM/,
    );
  });

  it("of Azure's default policy have group 2 alone in phase 1, and PFS only as responder", () => {
    const [asInitiator, asResponder] = [
      azureDefaultProposals("initiator"),
      azureDefaultProposals("responder"),
    ];
    expect(asResponder.ike.every((one) => one.endsWith("-modp1024"))).to.equal(true);
    expect(asInitiator.esp.filter((one) => one.includes("modp"))).to.deep.equal([]);
    expect(asResponder.esp).to.include("aes256-sha256-modp2048").and.to.have.length(25);
  });
});
