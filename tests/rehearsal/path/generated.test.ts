import { expect } from "chai";
import fc from "fast-check";
import type { Props, Recording } from "../../../rehearsal/model/recording";
import { addedTypes } from "../../../rehearsal/model/resourceTypes";
import { readEstate } from "../../../rehearsal/estate/estate";
import { tracePaths } from "../../../rehearsal/path/path";
import { judgeTunnels } from "../../../rehearsal/tunnels/tunnels";
import { resourceNamed, withAdded, withInputs } from "../fixtures/change";
import { rehearsedStack, stackCases } from "../fixtures/stacks";

/*
 * Routes and rules by chance, beside those that the stacks have. What is expected is worked out here for one address at
 * a time, with plain arithmetic; the path must come to the same for all of them at once.
 */

interface Network {
  readonly first: number;
  readonly last: number;
  readonly length: number;
}

function networkOf(text: string): Network {
  const [address = "", bits = "32"] = text.split("/");
  const value = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(value / size) * size;
  return { first, last: first + size - 1, length: Number(bits) };
}

function written(first: number, length: number): string {
  const bytes = [24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256);
  return `${bytes.join(".")}/${length}`;
}

const holds = ({ first, last }: Network, address: number) => first <= address && address <= last;

/** Both sides of every border inside of a network: between them nothing changes. */
function telling(whole: Network, others: readonly string[]): readonly number[] {
  const borders = others.map(networkOf).flatMap(({ first, last }) => [first - 1, first, last, last + 1]);
  return [whole.first, whole.last, ...borders].filter((address) => holds(whole, address));
}

/** Networks in, around and beside another. */
function near(text: string): fc.Arbitrary<string> {
  const whole = networkOf(text);
  return fc
    .tuple(
      fc.integer({ min: whole.length - 4, max: 32 }),
      fc.integer({ min: -3, max: whole.last - whole.first + 3 }),
    )
    .map(([length, offset]) => {
      const size = 2 ** (32 - length);
      return written(Math.floor((whole.first + offset) / size) * size, length);
    });
}

const works = (recording: Recording) => {
  const estate = readEstate(recording);
  return tracePaths(estate, judgeTunnels(estate)).every(({ ok }) => ok);
};

const runs = { numRuns: 60, seed: 12 };

for (const given of stackCases) {
  describe(`By chance, in ${given.title}`, function () {
    this.timeout("2m");
    let recording: Recording;
    let clients: string;
    let aws: string;
    let azureSpace: string;
    let endpointSubnets: readonly string[];
    let routeTable: string;
    let gateway: string;

    before(async () => {
      ({ recording } = await rehearsedStack(given));
      const { azure, aws: estate } = readEstate(recording);
      clients = azure.subnets.find(({ name }) => name !== "GatewaySubnet")?.prefix ?? "";
      azureSpace = azure.networks[0]?.prefixes[0] ?? "";
      aws = estate.vpcs[0]?.cidrs[0] ?? "";
      endpointSubnets = estate.subnets.flatMap(({ cidr }) => cidr ?? []);
      routeTable = resourceNamed(recording, "aws-routes").id;
      gateway = resourceNamed(recording, "vpn-aws-gateway").id;
    });

    /** That the path says of every generated case what each of its addresses says, and that both answers occur. */
    function agree<Case>(
      cases: fc.Arbitrary<Case>,
      expected: (one: Case) => boolean,
      change: (one: Case) => Recording,
    ) {
      const seen = new Set<boolean>();
      fc.assert(
        fc.property(cases, (one) => {
          const wanted = expected(one);
          seen.add(wanted);
          expect(works(change(one))).to.equal(wanted);
        }),
        runs,
      );
      expect([...seen]).to.have.members([true, false]);
    }

    it("routes in AWS are told where, and only where, they take an address away", () => {
      const routes = fc.uniqueArray(
        fc.record({ to: near(azureSpace), target: fc.constantFrom("pcx-1", "tgw-1", gateway) }),
        {
          maxLength: 3,
          selector: ({ to }) => to,
        },
      );
      const taken = (all: readonly { to: string; target: string }[]) =>
        telling(
          networkOf(azureSpace),
          all.map(({ to }) => to),
        ).every((address) => {
          const written = all.filter(({ to }) => holds(networkOf(to), address));
          const longest = Math.max(...written.map(({ to }) => networkOf(to).length));
          // What is propagated is exactly the virtual network: a written route needs as many bits to win.
          const [winner] = written.filter(({ to }) => networkOf(to).length === longest);
          return winner === undefined || longest < networkOf(azureSpace).length || winner.target === gateway;
        });
      agree(routes, taken, (all) =>
        withAdded(
          recording,
          ...all.map(({ to, target }, at) => ({
            type: addedTypes.route,
            name: `route${at}`,
            inputs: {
              routeTableId: routeTable,
              destinationCidrBlock: to,
              [target === gateway ? "gatewayId" : "transitGatewayId"]: target,
            },
          })),
        ),
      );
    });

    it("user-defined routes in Azure are told where, and only where, they take an address away", () => {
      const hops = fc.constantFrom("VirtualAppliance", "None", "Internet", "VirtualNetworkGateway");
      const routes = fc.uniqueArray(fc.record({ to: near(aws), hop: hops }), {
        maxLength: 3,
        selector: ({ to }) => to,
      });
      const bits = networkOf(aws).length;
      const taken = (all: readonly { to: string; hop: string }[]) =>
        endpointSubnets.every((subnet) =>
          telling(
            networkOf(subnet),
            all.map(({ to }) => to),
          ).every((address) => {
            const covering = all.filter(({ to }) => holds(networkOf(to), address));
            const longest = Math.max(...covering.map(({ to }) => networkOf(to).length));
            const [winner] = covering.filter(({ to }) => networkOf(to).length === longest);
            return winner === undefined || longest < bits || winner.hop === "VirtualNetworkGateway";
          }),
        );
      agree(routes, taken, (all) =>
        withTable(
          recording,
          all.map(({ to, hop }) => [to, hop]),
        ),
      );
    });

    it("rules of a network ACL are told where, and only where, they stop an address or a port", () => {
      const ruleOf = (network: string, ports: fc.Arbitrary<readonly [number, number]>) =>
        fc.record({ cidr: near(network), action: fc.constantFrom("allow", "deny"), ports });
      const inward = ruleOf(clients, fc.constantFrom([443, 443], [0, 442], [400, 500], [0, 65_535]));
      const outward = ruleOf(
        clients,
        fc.constantFrom([1024, 65_535], [443, 443], [50_000, 65_535], [0, 1023]),
      );
      const rules = fc.record({
        ingress: fc.array(inward, { maxLength: 2 }),
        egress: fc.array(outward, { maxLength: 2 }),
        rest: fc.constantFrom("allow", "allow", "allow", "deny"),
      });
      type Rule = { cidr: string; action: string; ports: readonly [number, number] };
      const passes = (all: readonly Rule[], rest: string, asked: readonly [number, number]) =>
        telling(
          networkOf(clients),
          all.map(({ cidr }) => cidr),
        ).every((address) =>
          [asked[0], asked[1], ...all.flatMap(({ ports: [from, to] }) => [from - 1, from, to, to + 1])]
            .filter((port) => asked[0] <= port && port <= asked[1])
            .every((port) => {
              const first = all.find(
                ({ cidr, ports: [from, to] }) =>
                  holds(networkOf(cidr), address) && from <= port && port <= to,
              );
              return (first?.action ?? rest) === "allow";
            }),
        );
      const entries = (all: readonly Rule[], rest: string): readonly Props[] =>
        [...all, { cidr: "0.0.0.0/0", action: rest, ports: [0, 65_535] as const }].map(
          ({ cidr, action, ports: [fromPort, toPort] }, at) => ({
            ruleNo: at + 1,
            action,
            protocol: "tcp",
            cidrBlock: cidr,
            fromPort,
            toPort,
          }),
        );
      agree(
        rules,
        ({ ingress, egress, rest }) =>
          passes(ingress, rest, [443, 443]) && passes(egress, rest, [1024, 65_535]),
        ({ ingress, egress, rest }) =>
          withAdded(recording, {
            type: addedTypes.networkAcl,
            name: "acl",
            inputs: {
              subnetIds: readEstate(recording).aws.subnets.map(({ resource }) => resource.id),
              ingress: entries(ingress, rest),
              egress: entries(egress, rest),
            },
          }),
      );
    });

    it("rules of Azure's security group are told where, and only where, they stop an address", () => {
      const denials = fc.array(
        fc.record({
          from: near(clients),
          access: fc.constantFrom("Allow", "Deny"),
          port: fc.constantFrom("443", "*", "80", "400-500"),
        }),
        { maxLength: 3 },
      );
      agree(
        denials,
        (all) =>
          telling(
            networkOf(clients),
            all.map(({ from }) => from),
          ).every((address) => {
            const first = all.find(({ from, port }) => port !== "80" && holds(networkOf(from), address));
            return first?.access !== "Deny";
          }),
        (all) => {
          const group = resourceNamed(recording, "azure-client-security-group");
          return withAdded(
            recording,
            ...all.map(({ from, access, port }, at) => ({
              type: addedTypes.azureSecurityRule,
              name: `rule${at}`,
              inputs: {
                resourceGroupName: group.inputs["resourceGroupName"] ?? "",
                networkSecurityGroupName: group.outputs["name"] ?? "",
                priority: 10 + at,
                direction: "Outbound",
                access,
                protocol: "Tcp",
                sourceAddressPrefix: from,
                sourcePortRange: "*",
                destinationAddressPrefix: "VirtualNetwork",
                destinationPortRange: port,
              },
              outputs: { name: `Rule${at}` },
            })),
          );
        },
      );
    });

    it("ingress rules in AWS are told where, and only where, they leave an address out", () => {
      const whole = networkOf(clients);
      const half = (whole.last - whole.first + 1) / 2;
      const halves = [written(whole.first, whole.length + 1), written(whole.first + half, whole.length + 1)];
      const rules = fc.array(fc.oneof(near(clients), fc.constantFrom(...halves)), {
        minLength: 1,
        maxLength: 4,
      });
      const rule = resourceNamed(recording, "s3-https-from-azure");
      const rest = recording.resources.filter((one) => one !== rule);
      agree(
        rules,
        (all) => telling(whole, all).every((address) => all.some((one) => holds(networkOf(one), address))),
        (all) =>
          withAdded(
            { ...recording, resources: rest },
            ...all.map((cidrIpv4, at) => ({
              ...rule,
              name: `rule${at}`,
              urn: `${rule.urn}${at}`,
              inputs: { ...rule.inputs, cidrIpv4 },
            })),
          ),
      );
    });
  });
}

/** The client subnet with a route table of its own. */
function withTable(recording: Recording, routes: readonly (readonly [string, string])[]): Recording {
  const id = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Network/routeTables/table";
  return withAdded(withInputs(recording, "azure-client-subnet", { routeTable: { id } }), {
    type: addedTypes.azureRouteTable,
    name: "table",
    id,
    inputs: {
      routes: routes.map(([addressPrefix, nextHopType], at) => ({
        name: `route${at}`,
        addressPrefix,
        nextHopType,
      })),
    },
  });
}
