import { expect } from "chai";
import {
  type AzureRoute,
  type AzureSubnetRoutes,
  azureRouting,
  azureSubnetRoutes,
} from "../../../../rehearsal/model/routes/azureRoutes";
import { wayOf } from "../../../../rehearsal/model/routes/routing";

const aws = "10.0.0.0/16";
const plain: AzureSubnetRoutes = { space: ["10.1.0.0/16"], behindGateway: [aws], table: undefined };

function user(destination: string, nextHop: string): AzureRoute {
  return { name: `to-${nextHop}`, destination, nextHop, origin: "user" };
}

function table(...routes: readonly AzureRoute[]) {
  return { table: { routes, disableBgpRoutePropagation: false } };
}

function withoutPropagation(...routes: readonly AzureRoute[]) {
  return { table: { routes, disableBgpRoutePropagation: true } };
}

function told(subnet: AzureSubnetRoutes) {
  const routing = azureRouting(aws, azureSubnetRoutes(subnet));
  const { right, wrong, notJudged } = wayOf(routing, ({ nextHop }) => nextHop === "VirtualNetworkGateway");
  return {
    right: right.flatMap(({ networks }) => networks),
    wrong: wrong.map(({ networks, route }) => `${networks.join(" ")} ${route?.nextHop ?? "nowhere"}`),
    notJudged: notJudged.map(({ destination }) => destination),
  };
}

describe("Routes of an Azure subnet", () => {
  for (const { what, given, right = [], wrong = [], notJudged = [] } of [
    { what: "no table", given: {}, right: [aws] },
    { what: "an empty table", given: table(), right: [aws] },
    {
      what: "a default route to a firewall, which is less specific",
      given: table(user("0.0.0.0/0", "VirtualAppliance")),
      right: [aws],
    },
    {
      what: "an equal route to a firewall",
      given: table(user(aws, "VirtualAppliance")),
      wrong: [`${aws} VirtualAppliance`],
    },
    { what: "an equal route into nothing", given: table(user(aws, "None")), wrong: [`${aws} None`] },
    {
      what: "an equal route to the internet",
      given: table(user(aws, "Internet")),
      wrong: [`${aws} Internet`],
    },
    {
      what: "an equal route that keeps it local",
      given: table(user(aws, "VnetLocal")),
      wrong: [`${aws} VnetLocal`],
    },
    { what: "an equal route to the gateway", given: table(user(aws, "VirtualNetworkGateway")), right: [aws] },
    {
      what: "half of it to a firewall",
      given: table(user("10.0.128.0/17", "VirtualAppliance")),
      right: ["10.0.0.0/17"],
      wrong: ["10.0.128.0/17 VirtualAppliance"],
    },
    {
      what: "half of it to a firewall, and half of that back to the gateway",
      given: table(user("10.0.128.0/17", "VirtualAppliance"), user("10.0.128.0/18", "VirtualNetworkGateway")),
      right: ["10.0.0.0/17", "10.0.128.0/18"],
      wrong: ["10.0.192.0/18 VirtualAppliance"],
    },
    { what: "propagation switched off", given: withoutPropagation(), wrong: [`${aws} None`] },
    {
      what: "propagation switched off and a route to the gateway",
      given: withoutPropagation(user("10.0.0.0/8", "VirtualNetworkGateway")),
      right: [aws],
    },
    {
      what: "propagation switched off and a route to the gateway for half of it",
      given: withoutPropagation(user("10.0.0.0/17", "VirtualNetworkGateway")),
      right: ["10.0.0.0/17"],
      wrong: ["10.0.128.0/17 None"],
    },
    {
      what: "propagation switched off and a default route to the gateway",
      given: withoutPropagation(user("0.0.0.0/0", "VirtualNetworkGateway")),
      right: [aws],
    },
    { what: "nothing behind the gateway", given: { behindGateway: [] }, wrong: [`${aws} None`] },
    {
      what: "only half of it behind the gateway",
      given: { behindGateway: ["10.0.0.0/17"] },
      right: ["10.0.0.0/17"],
      wrong: ["10.0.128.0/17 None"],
    },
    {
      what: "everything behind the gateway",
      given: { behindGateway: ["0.0.0.0/0"] },
      wrong: [`${aws} None`],
    },
    {
      what: "all private addresses behind the gateway",
      given: { behindGateway: ["10.0.0.0/8"] },
      right: [aws],
    },
    {
      what: "a virtual network that holds it: Azure keeps it, however specific the gateway's route",
      given: { space: ["10.0.0.0/8"] },
      wrong: [`${aws} VnetLocal`],
    },
    {
      what: "a virtual network that holds it, and a user's route to the gateway",
      given: { space: ["10.0.0.0/8"], ...table(user(aws, "VirtualNetworkGateway")) },
      right: [aws],
    },
    {
      what: "a peered network that holds a part of it",
      given: { peered: ["10.0.0.0/24"] },
      right: [
        "10.0.1.0/24",
        "10.0.2.0/23",
        "10.0.4.0/22",
        "10.0.8.0/21",
        "10.0.16.0/20",
        "10.0.32.0/19",
        "10.0.64.0/18",
        "10.0.128.0/17",
      ],
      wrong: ["10.0.0.0/24 VNetPeering"],
    },
    {
      what: "a service tag to a firewall",
      given: table(user("Storage.JapanEast", "VirtualAppliance")),
      right: [aws],
      notJudged: ["Storage.JapanEast"],
    },
    {
      what: "a service tag to the gateway itself",
      given: table(user("Storage", "VirtualNetworkGateway")),
      right: [aws],
    },
    { what: "IPv6 to a firewall", given: table(user("::/0", "VirtualAppliance")), right: [aws] },
  ])
    it(`are judged for the whole network: ${what}`, () => {
      expect(told({ ...plain, ...given })).to.deep.equal({ right, wrong, notJudged });
    });
});
