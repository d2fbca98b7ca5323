import { expect } from "chai";
import { type AwsRoute, type AwsRouteOrigin, awsRouting } from "../../../../rehearsal/model/routes/awsRoutes";
import { wayOf } from "../../../../rehearsal/model/routes/routing";

const clients = "10.1.0.0/16";

function route(destination: string, target: string, origin: AwsRouteOrigin = "static"): AwsRoute {
  return { destination, target, origin, state: "active" };
}

const local = route("10.0.0.0/16", "local", "local");
const learned = route(clients, "vgw-1", "BGP VPN, propagated");
const toGateway = ({ target, state }: AwsRoute) => target === "vgw-1" && state === "active";

/** What goes wrong, as `10.1.0.0/17 pcx-1`, and what nobody can say. */
function told(routes: readonly AwsRoute[], network = clients) {
  const { right, wrong, notJudged } = wayOf(awsRouting(network, routes), toGateway);
  return {
    right: right.flatMap(({ networks }) => networks),
    wrong: wrong.map(({ networks, route: taken }) => `${networks.join(" ")} ${taken?.target ?? "nowhere"}`),
    notJudged: notJudged.map(({ destination }) => destination),
  };
}

describe("Routes of a VPC", () => {
  for (const { what, routes, right = [], wrong = [], notJudged = [] } of [
    { what: "the learned route alone", routes: [local, learned], right: [clients] },
    { what: "a static route alone", routes: [local, route(clients, "vgw-1")], right: [clients] },
    { what: "only the local route", routes: [local], wrong: [`${clients} nowhere`] },
    {
      what: "a wider static route elsewhere beside the learned one",
      routes: [local, learned, route("0.0.0.0/0", "igw-1"), route("10.0.0.0/8", "tgw-1")],
      right: [clients],
    },
    {
      what: "an equal static route elsewhere, which beats what is propagated",
      routes: [local, learned, route(clients, "pcx-1")],
      wrong: [`${clients} pcx-1`],
    },
    {
      what: "a more specific route elsewhere for half of it",
      routes: [local, learned, route("10.1.128.0/17", "pcx-1")],
      right: ["10.1.0.0/17"],
      wrong: ["10.1.128.0/17 pcx-1"],
    },
    {
      what: "a more specific route elsewhere for one address",
      routes: [learned, route("10.1.0.4/32", "eni-1")],
      right: [
        "10.1.0.0/30",
        "10.1.0.5/32",
        "10.1.0.6/31",
        "10.1.0.8/29",
        "10.1.0.16/28",
        "10.1.0.32/27",
        "10.1.0.64/26",
        "10.1.0.128/25",
        "10.1.1.0/24",
        "10.1.2.0/23",
        "10.1.4.0/22",
        "10.1.8.0/21",
        "10.1.16.0/20",
        "10.1.32.0/19",
        "10.1.64.0/18",
        "10.1.128.0/17",
      ],
      wrong: ["10.1.0.4/32 eni-1"],
    },
    {
      what: "a more specific route elsewhere under a still more specific one back",
      routes: [
        learned,
        route("10.1.128.0/17", "pcx-1"),
        route("10.1.128.0/17", "vgw-1", "static VPN, propagated"),
        route("10.1.128.0/18", "vgw-1"),
        route("10.1.192.0/18", "vgw-1"),
      ],
      right: ["10.1.0.0/17", "10.1.128.0/18", "10.1.192.0/18"],
    },
    {
      what: "both halves of it, the whole having no route",
      routes: [route("10.1.0.0/17", "vgw-1"), route("10.1.128.0/17", "vgw-1")],
      right: ["10.1.0.0/17", "10.1.128.0/17"],
    },
    {
      what: "one half of it, the other having no route",
      routes: [local, route("10.1.0.0/17", "vgw-1")],
      right: ["10.1.0.0/17"],
      wrong: ["10.1.128.0/17 nowhere"],
    },
    {
      what: "a route to the gateway that leads into a blackhole",
      routes: [{ ...route(clients, "vgw-1"), state: "blackhole" as const }, learned],
      wrong: [`${clients} vgw-1`],
    },
    {
      what: "a blackhole that something more specific avoids",
      routes: [{ ...route("10.0.0.0/8", "pcx-1"), state: "blackhole" as const }, learned],
      right: [clients],
    },
    {
      what: "Direct Connect, which AWS prefers to a VPN with the same destination",
      routes: [learned, route(clients, "vgw-dx", "Direct Connect, propagated")],
      wrong: [`${clients} vgw-dx`],
    },
    {
      what: "a static VPN, which AWS prefers to one with BGP",
      routes: [
        route(clients, "vgw-2", "BGP VPN, propagated"),
        route(clients, "vgw-1", "static VPN, propagated"),
      ],
      right: [clients],
    },
    {
      what: "a static route before what a prefix list holds, and that before what is propagated",
      routes: [
        learned,
        route(clients, "pcx-1", "prefix list"),
        route("10.1.0.0/17", "vgw-1"),
        route("10.1.0.0/17", "pcx-1", "prefix list"),
      ],
      right: ["10.1.0.0/17"],
      wrong: ["10.1.128.0/17 pcx-1"],
    },
    {
      what: "a VPC that overlaps the clients: its local route beats what is propagated, however specific",
      routes: [
        route("10.1.0.0/24", "local", "local"),
        learned,
        route("10.1.0.0/25", "vgw-1", "BGP VPN, propagated"),
      ],
      right: [
        "10.1.1.0/24",
        "10.1.2.0/23",
        "10.1.4.0/22",
        "10.1.8.0/21",
        "10.1.16.0/20",
        "10.1.32.0/19",
        "10.1.64.0/18",
        "10.1.128.0/17",
      ],
      wrong: ["10.1.0.0/24 local"],
    },
    {
      what: "a static route that is more specific than the local one, which beats it",
      routes: [route("10.1.0.0/16", "local", "local"), route("10.1.0.0/17", "vgw-1")],
      right: ["10.1.0.0/17"],
      wrong: ["10.1.128.0/17 local"],
    },
    {
      what: "a prefix list to elsewhere",
      routes: [learned, route("pl-1", "pcx-1")],
      right: [clients],
      notJudged: ["pl-1"],
    },
    {
      what: "a prefix list to the gateway itself",
      routes: [learned, route("pl-1", "vgw-1")],
      right: [clients],
    },
    {
      what: "a destination that is not known yet",
      routes: [learned, route("", "pcx-1")],
      right: [clients],
      notJudged: [""],
    },
    {
      what: "IPv6 routes elsewhere",
      routes: [learned, route("::/0", "eigw-1"), route("2001:db8::/32", "pcx-1")],
      right: [clients],
    },
  ])
    it(`are judged for the whole network: ${what}`, () => {
      expect(told(routes)).to.deep.equal({ right, wrong, notJudged });
    });

  it("say nothing good of a network that is none", () => {
    expect(told([route("0.0.0.0/0", "vgw-1")], "")).to.deep.equal({
      right: [],
      wrong: [" nowhere"],
      notJudged: [],
    });
  });
});
