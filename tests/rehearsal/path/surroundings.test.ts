import { expect } from "chai";
import { readEstate } from "../../../rehearsal/estate/estate";
import type { Recording } from "../../../rehearsal/model/recording";
import { addedTypes, awsTypes } from "../../../rehearsal/model/resourceTypes";
import { findNeighbours } from "../../../rehearsal/path/others";
import { tracePaths } from "../../../rehearsal/path/path";
import { findUnread } from "../../../rehearsal/path/unread";
import { judgeTunnels } from "../../../rehearsal/tunnels/tunnels";
import { withInputs } from "../fixtures/change";
import { devStack } from "../fixtures/stacks";
import { joinedStack, withMoreOthers, withOthers, withoutOthers } from "./support/surroundings";

/** The first step of each network's first path that does not hold, as `work: to-firewall: …`. */
function stops(recording: Recording): readonly string[] {
  const estate = readEstate(recording);
  const found = tracePaths(estate, judgeTunnels(estate)).flatMap(({ clientName = "", forward, back }) =>
    [...forward, ...back]
      .filter(({ outcome }) => outcome !== "holds")
      .slice(0, 1)
      .map(
        ({ name, outcome, rule }) =>
          `${clientName}: ${name}: ${outcome === "broken" ? "" : `${outcome}: `}${rule}`,
      ),
  );
  return [...new Set(found)];
}

const vgwOf = ({ surroundings = [] }: Recording) =>
  surroundings.find(({ type }) => type === awsTypes.vpnGateway)?.id ?? "";

/** The names of others' resources that begin so. */
const others = ({ surroundings = [] }: Recording, start: string) =>
  surroundings.map(({ name }) => name).filter((name) => name.startsWith(start));

const routesOf = (to: string, hop: string, address?: string) => ({
  routes: [
    {
      name: "added",
      addressPrefix: to,
      nextHopType: hop,
      ...(address === undefined ? {} : { nextHopIpAddress: address }),
    },
  ],
});

describe("A path among networks of others", () => {
  it("leads from the hub, a spoke and on premises to every address, and names what the firewall does not see", async () => {
    const estate = readEstate(await joinedStack());
    const journeys = tracePaths(estate, judgeTunnels(estate));
    expect(journeys.map(({ clientName, client, ok }) => [clientName, client, ok])).to.deep.equal(
      [
        ["apps", "10.1.0.0/24"],
        ["work", "10.101.0.0/25"],
        ["office", "10.200.7.0/24"],
      ].flatMap(([name, client]) => [
        [name, client, true],
        [name, client, true],
      ]),
    );
    const said = journeys.flatMap(({ forward, back }) => [...forward, ...back].map(({ rule }) => rule));
    expect(said).to.include.members([
      "route 10.2.0.0/22, learned by BGP; longer than the route default (0.0.0.0/0), so the firewall 10.1.2.4 does not see it",
      "both sides of the peering are Connected, with gateway transit",
      "BGP tells it of 10.2.0.0/24; routes and firewalls of the network behind it are not seen",
      "the gateway sends 10.200.7.0/24 to office; what becomes of it there is not seen",
    ]);
  });

  const cases: readonly {
    readonly what: string;
    readonly change: (recording: Recording) => Recording;
    readonly stops: readonly string[];
  }[] = [
    {
      what: "a route of the spoke leads AWS's range through the hub's firewall",
      change: (given) =>
        withOthers(given, "to-firewall", { inputs: routesOf("10.2.0.0/22", "VirtualAppliance", "10.1.2.4") }),
      stops: ["10.2.0.0/24", "10.2.2.0/24"].map(
        (to) =>
          `work: to-firewall: not judged: ${to} goes to VirtualAppliance 10.1.2.4 (route added): the firewall 10.1.2.4 in AzureFirewallSubnet must let HTTPS from 10.101.0.0/25 to ${to} pass, and be on the answer's way too`,
      ),
    },
    {
      what: "a longer route of the spoke leads one zone's addresses to an address that nobody has",
      change: (given) =>
        withOthers(given, "to-firewall", {
          inputs: routesOf("10.2.2.0/24", "VirtualAppliance", "192.0.2.9"),
        }),
      stops: ["work: to-firewall: 10.2.2.0/24 goes to VirtualAppliance 192.0.2.9 (route added)"],
    },
    {
      what: "the spoke's table takes the gateway's routes away",
      change: (given) =>
        withOthers(given, "to-firewall", { inputs: { routes: [], disableBgpRoutePropagation: true } }),
      stops: ["10.2.0.0/24", "10.2.2.0/24"].map(
        (to) => `work: to-firewall: ${to} goes to None (Azure's own route); propagation is switched off`,
      ),
    },
    {
      what: "the hub's side of the peering is gone",
      change: (given) => withoutOthers(given, "to-spoke"),
      stops: ["work: to-HUB: the other side of the peering is missing: it is Disconnected"],
    },
    {
      what: "one side is Disconnected",
      change: (given) => withOthers(given, "to-spoke", { outputs: { peeringState: "Disconnected" } }),
      stops: ["work: to-spoke: the peering is Disconnected: delete both sides and make them again"],
    },
    {
      what: "the hub lends its gateway to nobody",
      change: (given) => withOthers(given, "to-spoke", { inputs: { allowGatewayTransit: false } }),
      stops: ["work: to-spoke: the hub's side lacks allowGatewayTransit"],
    },
    {
      what: "a route of the GatewaySubnet leads the answer to the firewall",
      change: (given) =>
        withMoreOthers(
          withOthers(given, "azure-gateway-subnet", { inputs: { routeTable: { id: "/routeTables/back" } } }),
          {
            type: addedTypes.azureRouteTable,
            id: "/routeTables/back",
            inputs: routesOf("10.101.0.0/22", "VirtualAppliance", "10.1.2.4"),
          },
        ),
      stops: [
        "work: back: not judged: after the tunnel 10.101.0.0/25 goes to VirtualAppliance 10.1.2.4 (route added): the firewall 10.1.2.4 in AzureFirewallSubnet must let the answer to 10.101.0.0/25 pass, and have seen the question",
      ],
    },
    {
      what: "the office's connection has no BGP",
      change: (given) => withOthers(given, "office", { inputs: { enableBgp: false } }),
      stops: ["10.2.0.0/24", "10.2.2.0/24"].map(
        (endpoint) =>
          `office: office: not judged: its connection has no BGP: its own router must have a route to ${endpoint}`,
      ),
    },
    {
      what: "ExpressRoute brings a route as long as AWS's",
      change: (given) =>
        withOthers(given, "circuits", {
          outputs: {
            learnedRoutes: [
              { network: "10.2.0.0/22", nextHop: "10.1.3.230", asPath: "12076", origin: "EBgp" },
            ],
          },
        }),
      stops: ["apps", "work", "office"].flatMap((name) =>
        ["10.2.0.0/24", "10.2.2.0/24"].map(
          (to) => `${name}: depot: its route 10.2.0.0/22 sends ${to} to depot`,
        ),
      ),
    },
    {
      what: "another site behind the virtual private gateway has a longer route",
      change: (given) =>
        withMoreOthers(given, {
          type: awsTypes.vpnConnectionRoute,
          id: "vpn-plant-route2",
          inputs: { vpnConnectionId: "vpn-plant", destinationCidrBlock: "10.101.0.0/26" },
        }),
      stops: ["work: vpn-plant: its route 10.101.0.0/26 sends 10.101.0.0/26 to vpn-plant"],
    },
    {
      what: "the gateway learned a longer route from somebody else",
      change: (given) =>
        withOthers(given, "rtb-second", {
          outputs: {
            propagatedRoutes: [
              { destinationCidrBlock: "10.200.7.0/25", gatewayId: vgwOf(given) },
              // Our own, where the snapshot is younger than the deployment.
              { destinationCidrBlock: "10.1.0.0/22", gatewayId: vgwOf(given) },
            ],
          },
        }),
      stops: [
        "office: vpn-aws-gateway: its route 10.200.7.0/25 sends 10.200.7.0/25 to another connection of VGW",
      ],
    },
    {
      what: "one zone's route table has a longer route elsewhere",
      change: (given) =>
        withOthers(given, "rtb-second", {
          inputs: { routes: [{ cidrBlock: "10.200.0.0/16", transitGatewayId: "tgw-1" }] },
        }),
      stops: ["office: rtb-second: route 10.200.0.0/16 sends 10.200.7.0/24 to tgw-1"],
    },
    {
      what: "nobody has read the network ACL",
      change: (given) => withoutOthers(given, "acl-others"),
      stops: ["apps", "work", "office"].flatMap((name) =>
        ["1a", "1c"].map(
          (zone) =>
            `${name}: aws-subnet-ap-northeast-${zone}: not judged: the network ACL is none of the stack's`,
        ),
      ),
    },
    {
      what: "Azure announces more networks than AWS takes",
      change: (given) =>
        withOthers(given, "azure-network", {
          inputs: {
            addressSpace: {
              addressPrefixes: [
                "10.1.0.0/22",
                ...Array.from({ length: 100 }, (_, at) => `10.150.${at}.0/24`),
              ],
            },
          },
        }),
      stops: ["apps", "work", "office"].map(
        (name) =>
          `${name}: vpn-aws-gateway: Azure's gateway announces 104 networks: beyond 100 AWS drops the session`,
      ),
    },
    {
      what: "the setting names a range that nobody has",
      change: (given) => ({
        ...given,
        outputs: { ...given.outputs, azureClients: { lost: "10.250.0.0/24" } },
      }),
      stops: [
        "lost: azure-network: neither the gateway's network, nor a spoke, nor a site behind the gateway holds these addresses: peer their network with HUB, or correct them",
      ],
    },
    {
      what: "the spoke is not peered with the hub",
      change: (given) => withoutOthers(given, "to-spoke", ...others(given, "to-azure-network")),
      stops: ["work: spoke: spoke holds them, and is not peered with HUB"],
    },
    {
      what: "the setting names a range of the hub without a subnet",
      change: (given) => ({
        ...given,
        outputs: { ...given.outputs, azureClients: { later: "10.1.2.128/25" } },
      }),
      stops: ["later: azure-network: not judged: no subnet holds these addresses yet"],
    },
    {
      what: "only ExpressRoute leads to the clients",
      change: (given) => ({
        ...given,
        outputs: { ...given.outputs, azureClients: { depot: "10.210.1.0/24" } },
      }),
      stops: [
        "depot: depot: ExpressRoute and the VPN gateway exchange no routes: that takes a Route Server with branch-to-branch",
      ],
    },
  ];
  for (const { what, change, stops: at } of cases)
    it(`says what stops it where ${what}`, async () => {
      const given = await joinedStack();
      const plain = stops(change(given)).map((one) =>
        one.replace(vgwOf(given), "VGW").replace(/azure-network-prod-\w+/, "HUB"),
      );
      expect(plain).to.deep.equal(at);
    });

  it("divides a range over the subnets that it touches", async () => {
    const recording = await joinedStack();
    const outputs = { ...recording.outputs, azureClients: { all: "10.0.0.0/8" } };
    const estate = readEstate({ ...recording, outputs });
    const ranges = tracePaths(estate, judgeTunnels(estate)).map(({ client }) => client);
    expect([...new Set(ranges)]).to.include.members([
      "10.1.0.0/23",
      "10.1.2.0/26",
      "10.101.0.0/24",
      "10.200.0.0/16",
      "10.210.0.0/16",
    ]);
  });

  it("reads what others own on the way, and passes over the rest around it", async () => {
    const natRules = { natRules: [{ name: "nat" }] };
    const near = withOthers(await joinedStack(), "vpn-azure-gateway", { inputs: natRules });
    const far = withOthers(await joinedStack(), "circuits", { inputs: natRules });
    expect(findUnread(readEstate(near)).map(({ what }) => what)).to.deep.equal(["natRules"]);
    expect(findUnread(readEstate(far))).to.deep.equal([]);
  });
});

describe("Who else", () => {
  const neighbours = (recording: Recording) => {
    const estate = readEstate(recording);
    return findNeighbours(estate, judgeTunnels(estate)).map(({ reaches, says }) => `${reaches}: ${says}`);
  };
  const linked = [
    "link: AWS learns spoke (10.101.0.0/22), and its subnets have a route to AWS: it uses the gateway of HUB",
    "link: AWS and office (10.200.255.1/32, 10.200.0.0/16) learn each other's routes: the Azure gateway passes on what BGP brings",
    "link: Azure learns the way to vpn-plant (192.168.10.0/24); that site has no BGP, and reaches Azure where its own router has a route to it",
  ];
  const reaching = (who: string, by: string) =>
    `endpoint: ${who} reaches the endpoint by ${by}: security group, network ACL and routes let it in, and azureClients does not name it`;
  const plain = (sentences: readonly string[]) =>
    sentences.map((one) => one.replace(/azure-network-prod-\w+/g, "HUB").replace(/vpc-[0-9a-f]{17}/g, "vpc"));

  it("is the VPC itself, and whom both gateways pass routes on to", async () => {
    expect(plain(neighbours(await joinedStack()))).to.deep.equal([
      reaching("VPC vpc (10.2.0.0/22)", "the VPC itself"),
      ...linked,
    ]);
  });

  it("is everybody whom a wider rule of the security group lets in, and whose answers find back", async () => {
    const wider = withInputs(await joinedStack(), "s3-https-from-work", { cidrIpv4: "0.0.0.0/0" });
    expect(plain(neighbours(wider))).to.include.members([
      reaching("spoke (10.101.0.128/25, 10.101.1.0/24, 10.101.2.0/23)", "the tunnels"),
      reaching("vpn-plant (192.168.10.0/24)", "another connection of the virtual private gateway"),
    ]);
    const denied = withOthers(wider, "acl-others", {
      inputs: {
        egress: [
          { ruleNo: 50, action: "deny", protocol: "-1", cidrBlock: "192.168.0.0/16", fromPort: 0, toPort: 0 },
          { ruleNo: 100, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 },
        ],
      },
    });
    expect(plain(neighbours(denied)).filter((one) => one.startsWith("endpoint: vpn-plant"))).to.deep.equal(
      [],
    );
  });

  it("is a network that a route of the VPC leads to, where the security group lets it in", async () => {
    const routed = withOthers(await joinedStack(), "rtb-second", {
      inputs: { routes: [{ cidrBlock: "10.77.0.0/16", vpcPeeringConnectionId: "pcx-1" }] },
    });
    const wider = withInputs(routed, "s3-https-from-work", { cidrIpv4: "10.77.0.0/16" });
    expect(plain(neighbours(wider))).to.include(
      reaching("pcx-1 (10.77.0.0/16)", "a route of the VPC to pcx-1"),
    );
    expect(neighbours(routed).filter((one) => one.includes("pcx-1"))).to.deep.equal([]);
  });

  it("is a site without BGP too: the gateway tells AWS of every local network gateway", async () => {
    const fixed = withOthers(await joinedStack(), "office", { inputs: { enableBgp: false } });
    expect(neighbours(fixed).filter((one) => one.includes("office"))).to.deep.equal([
      "link: AWS learns the way to office (10.200.255.1/32, 10.200.0.0/16); that site has no BGP, and reaches AWS where its own router has a route to it",
    ]);
  });

  it("is another site by BGP, both ways", async () => {
    const bgp = withOthers(await joinedStack(), "vpn-plant", { inputs: { staticRoutesOnly: false } });
    expect(neighbours(bgp).at(-1)).to.equal(
      "link: Azure and vpn-plant (192.168.10.0/24) learn each other's routes: the virtual private gateway passes on what BGP brings (CloudHub)",
    );
  });

  it("is nobody where the stack joins nothing", async () => {
    const { recording } = await devStack();
    expect(neighbours(recording)).to.deep.equal([]);
  });
});
