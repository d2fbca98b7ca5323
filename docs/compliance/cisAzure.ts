import { azureTypes } from "../../rehearsal/model/resourceTypes";
import * as judges from "./azureJudges";
import type { Control, Standard } from "./control";

const noFlowLogs =
  "The stack makes none in Azure. AWS's flow logs show what comes out of the tunnels; what stays in Azure is its owner's to log.";
const retired =
  "Azure takes no new flow logs of security groups since 30 June 2025 and ends them on 30 September 2027: see the next.";
const subscriptionAlerts = "One alert on the subscription's activity log serves all of its resources.";

const internet: readonly (readonly [
  id: string,
  what: string,
  protocols: readonly string[],
  guarded: (port: number) => boolean,
])[] = [
  ["7.1", "by RDP", ["Tcp"], (port) => port === 3389],
  ["7.2", "by SSH", ["Tcp"], (port) => port === 22],
  ["7.3", "by UDP", ["Udp"], () => true],
  ["7.4", "by HTTP or HTTPS", ["Tcp"], (port) => port === 80 || port === 443],
];

const controls: readonly Control[] = [
  {
    id: "3.1.1",
    asks: "Who signs in to a privileged machine needs a second factor",
    types: [azureTypes.virtualMachine],
    account: "Who may sign in is decided in Entra ID. The machine of `clientVm` has no identity in Azure.",
  },
  {
    id: "6.1.1.1",
    asks: "The subscription's activity log is kept",
    types: [azureTypes.resourceGroup],
    account: "A setting of the subscription.",
  },
  {
    id: "6.1.1.2",
    asks: "It is kept with the kinds of events that matter",
    types: [azureTypes.resourceGroup],
    account: "A setting of the subscription.",
  },
  {
    id: "6.1.1.5",
    asks: "Flow logs of security groups go to Log Analytics",
    types: [azureTypes.networkSecurityGroup],
    judge: judges.withFlowLog(azureTypes.networkSecurityGroup, judges.goesToAWorkspace),
    shownBy: [],
    notMet: retired,
  },
  {
    id: "6.1.1.7",
    asks: "Flow logs of virtual networks go to Log Analytics",
    types: [azureTypes.virtualNetwork],
    judge: judges.withFlowLog(azureTypes.virtualNetwork, judges.goesToAWorkspace),
    shownBy: [],
    notMet: noFlowLogs,
  },
  ...(
    [
      ["6.1.2.3", "made or changed", "security group", azureTypes.networkSecurityGroup],
      ["6.1.2.4", "deleted", "security group", azureTypes.networkSecurityGroup],
      ["6.1.2.9", "made or changed", "public address", azureTypes.publicIPAddress],
      ["6.1.2.10", "deleted", "public address", azureTypes.publicIPAddress],
    ] as const
  ).map(([id, done, what, type]): Control => ({
    id,
    asks: `An alert tells of each ${what} that is ${done}`,
    types: [type],
    account: subscriptionAlerts,
  })),
  {
    id: "6.1.2.11",
    asks: "An alert tells of Azure's own trouble",
    types: [azureTypes.resourceGroup],
    account:
      "One alert serves the subscription. What Azure's trouble does to the link, the stack's alerts tell.",
  },
  {
    id: "6.1.4",
    asks: "Whatever has logs of its own keeps them",
    types: [
      azureTypes.diagnosticSetting,
      azureTypes.workspace,
      azureTypes.virtualNetworkGateway,
      azureTypes.networkSecurityGroup,
      azureTypes.publicIPAddress,
      azureTypes.virtualNetwork,
    ],
    judge: judges.keepsItsLogs,
    shownBy: [],
    notMet:
      "With `alarms` the gateway's are kept. Those of security group, addresses and network have counters and floods, no traffic.",
  },
  {
    id: "6.1.5",
    asks: "Nothing that needs watching is Basic",
    types: [azureTypes.virtualNetworkGateway, azureTypes.publicIPAddress],
    judge: judges.isNotBasic,
    shownBy: [{ rule: "no-basic-gateway" }],
    notMet: "A Basic gateway is for development; the policy pack refuses it elsewhere.",
  },
  {
    id: "6.2",
    asks: "What must not be lost is locked",
    types: [azureTypes.virtualNetworkGateway, azureTypes.publicIPAddress, azureTypes.resourceGroup],
    judge: judges.isLocked,
    shownBy: [],
    notMet:
      "`protection` keeps Pulumi from deleting them. A lock of Azure's, which stops others as well, needs rights that the deployer lacks: its owner can add one.",
  },
  ...internet.map(([id, what, protocols, guarded]): Control => ({
    id,
    asks: `The internet does not get in ${what}`,
    types: [azureTypes.networkSecurityGroup],
    judge: judges.letsNoInternetIn(protocols, guarded),
    shownBy: [{ rule: "no-open-ingress" }, { rule: "final-denials" }],
  })),
  {
    id: "7.5",
    asks: "Flow logs of security groups are kept for 90 days",
    types: [azureTypes.networkSecurityGroup],
    judge: judges.withFlowLog(azureTypes.networkSecurityGroup, judges.isKeptForNinetyDays),
    shownBy: [],
    notMet: retired,
  },
  {
    id: "7.6",
    asks: "Network Watcher is on in each region",
    types: [azureTypes.virtualNetwork],
    account: "Azure switches it on with the first network of a region, unless the subscription opted out.",
  },
  {
    id: "7.7",
    asks: "Somebody looks at the public addresses now and then",
    types: [azureTypes.publicIPAddress],
    account: "The stack has its gateway's alone, and the policy pack refuses any other (`private-networks`).",
  },
  {
    id: "7.8",
    asks: "Flow logs of virtual networks are kept for 90 days",
    types: [azureTypes.virtualNetwork],
    judge: judges.withFlowLog(azureTypes.virtualNetwork, judges.isKeptForNinetyDays),
    shownBy: [],
    notMet: noFlowLogs,
  },
  {
    id: "7.9",
    asks: "Clients of a VPN gateway sign in by Entra ID only",
    types: [azureTypes.virtualNetworkGateway],
    judge: judges.signsClientsInByEntraOnly,
    shownBy: [
      {
        file: "tests/program/registration.test.ts",
        test: "registers on dev one tunnel's worth of resources",
      },
    ],
    uncertain: "Met because the gateway takes no clients.",
  },
  {
    id: "7.11",
    asks: "Each subnet has a security group",
    types: [azureTypes.subnet],
    judge: judges.hasSecurityGroup,
    shownBy: [
      { file: "tests/program/wires.test.ts", test: "let HTTPS in from the client subnet and from the VPC" },
    ],
    uncertain: "The gateway's own subnet is left out: Azure supports none there.",
  },
  {
    id: "8.1.3.1",
    asks: "Defender for Servers is on",
    types: [azureTypes.virtualMachine],
    account: "A plan of the subscription.",
  },
  ...(
    [
      ["8.1.3.2", "looks for vulnerabilities on machines"],
      ["8.1.3.3", "has its endpoint protection on machines"],
      ["8.1.3.4", "scans the disks of machines, without an agent"],
      ["8.1.3.5", "watches the files of machines"],
    ] as const
  ).map(([id, what]): Control => ({
    id,
    asks: `Defender for Servers ${what}`,
    types: [azureTypes.virtualMachine],
    account: "A part of that plan.",
  })),
  {
    id: "8.1.10",
    asks: "Defender for Cloud checks whether machines lack updates",
    types: [azureTypes.virtualMachine],
    account:
      "A setting of the subscription. Nothing patches the machine of `clientVm`: it is [made anew](runbooks/client-rebuild.md).",
  },
  {
    id: "8.4.1",
    asks: "Machines are reached through a Bastion",
    types: [azureTypes.virtualMachine],
    account:
      "Nobody signs in to the machine of `clientVm`: it has no password (`hardened-machines`), and nobody has its key. A Bastion costs by the hour and serves whole networks.",
  },
  {
    id: "8.5",
    asks: "Networks are protected against floods (DDoS Network Protection)",
    types: [azureTypes.virtualNetwork],
    judge: judges.isProtectedAgainstFloods,
    shownBy: [],
    notMet:
      "A plan serves a whole tenant, for a high price by the month; whoever has one joins the network to it.",
  },
];

/**
 * CIS (https://www.cisecurity.org/benchmark/azure) gives its text to members. Tools that check it publish the ids and titles of
 * this version. Microsoft's pages of Azure Policy end at version 2.0.0, whose ids are others.
 */
export const cisAzure: Standard = {
  name: "CIS Microsoft Azure Foundations Benchmark v5.0.0",
  source: "https://github.com/turbot/steampipe-mod-azure-compliance/tree/main/cis_v500",
  controls,
};
