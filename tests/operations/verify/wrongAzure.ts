import { type Json } from "../support/azureServer";
import type { DeployedStack } from "../support/deployedStack";
import { rule } from "../support/deployedAzure";
import { only, type Wrong } from "./wrong";
import { idOf } from "../support/place";

/** Sets properties of one resource. */
export function set({ azure }: DeployedStack, id: string, properties: { [key: string]: Json }): void {
  const body = azure.resources.get(id.toLowerCase());
  if (body === undefined) throw new Error(`nothing of id ${id}`);
  body["properties"] = { ...(body["properties"] as { [key: string]: Json }), ...properties };
}

export function remove({ azure }: DeployedStack, id: string): void {
  if (!azure.resources.delete(id.toLowerCase())) throw new Error(`nothing of id ${id}`);
}

const firstTunnel = ({ outputs }: DeployedStack) => {
  const [tunnel] = outputs.vpn.tunnels;
  if (tunnel === undefined) throw new Error("no tunnel");
  return tunnel;
};
export const connectionId = (stack: DeployedStack) => firstTunnel(stack).azureConnectionId;
export const siteId = (stack: DeployedStack) =>
  connectionId(stack)
    .replace("/connections/", "/localNetworkGateways/")
    .replace(/-azure-connection$/, "-azure-site");

function policyOf({ azure }: DeployedStack, id: string): { [key: string]: Json } {
  const properties = azure.resources.get(id.toLowerCase())?.["properties"] as { ipsecPolicies: Json[] };
  return properties.ipsecPolicies[0] as { [key: string]: Json };
}

export const wrongAzure: readonly Wrong[] = [
  {
    name: "the gateway was deleted",
    breaks: (stack) => {
      remove(stack, stack.outputs.vpn.azureGatewayId);
    },
    finds: only("azure-gateway-missing", /Azure has no such gateway/),
  },
  {
    name: "the gateway is being changed",
    breaks: (stack) => {
      set(stack, stack.outputs.vpn.azureGatewayId, { provisioningState: "Updating" });
    },
    finds: only("azure-gateway-unready", /its state is Updating, not Succeeded/),
  },
  {
    name: "the gateway is no longer active-active",
    breaks: (stack) => {
      set(stack, stack.outputs.vpn.azureGatewayId, { activeActive: false });
    },
    finds: only(
      "azure-gateway-mode",
      /active-active mode is off and BGP is on; active-active needs the mode on and BGP on/,
    ),
  },
  {
    name: "a connection was deleted",
    breaks: (stack) => {
      remove(stack, connectionId(stack));
    },
    finds: only("azure-connection-missing", /Azure has no connection vpn-tunnel1-azure-connection/),
  },
  {
    name: "a connection is not connected",
    breaks: (stack) => {
      set(stack, connectionId(stack), { connectionStatus: "Connecting" });
    },
    finds: only("azure-not-connected", /Azure reports Connecting, not Connected/),
  },
  {
    name: "a change of a connection failed",
    breaks: (stack) => {
      set(stack, connectionId(stack), { provisioningState: "Failed" });
    },
    finds: only("azure-connection-unready", /state is Failed, not Succeeded/),
  },
  {
    name: "a connection's policy has another group",
    breaks: (stack) => (policyOf(stack, connectionId(stack))["pfsGroup"] = "PFS2048"),
    finds: only("azure-policy-differs", /PFS group set in Azure is 14; it must be 20/),
  },
  {
    name: "a connection has no policy",
    breaks: (stack) => {
      set(stack, connectionId(stack), { ipsecPolicies: [] });
    },
    finds: only("azure-policy-differs", /no policy of its own, so it accepts weaker suites/),
  },
  {
    name: "a connection of a Basic gateway has a policy",
    topology: "single-tunnel",
    breaks: (stack) => {
      set(stack, connectionId(stack), { ipsecPolicies: [{ ikeEncryption: "AES128" }] });
    },
    finds: only("azure-policy-differs", /a policy of its own where there must be none/),
  },
  {
    name: "a connection speaks IKE version 1",
    breaks: (stack) => {
      set(stack, connectionId(stack), { connectionProtocol: "IKEv1" });
    },
    finds: only("azure-policy-differs", /Azure uses IKEv1; it must use IKEv2/),
  },
  {
    name: "a site was deleted",
    breaks: (stack) => {
      remove(stack, siteId(stack));
    },
    finds: only("azure-site-missing", /Azure has no local network gateway for it/),
  },
  {
    name: "a site has another address for AWS",
    breaks: (stack) => {
      set(stack, siteId(stack), { gatewayIpAddress: "203.0.113.200" });
    },
    finds: only("azure-site-address", /expects AWS at 203\.0\.113\.200, and it is at 203\.0\.113\.10/),
  },
  {
    name: "a site has another address for AWS's BGP",
    breaks: (stack) => {
      set(stack, siteId(stack), { bgpSettings: { asn: 64512, bgpPeeringAddress: "169.254.21.9" } });
    },
    finds: only("azure-site-address", /expects AWS's BGP at 169\.254\.21\.9, and it is at 169\.254\.21\.1/),
  },
  {
    name: "a site does not carry AWS's network",
    topology: "single-tunnel",
    breaks: (stack) => {
      set(stack, siteId(stack), { localNetworkAddressSpace: { addressPrefixes: ["10.9.0.0/24"] } });
    },
    finds: [
      { kind: "azure-site-prefixes", says: /sends 10\.9\.0\.0\/24 into it, and must send 10\.2\.0\.0\/22/ },
      { kind: "azure-routes-beyond", says: /sends 10\.9\.0\.0\/24 into it; only 10\.2\.0\.0\/22 is/ },
    ],
  },
  {
    name: "a BGP peer is connecting",
    breaks: ({ azure }) => {
      const { value } = azure.operations.get("getbgppeerstatus") as { value: { [key: string]: Json }[] };
      Object.assign(value[1] ?? {}, { state: "Connecting", routesReceived: 0 });
    },
    finds: only("bgp-peer-down", /its BGP peer 169\.254\.22\.1: Azure reports Connecting, not Connected/),
  },
  {
    name: "a BGP peer is unknown",
    breaks: ({ azure }) => {
      const { value } = azure.operations.get("getbgppeerstatus") as { value: Json[] };
      value.pop();
    },
    finds: only("bgp-peer-down", /169\.254\.22\.5: Azure has no such BGP peer/),
  },
  {
    name: "the gateway has not learned AWS's network",
    breaks: ({ azure }) => azure.operations.set("getlearnedroutes", { value: [] }),
    finds: only("azure-route-not-learned", /it has not learned 10\.2\.0\.0\/22 over BGP/),
  },
  {
    name: "AWS announces another network",
    breaks: ({ azure }) => {
      const { value } = azure.operations.get("getlearnedroutes") as { value: { [key: string]: Json }[] };
      value.push({ network: "10.2.0.0/16", origin: "EBgp" }, { network: "10.1.0.0/23", origin: "IBgp" });
    },
    finds: only("azure-routes-beyond", /it has learned 10\.2\.0\.0\/16; only 10\.2\.0\.0\/22 is expected/),
  },
  {
    name: "the client subnet was deleted",
    breaks: (stack) => {
      remove(stack, idOf(stack.outputs.azureNetwork.clientSubnetId));
    },
    finds: only("client-subnet-missing", /Azure has no such subnet/),
  },
  {
    name: "the client subnet has no security group",
    breaks: (stack) => {
      set(stack, idOf(stack.outputs.azureNetwork.clientSubnetId), { networkSecurityGroup: null });
    },
    finds: only("client-subnet-unguarded", /its security group is none/),
  },
  {
    name: "the client subnet has Azure's own way out",
    breaks: (stack) => {
      set(stack, idOf(stack.outputs.azureNetwork.clientSubnetId), { defaultOutboundAccess: true });
    },
    finds: only("client-subnet-way-out", /default outbound access is on/),
  },
  {
    name: "a rule stops HTTPS to AWS",
    breaks: (stack) => {
      addRule(stack, rule("stop", "Outbound", "Deny", 99, "Tcp", "400-500", "*", "10.2.0.0/24"));
    },
    finds: only("client-https-blocked", /the rule stop blocks HTTPS from 10\.1\.0\.0\/23 to 10\.2\.0\.0\/24/),
  },
  {
    name: "a rule stops HTTPS from a half of the clients, and another from the rest",
    breaks: (stack) => {
      addRule(stack, rule("low", "Outbound", "Deny", 98, "*", "443", "10.1.0.0/24", "VirtualNetwork"));
      addRule(stack, rule("high", "Outbound", "Deny", 99, "Tcp", "*", "10.1.1.0/24", "10.2.0.0/16"));
    },
    finds: [
      { kind: "client-https-blocked", says: /the rule low blocks HTTPS from 10\.1\.0\.0\/24 to/ },
      { kind: "client-https-blocked", says: /the rule high blocks HTTPS from 10\.1\.1\.0\/24 to/ },
    ],
  },
  {
    name: "the final denial out is gone",
    breaks: (stack) => {
      removeRule(stack, "nothing-else-out");
    },
    finds: [
      {
        kind: "client-open-out",
        says: /the rule AllowVnetOutBound lets 10\.1\.0\.0\/23 send more than HTTPS to 10\.2\.0\.0\/22/,
      },
      {
        kind: "client-not-shut",
        says: /the rule AllowVnetOutBound lets clients send to other networks than AWS's/,
      },
    ],
  },
  {
    name: "the final denial out is about AWS alone",
    breaks: (stack) => {
      removeRule(stack, "nothing-else-out");
      addRule(stack, rule("aws", "Outbound", "Deny", 200, "*", "*", "*", "10.2.0.0/22"));
    },
    finds: only("client-not-shut", /the rule AllowVnetOutBound lets clients send to other networks/),
  },
  {
    name: "a rule before the final denial lets clients out to a service tag",
    breaks: (stack) => {
      addRule(stack, rule("updates", "Outbound", "Allow", 300, "Tcp", "443", "*", "Internet"));
    },
    finds: only("client-not-shut", /the rule updates lets clients send to other networks than AWS's/),
  },
  {
    name: "the final denial in is about AWS alone",
    breaks: (stack) => {
      removeRule(stack, "nothing-in");
      addRule(stack, rule("aws", "Inbound", "Deny", 200, "*", "*", "10.2.0.0/22", "*"));
    },
    finds: only(
      "client-not-shut",
      /the rule AllowVnetInBound lets others than AWS open connections to clients/,
    ),
  },
  {
    name: "a rule lets a part of AWS open connections to one client",
    breaks: (stack) => {
      addRule(stack, rule("one", "Inbound", "Allow", 99, "Udp", "53", "10.2.3.7", "10.1.0.9/32"));
    },
    finds: only(
      "client-open-to-aws",
      /the rule one lets 10\.2\.3\.7\/32 open connections to 10\.1\.0\.9\/32/,
    ),
  },
  {
    name: "a rule lets AWS open connections to clients",
    breaks: (stack) => {
      addRule(stack, rule("ssh", "Inbound", "Allow", 99, "Tcp", "22", "10.2.0.0/22", "*"));
    },
    finds: only(
      "client-open-to-aws",
      /the rule ssh lets 10\.2\.0\.0\/22 open connections to 10\.1\.0\.0\/23/,
    ),
  },
];

type Rules = { securityRules: { name: string }[] };

function rulesOf({ azure, outputs }: DeployedStack): Rules {
  const id = idOf(outputs.azureNetwork.clientSecurityGroupId);
  return azure.resources.get(id.toLowerCase())?.["properties"] as Rules;
}

function addRule(stack: DeployedStack, added: Json): void {
  rulesOf(stack).securityRules.push(added as { name: string });
}

function removeRule(stack: DeployedStack, name: string): void {
  const rules = rulesOf(stack);
  rules.securityRules = rules.securityRules.filter((one) => one.name !== name);
}
