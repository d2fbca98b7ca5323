import { expect } from "chai";
import type { Recording, Value } from "../../../rehearsal/model/recording";
import { judge } from "../../../rehearsal/verdict/verdict";
import { resourceNamed, withInputs, withResource, without } from "../fixtures/change";
import { devStack, rehearsedStack, type StackCase } from "../fixtures/stacks";

const limited: StackCase = {
  title: "dev with a DNS security policy",
  stack: "dev",
  config: { "azure-s3-privatelink:dnsSecurityPolicy": "true" },
};

type Change = (recording: Recording) => Recording;

const same: Change = (recording) => recording;

const given =
  (name: string, inputs: Readonly<Record<string, Value | undefined>>): Change =>
  (recording) =>
    withInputs(recording, name, inputs);

const swapped: Change = (recording) =>
  given("azure-dns-block", { priority: 100 })(given("azure-dns-allow", { priority: 200 })(recording));

const openLast: Change = (recording) => {
  const [list] = (resourceNamed(recording, "azure-dns-block").inputs["dnsResolverDomainLists"] ??
    []) as Value[];
  return given("azure-dns-allow", { dnsResolverDomainLists: [list ?? null] })(recording);
};

const unordered: Change = (recording) =>
  withResource(recording, "azure-dns-link", (link) => ({
    ...link,
    dependencies: link.dependencies.filter((urn) => !urn.endsWith("::azure-dns-allow")),
  }));

const elsewhere: Change = (recording) => {
  const subnet = resourceNamed(recording, "azure-client-subnet");
  const { urn, ...network } = resourceNamed(recording, "azure-network");
  const other = { ...network, urn: `${urn}-other`, name: "azure-other", id: `${network.id}-other` };
  expect(subnet.inputs["virtualNetworkName"]).to.equal(network.outputs["name"]);
  const linked = {
    ...recording,
    resources: recording.resources.map((one) =>
      one.name === "azure-dns-link"
        ? { ...one, inputs: { ...one.inputs, virtualNetwork: { id: other.id } } }
        : one,
    ),
  };
  return { ...linked, resources: [...linked.resources, other] };
};

/** What is found of DNS: the resource's logical name and the problem. */
async function said(change: Change): Promise<readonly string[]> {
  const { recording, intent } = await rehearsedStack(limited);
  return judge(change(recording), intent)
    .findings.filter(({ problem }) => /DNS|linked/.test(problem))
    .map(({ place, problem }) => `${place.split("::").at(-1) ?? ""}: ${problem}`);
}

const pathEnds =
  "azure-dns-link: the path ends here: Azure's DNS answers the client for the endpoint's name:";
const open = "DNS is a way out for data, in spite of dnsSecurityPolicy:";

describe("A DNS security policy", () => {
  it("lets the endpoint's name be found, and says on the path that DNS is limited", async () => {
    const { recording, intent } = await rehearsedStack(limited);
    const { findings, journeys } = judge(recording, intent);
    expect(findings).to.deep.equal([]);
    const hops = journeys
      .flatMap(({ forward }) => forward)
      .filter(({ what }) => what.includes("Azure's DNS"));
    expect(hops.map(({ name, outcome, rule }) => [name, outcome, rule])).to.deep.equal([
      ["azure-dns-allow", "holds", "limited to names of AWS's endpoints"],
    ]);
  });

  for (const { what, change, found } of [
    { what: "as it is", change: same, found: [] },
    {
      what: "without the rule that allows",
      change: (recording: Recording) => without(recording, "azure-dns-allow"),
      found: [`${pathEnds} azure-dns-block (. of azure-dns-every-name) blocks it; no rule allows any`],
    },
    {
      what: "with the priorities swapped",
      change: swapped,
      found: [
        `${pathEnds} azure-dns-block (. of azure-dns-every-name) blocks it; allowed by azure-dns-allow (s3.ap-northeast-1.vpce.amazonaws.com. of azure-dns-endpoint)`,
      ],
    },
    {
      what: "with two rules of one priority",
      change: given("azure-dns-block", { priority: 100 }),
      found: [
        `${pathEnds} azure-dns-block (. of azure-dns-every-name) blocks it; allowed by azure-dns-allow (s3.ap-northeast-1.vpce.amazonaws.com. of azure-dns-endpoint)`,
      ],
    },
    {
      what: "for another region",
      change: given("azure-dns-endpoint", { domains: ["s3.us-east-1.vpce.amazonaws.com."] }),
      found: [
        `${pathEnds} azure-dns-block (. of azure-dns-every-name) blocks it; allowed by azure-dns-allow (s3.us-east-1.vpce.amazonaws.com. of azure-dns-endpoint)`,
      ],
    },
    {
      what: "for a part of the endpoint's name that is no domain of it",
      change: given("azure-dns-endpoint", { domains: ["1.vpce.amazonaws.com."] }),
      found: [
        `${pathEnds} azure-dns-block (. of azure-dns-every-name) blocks it; allowed by azure-dns-allow (1.vpce.amazonaws.com. of azure-dns-endpoint)`,
      ],
    },
    {
      what: "with the rule that allows switched off",
      change: given("azure-dns-allow", { dnsSecurityRuleState: "Disabled" }),
      found: [`${pathEnds} azure-dns-block (. of azure-dns-every-name) blocks it; no rule allows any`],
    },
    {
      what: "without the rule that blocks",
      change: (recording: Recording) => without(recording, "azure-dns-block"),
      found: [`azure-dns-link: ${open} no rule blocks every other name`],
    },
    {
      what: "with a rule that only alerts",
      change: given("azure-dns-block", { action: { actionType: "Alert" } }),
      found: [`azure-dns-block: ${open} others answer for names below .`],
    },
    {
      what: "that blocks one domain only",
      change: given("azure-dns-every-name", { domains: ["example.com."] }),
      found: [`azure-dns-link: ${open} no rule blocks every other name`],
    },
    {
      what: "that allows all of AWS, where customers answer for names as well",
      change: given("azure-dns-endpoint", { domains: ["amazonaws.com."] }),
      found: [`azure-dns-allow: ${open} others answer for names below amazonaws.com.`],
    },
    {
      what: "that allows every name first",
      change: openLast,
      found: [`azure-dns-allow: ${open} others answer for names below .`],
    },
    {
      what: "without a link",
      change: (recording: Recording) => without(recording, "azure-dns-link"),
      found: [
        "azure-network: Azure's DNS answers its machines for every name, in spite of dnsSecurityPolicy",
      ],
    },
    {
      what: "with a link that does not wait for a rule",
      change: unordered,
      found: [
        "azure-dns-link: the network could be linked before azure-dns-allow is there, or still be when it is gone",
      ],
    },
  ])
    it(`${found.length === 0 ? "is right" : "is found wrong"} ${what}`, async () => {
      expect(await said(change)).to.deep.equal(found);
    });

  it("is found missing from the client's network where it is linked to another", async () => {
    expect(await said(elsewhere)).to.include(
      "azure-network: Azure's DNS answers its machines for every name, in spite of dnsSecurityPolicy",
    );
  });

  it("is neither there nor asked for by default", async () => {
    const { recording, intent } = await devStack();
    expect(recording.resources.filter(({ type }) => type.includes(":dnsresolver:"))).to.deep.equal([]);
    const { findings, journeys } = judge(recording, intent);
    expect(findings).to.deep.equal([]);
    expect(JSON.stringify(journeys)).not.to.include("Azure's DNS");
  });
});
