import { expect } from "chai";
import type { Obstacle } from "../../../network/existing/obstacle";
import { SurroundingsError } from "../../../network/existing/obstacle";
import { readWith, snapshotOf, withSnapshot } from "./generated/preview";
import { changed, vgwId, withMore, worlds, type World } from "./generated/world";
import { noticed } from "./surroundings";

type Told = readonly [obstacles: readonly Obstacle[], notices: readonly string[]];

/** What a preview tells of a world with this file. */
async function told(world: World, folder: string): Promise<Told> {
  try {
    return [[], await noticed(() => readWith(world, folder))];
  } catch (error) {
    if (!(error instanceof SurroundingsError)) throw error;
    return [error.obstacles, []];
  }
}
const toldWith = (world: World, content: unknown = snapshotOf(world)) =>
  withSnapshot(typeof content === "string" ? content : JSON.stringify(content), (folder) =>
    told(world, folder),
  );
const inWords = ([obstacles]: Told) =>
  obstacles.map(({ place, problem, fix }) => `${place}: ${problem}; ${fix}`);
const ofSnapshot = ([, notices]: Told) => notices.filter((one) => one.includes("snapshots/"));

const behindHub = (world: World, ...prefixes: readonly string[]) =>
  changed(world, "localNetworkGateways/lgw-osaka", {
    inputs: { localNetworkAddressSpace: { addressPrefixes: prefixes } },
  });
const behindVgw = (world: World, ...cidrs: readonly string[]) =>
  withMore(
    world,
    {
      type: "aws:ec2/vpnConnection:VpnConnection",
      id: "vpn-nagoya",
      inputs: { vpnGatewayId: vgwId, staticRoutesOnly: true },
    },
    ...cidrs.map((cidr) => ({
      type: "aws:ec2/vpnConnectionRoute:VpnConnectionRoute",
      id: `${cidr}:vpn-nagoya`,
      inputs: { vpnConnectionId: "vpn-nagoya", destinationCidrBlock: cidr },
    })),
  );

const rows: readonly { readonly what: string; readonly world: World; readonly says: readonly string[] }[] = [
  {
    what: "awsCidr that a site behind the hub has as well",
    world: behindHub(worlds.hub, "10.2.3.0/24", "10.3.0.0/16"),
    says: [
      "awsCidr, 10.2.0.0/22: cn-osaka behind vpng-hub has 10.2.3.0/24 of it, by snapshots/joined.json of 2100-01-01, and a gateway leads to one of the two; choose another awsCidr; if cn-osaka has it no more, take the snapshot again: npm run snapshot -- --stack joined",
    ],
  },
  {
    what: "each range of a VPC by itself",
    world: behindHub(worlds.static, "100.64.0.0/20", "10.50.7.0/24"),
    says: [
      "VPC vpc-0b7d4c1e95a23f608, 10.50.0.0/16: cn-osaka behind vpng-hub has 10.50.7.0/24 of it, by snapshots/joined.json of 2100-01-01, and a gateway leads to one of the two; join a VPC that is apart; if cn-osaka has it no more, take the snapshot again: npm run snapshot -- --stack joined",
      "VPC vpc-0b7d4c1e95a23f608, 100.64.0.0/20: cn-osaka behind vpng-hub has 100.64.0.0/20 of it, by snapshots/joined.json of 2100-01-01, and a gateway leads to one of the two; join a VPC that is apart; if cn-osaka has it no more, take the snapshot again: npm run snapshot -- --stack joined",
    ],
  },
  {
    what: "the stack's own network, in Azure",
    world: behindVgw(worlds.vpc, "10.1.3.0/24", "10.1.4.0/24"),
    says: [
      `azureCidr, 10.1.0.0/22: vpn-nagoya behind ${vgwId} has 10.1.3.0/24 of it, by snapshots/joined.json of 2100-01-01, and a gateway leads to one of the two; choose another azureCidr; if vpn-nagoya has it no more, take the snapshot again: npm run snapshot -- --stack joined`,
    ],
  },
  {
    what: "a client",
    world: behindVgw(worlds.static, "10.101.0.128/25", "10.101.1.0/24"),
    says: [
      `azureClients.web, 10.101.0.0/24: vpn-nagoya behind ${vgwId} has 10.101.0.128/25 of it, by snapshots/joined.json of 2100-01-01, and a gateway leads to one of the two; leave it out of azureClients, or narrow it; if vpn-nagoya has it no more, take the snapshot again: npm run snapshot -- --stack joined`,
    ],
  },
  {
    what: "a spoke that a circuit leads to as well",
    world: changed(worlds.circuit, "ergw-hub", {
      outputs: { learnedRoutes: [{ network: "10.102.2.0/24", nextHop: "10.100.0.12", origin: "EBgp" }] },
    }),
    says: [
      "virtual network vnet-data, 10.102.0.0/22: cn-tokyo-er behind ergw-hub has 10.102.2.0/24 of it, by snapshots/joined.json of 2100-01-01, and a gateway leads to one of the two; leave it out of azureSpokes; if cn-tokyo-er has it no more, take the snapshot again: npm run snapshot -- --stack joined",
    ],
  },
  {
    what: "a client behind the hub, known there by a longer route than elsewhere",
    world: behindVgw(worlds.both, "10.192.0.0/12"),
    says: [],
  },
  {
    what: "a client behind the hub, known elsewhere by a longer route than there",
    world: behindVgw(
      changed(worlds.both, "virtualNetworkGateways/vpng-hub", {
        outputs: {
          learnedRoutes: [{ network: "10.192.0.0/12", nextHop: "10.200.255.254", origin: "EBgp" }],
        },
      }),
      "10.200.0.0/14",
    ),
    says: [
      `azureClients.osaka, 10.200.0.0/16: vpn-nagoya behind ${vgwId} has 10.200.0.0/14 of it, by snapshots/joined.json of 2100-01-01, and a gateway leads to one of the two; leave it out of azureClients, or narrow it; if vpn-nagoya has it no more, take the snapshot again: npm run snapshot -- --stack joined`,
    ],
  },
];

describe("a preview and the snapshot", () => {
  for (const { what, world, says } of rows)
    it(`${says.length > 0 ? "compare" : "let pass"} ${what}`, async () => {
      expect(inWords(await toldWith(world))).to.deep.equal(says);
    });

  it("say what of a wider network of a site is in reach no longer", async () => {
    const wider = ofSnapshot(await toldWith(behindHub(worlds.hub, "10.0.0.0/8", "0.0.0.0/0")));
    expect(wider).to.deep.equal([
      "cn-osaka behind vpng-hub has 10.0.0.0/8, by snapshots/joined.json of 2100-01-01, and in it is awsCidr, 10.2.0.0/22: what the site itself has there is reached through vpng-hub no longer.",
    ]);
    expect(ofSnapshot(await toldWith(behindHub(worlds.hub, "10.3.0.0/16")))).to.deep.equal([]);
  });

  it("name a site of which nothing was known", async () => {
    expect(ofSnapshot(await toldWith(behindVgw(worlds.vpc)))).to.deep.equal([
      `snapshots/joined.json of 2100-01-01 shows no network of vpn-nagoya behind ${vgwId}: what is there is not compared with this stack's.`,
    ]);
  });

  const overlapping = behindHub(worlds.hub, "10.2.0.0/22");
  const good = snapshotOf(overlapping);
  const last =
    ": networks of other sites behind the gateways that this stack joins are not compared with its own. Take it by npm run snapshot -- --stack joined.";
  for (const { what, content, why } of [
    {
      what: "of another stack",
      content: { ...good, stack: "prod" },
      why: "snapshots/joined.json was read for the stack prod",
    },
    {
      what: "of another hub",
      content: {
        ...good,
        around: { ...good.around, azureVirtualNetworkId: "/subscriptions/x", awsVpcId: "vpc-1" },
      },
      why: "snapshots/joined.json was read for another azureVirtualNetworkId, awsVpcId",
    },
    {
      what: "of another version",
      content: { ...good, version: 2 },
      why: "snapshots/joined.json is no snapshot of version 1 (version: Invalid input: expected 1)",
    },
    {
      what: "with a conflict in it",
      content: `<<<<<<< HEAD\n${JSON.stringify(good)}`,
      why: "snapshots/joined.json cannot be read as JSON",
    },
    {
      what: "with a prefix that is no text",
      content: {
        ...good,
        resources: [
          {
            type: "x:y:LocalNetworkGateway",
            id: "x",
            inputs: { localNetworkAddressSpace: { addressPrefixes: [10] } },
            outputs: {},
          },
        ],
      },
      why: "snapshots/joined.json is no snapshot of version 1 (resources.0.inputs.localNetworkAddressSpace.addressPrefixes.0: Invalid input: expected string, received number)",
    },
  ])
    it(`are one notice and no error where it is ${what}`, async () => {
      const [obstacles, notices] = await toldWith(overlapping, content);
      expect(obstacles).to.deep.equal([]);
      expect(ofSnapshot([obstacles, notices])).to.deep.equal([`${why}${last}`]);
      // Control: the very same file as it should be.
      expect(inWords(await toldWith(overlapping, good))).to.have.length(1);
    });

  it("say where it was looked for", async () => {
    const [obstacles, notices] = await told(overlapping, "/nowhere");
    expect(obstacles).to.deep.equal([]);
    expect(notices).to.include(`There is no snapshot /nowhere/snapshots/joined.json${last}`);
  });

  it("agree where an id is written in capitals, or the subnets of the endpoint are others", async () => {
    const around = {
      ...good.around,
      azureGatewayId: String(good.around["azureGatewayId"]).toUpperCase(),
      awsSubnetIds: ["x"],
    };
    expect(inWords(await toldWith(overlapping, { ...good, around }))).to.have.length(1);
  });

  it("say how old it is after 30 days, and compare all the same", async () => {
    const aged = (days: number) => new Date(Date.now() - days * 86_400_000 - 60_000).toISOString();
    expect(
      ofSnapshot(await toldWith(worlds.hub, { ...snapshotOf(worlds.hub), readAt: aged(31) })),
    ).to.deep.equal([
      "snapshots/joined.json is 31 days old: other sites are compared as they were then. Take it again by npm run snapshot -- --stack joined.",
    ]);
    expect(
      ofSnapshot(await toldWith(worlds.hub, { ...snapshotOf(worlds.hub), readAt: aged(30) })),
    ).to.deep.equal([]);
    const [old] = await toldWith(overlapping, { ...good, readAt: aged(400) });
    expect(old[0]?.problem).to.include(`by snapshots/joined.json of ${aged(400).slice(0, 10)}`);
  });

  it("are silent where no gateway of others is met", async () => {
    const alone = worlds.spokes;
    expect(ofSnapshot(await told(alone, "/nowhere"))).to.deep.equal([]);
    expect(ofSnapshot(await told(worlds.circuit, "/nowhere"))).to.have.length(1);
  });
});
