import { expect } from "chai";
import { awsTunnelOptions, azureIpsecPolicies, ipsecSuite } from "../../vpn/ipsec";
import { zonedSkus } from "../../vpn/tunnels";

describe("the IPsec suite", () => {
  for (const sku of zonedSkus)
    it(`is the strongest common one, pinned on both ends, for ${sku}`, () => {
      const suite = ipsecSuite(sku);
      expect(azureIpsecPolicies(suite)).to.deep.equal([
        {
          ikeEncryption: "AES256",
          ikeIntegrity: "SHA384",
          dhGroup: "ECP384",
          ipsecEncryption: "GCMAES256",
          ipsecIntegrity: "GCMAES256",
          pfsGroup: "ECP384",
          saLifeTimeSeconds: 3600,
          saDataSizeKilobytes: 102_400_000,
        },
      ]);
      expect(awsTunnelOptions(suite)).to.deep.include({
        phase1EncryptionAlgorithms: ["AES256"],
        phase1IntegrityAlgorithms: ["SHA2-384"],
        phase1DhGroupNumbers: [20],
        phase2EncryptionAlgorithms: ["AES256-GCM-16"],
        phase2IntegrityAlgorithms: ["SHA2-384"],
        phase2DhGroupNumbers: [20],
      });
    });

  it("is left to Azure on Basic, and AWS asks for what Basic's default policy answers to", () => {
    const suite = ipsecSuite("Basic");
    expect(azureIpsecPolicies(suite)).to.deep.equal([]);
    expect(awsTunnelOptions(suite)).to.deep.include({
      phase1EncryptionAlgorithms: ["AES256"],
      phase1IntegrityAlgorithms: ["SHA2-256"],
      phase1DhGroupNumbers: [2],
      phase2EncryptionAlgorithms: ["AES256"],
      phase2IntegrityAlgorithms: ["SHA2-256"],
      phase2DhGroupNumbers: [14],
    });
  });

  for (const sku of ["Basic", ...zonedSkus] as const)
    it(`leaves AWS no choice and no unset option for ${sku}`, () => {
      const options = awsTunnelOptions(ipsecSuite(sku));
      const lists = Object.entries(options).filter(([, value]) => Array.isArray(value));
      expect(lists.map(([key]) => key)).to.have.members([
        "ikeVersions",
        "phase1EncryptionAlgorithms",
        "phase1IntegrityAlgorithms",
        "phase1DhGroupNumbers",
        "phase2EncryptionAlgorithms",
        "phase2IntegrityAlgorithms",
        "phase2DhGroupNumbers",
      ]);
      for (const [key, list] of lists) expect(list, key).to.have.length(1);
      expect(options).to.deep.include({
        ikeVersions: ["ikev2"],
        phase1LifetimeSeconds: 28800,
        phase2LifetimeSeconds: 3600,
        rekeyMarginTimeSeconds: 270,
        rekeyFuzzPercentage: 100,
        replayWindowSize: 1024,
        startupAction: "start",
        dpdTimeoutAction: "restart",
        dpdTimeoutSeconds: 30,
      });
    });
});
