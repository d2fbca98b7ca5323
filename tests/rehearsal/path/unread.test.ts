import { expect } from "chai";
import type { Finding } from "../../../rehearsal/model/findings";
import type { Props, RecordedResource, Value } from "../../../rehearsal/model/recording";
import { isList, isProps } from "../../../rehearsal/model/values";
import { propertiesOf } from "../../../rehearsal/path/properties/properties";
import { judge } from "../../../rehearsal/verdict/verdict";
import { withAdded } from "../fixtures/change";
import { devStack, type Rehearsed, rehearsedStack, stackCases } from "../fixtures/stacks";
import { argumentPaths } from "./sdkArguments";

const changed = ({ recording, intent }: Rehearsed, resource: RecordedResource, inputs: Props) => {
  const resources = recording.resources.map((one) => (one === resource ? { ...one, inputs } : one));
  return judge({ ...recording, resources }, intent).findings;
};

const isUnread = (finding: Finding, { urn }: RecordedResource, property: string) =>
  finding.outcome === "not judged" && finding.place === urn && finding.problem.startsWith(`${property} `);

/** The inputs with a value at a path, made where it is missing; the first item of a list stands for all. */
function withValue(value: Value | undefined, path: readonly string[], end: Value): Value {
  const [head, ...rest] = path;
  if (head === undefined) return end;
  if (value !== undefined && isList(value)) return [withValue(value[0], path, end), ...value.slice(1)];
  const props = value !== undefined && isProps(value) ? value : {};
  return { ...props, [head]: withValue(props[head], rest, end) };
}

const has = (value: Value | undefined, path: readonly string[]): boolean => {
  const [head, ...rest] = path;
  if (head === undefined) return value !== undefined && value !== null;
  if (value !== undefined && isList(value)) return value.some((item) => has(item, path));
  return value !== undefined && isProps(value) && has(value[head], rest);
};

for (const given of stackCases)
  describe(`What nobody follows, in ${given.title}`, function () {
    this.timeout("5m");
    let rehearsed: Rehearsed;

    before(async () => {
      rehearsed = await rehearsedStack(given);
    });

    /** One resource of each type, with one property set that it does not have. */
    function tries(list: "harmless" | "notJudged") {
      const types = new Map(rehearsed.recording.resources.map((resource) => [resource.type, resource]));
      return [...types.values()].flatMap((resource) =>
        (propertiesOf(resource.type)?.[list] ?? [])
          .flatMap(({ properties }) => properties)
          .filter((property) => !has(resource.inputs, property.split(".")))
          .map((property) => {
            const inside = argumentPaths(resource.type).find((path) => path.startsWith(`${property}.`));
            const path = (inside ?? property).split(".");
            const inputs = withValue(resource.inputs, path, ["something", "and more"]) as Props;
            return { resource, property, inputs };
          }),
      );
    }

    it("is not judged at its place, whichever of the listed properties it is", () => {
      const all = tries("notJudged");
      expect(all.length).to.be.greaterThan(60);
      const missed = all.filter(
        ({ resource, property, inputs }) =>
          !changed(rehearsed, resource, inputs).some(({ outcome, place, problem }) => {
            const [what = ""] = problem.split(" ");
            const named = what === property || what.startsWith(`${property}.`);
            return outcome === "not judged" && place === resource.urn && named;
          }),
      );
      expect(missed.map(({ resource, property }) => `${resource.name} ${property}`)).to.deep.equal([]);
    });

    it("is none of the properties that cannot change the path", () => {
      const all = tries("harmless");
      expect(all.length).to.be.greaterThan(40);
      const told = all.filter(({ resource, inputs }) =>
        changed(rehearsed, resource, inputs).some(({ outcome }) => outcome === "not judged"),
      );
      expect(told.map(({ resource, property }) => `${resource.name} ${property}`)).to.deep.equal([]);
    });

    it("is also a property that the SDK does not have yet, on every resource of the path", () => {
      const onPath = rehearsed.recording.resources.filter(({ type }) => propertiesOf(type) !== undefined);
      const missed = onPath.filter(
        (resource) =>
          !changed(rehearsed, resource, { ...resource.inputs, brandNew: { on: true } }).some((finding) =>
            isUnread(finding, resource, "brandNew"),
          ),
      );
      expect(missed.map(({ name }) => name)).to.deep.equal([]);
    });
  });

describe("What nobody follows", () => {
  for (const { name, inputs, told } of [
    {
      name: "vpn-azure-gateway",
      inputs: { natRules: [{ name: "n", mode: "EgressSnat" }] },
      told: ["natRules"],
    },
    { name: "vpn-azure-gateway", inputs: { natRules: [] }, told: [] },
    {
      name: "vpn-azure-gateway",
      inputs: { gatewayDefaultSite: { id: "/site" } },
      told: ["gatewayDefaultSite"],
    },
    { name: "vpn-azure-gateway", inputs: { enablePrivateIpAddress: false }, told: [] },
    { name: "vpn-azure-gateway", inputs: { enablePrivateIpAddress: true }, told: ["enablePrivateIpAddress"] },
    { name: "azure-network", inputs: { dhcpOptions: { dnsServers: [] } }, told: [] },
    { name: "azure-network", inputs: { dhcpOptions: { dnsServers: ["10.0.1.9"] } }, told: ["dhcpOptions"] },
    { name: "vpn-tunnel1-azure-connection", inputs: { routingWeight: 0 }, told: [] },
    { name: "vpn-tunnel1-azure-connection", inputs: { routingWeight: 10 }, told: ["routingWeight"] },
    {
      name: "vpn-tunnel1-azure-connection",
      inputs: { trafficSelectorPolicies: [{ localAddressRanges: ["10.0.1.0/24"], remoteAddressRanges: [] }] },
      told: ["trafficSelectorPolicies"],
    },
    {
      name: "azure-client-subnet",
      inputs: { addressPrefixes: ["10.0.1.0/28"] },
      told: [],
    },
    {
      name: "azure-client-subnet",
      inputs: { addressPrefixes: ["10.0.1.0/28", "10.0.1.64/28"] },
      told: ["addressPrefixes"],
    },
    { name: "s3-endpoint", inputs: { ipAddressType: "ipv4" }, told: [] },
    { name: "s3-endpoint", inputs: { ipAddressType: "dualstack" }, told: ["ipAddressType"] },
    { name: "s3-endpoint", inputs: { region: "ap-northeast-1" }, told: [] },
    { name: "s3-endpoint", inputs: { region: "us-east-1" }, told: ["region"] },
    { name: "vpn-aws-connection1", inputs: { transitGatewayId: "tgw-1" }, told: ["transitGatewayId"] },
    { name: "vpn-aws-connection1", inputs: { tunnel1EnableTunnelLifecycleControl: false }, told: [] },
  ] as const)
    it(`is ${told.join(", ") || "nothing"} with ${JSON.stringify(inputs)} on ${name}`, async () => {
      const { recording, intent } = await devStack();
      const resources = recording.resources.map((one) =>
        one.name === name ? { ...one, inputs: { ...one.inputs, ...(inputs as Props) } } : one,
      );
      const { findings, ok } = judge({ ...recording, resources }, intent);
      const properties = findings
        .filter(({ outcome }) => outcome === "not judged")
        .map(({ problem }) => problem.split(" ")[0]);
      expect(properties).to.deep.equal([...told]);
      if (told.length > 0) expect(ok).to.equal(false);
    });

  it("is a step of the path where its route table is none of the stack's", async () => {
    const { recording, intent } = await devStack();
    const resources = recording.resources.map((one) =>
      one.name === "azure-client-subnet"
        ? { ...one, inputs: { ...one.inputs, routeTable: { id: "/rt" } } }
        : one,
    );
    const { outcome, findings } = judge({ ...recording, resources }, intent);
    expect([outcome, findings.map(({ problem }) => problem)]).to.deep.equal([
      "not judged",
      [
        "not judged whether Azure sends 10.0.0.0/24 to the VPN gateway: the subnet has a route table that is none of the stack's (/rt)",
      ],
    ]);
  });

  it("is every resource of a type that the rehearsal does not know", async () => {
    const { recording, intent } = await devStack();
    const nat = withAdded(recording, {
      type: "azure-native:network:NatGateway",
      name: "nat",
      inputs: { location: "japaneast" },
    });
    const [finding] = judge(nat, intent).findings.filter(({ outcome }) => outcome === "not judged");
    expect(finding?.problem).to.equal(
      "the resource (azure-native:network:NatGateway) may change the path, and is not judged: the rehearsal does not know this type",
    );
  });
});
