import { expect } from "chai";
import { review } from "../../../operations/review/judge";
import { markdown } from "../../../operations/review/markdown";
import { readPreview } from "../../../operations/review/preview";
import { refusalsIn } from "../../../operations/review/refusals";
import { runReview } from "../../../operations/review/command";
import { awsTypes, azureTypes } from "../../../rehearsal/model/resourceTypes";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Shown, shownJson, shownPreview, urnOf } from "./shown";

const place = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network";
const networkId = `${place}/virtualNetworks/azure`;
const same = { op: "same" } as const;
const inGroup = { resourceGroupName: "g", location: "japaneast" };

function network(after?: readonly string[]): Shown {
  const inputs = (addressPrefixes: readonly string[]) => ({
    ...inGroup,
    virtualNetworkName: "azure",
    addressSpace: { addressPrefixes },
  });
  return {
    op: after === undefined ? "same" : "update",
    type: azureTypes.virtualNetwork,
    name: "azure",
    id: networkId,
    before: inputs(["10.1.0.0/22"]),
    outputs: { name: "azure" },
    ...(after === undefined ? {} : { after: inputs(after) }),
  };
}

function subnet(name: string, addressPrefix: string, change: Partial<Shown> = {}): Shown {
  const inputs = { resourceGroupName: "g", virtualNetworkName: "azure", subnetName: name, addressPrefix };
  return {
    op: "same",
    type: azureTypes.subnet,
    name,
    id: `${networkId}/subnets/${name}`,
    before: inputs,
    ...change,
    ...(change.after === undefined ? {} : { after: { ...inputs, ...change.after } }),
  };
}

const configuration = {
  name: "default",
  subnet: { id: `${networkId}/subnets/GatewaySubnet` },
  publicIPAddress: { id: `${place}/publicIPAddresses/ip` },
};
const basic = {
  ...inGroup,
  virtualNetworkGatewayName: "gateway",
  gatewayType: "Vpn",
  vpnType: "RouteBased",
  sku: { name: "Basic", tier: "Basic" },
  ipConfigurations: [configuration],
};
const larger = { ...basic, sku: { name: "VpnGw2AZ", tier: "VpnGw2AZ" } };

function gateway(change: Partial<Shown> = {}): Shown {
  return {
    ...same,
    type: azureTypes.virtualNetworkGateway,
    name: "gateway",
    id: `${place}/virtualNetworkGateways/gateway`,
    before: basic,
    ...change,
  };
}

function publicAddress(change: Partial<Shown> = {}): Shown {
  return {
    ...same,
    type: azureTypes.publicIPAddress,
    name: "ip",
    id: `${place}/publicIPAddresses/ip`,
    before: {
      ...inGroup,
      publicIpAddressName: "ip",
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
      zones: ["1", "2", "3"],
    },
    ...change,
  };
}

function machineInterface(change: Partial<Shown> = {}): Shown {
  return {
    ...same,
    type: azureTypes.networkInterface,
    name: "nic",
    id: `${place}/networkInterfaces/nic`,
    before: {
      ...inGroup,
      ipConfigurations: [{ name: "default", subnet: { id: `${networkId}/subnets/clients` } }],
    },
    ...change,
  };
}

const vpc: Shown = { ...same, type: awsTypes.vpc, name: "aws", before: { cidrBlock: "10.0.0.0/24" } };
const awsSubnet = (change: Partial<Shown> = {}): Shown => ({
  ...same,
  type: awsTypes.subnet,
  name: "subnet-a",
  before: { vpcId: "aws", cidrBlock: "10.0.0.0/25", availabilityZone: "ap-northeast-1a" },
  outputs: { availabilityZone: "ap-northeast-1a" },
  ...change,
});
const endpoint = (change: Partial<Shown> = {}): Shown => ({
  ...same,
  type: awsTypes.vpcEndpoint,
  name: "endpoint",
  before: {
    vpcId: "aws",
    serviceName: "com.amazonaws.ap-northeast-1.s3",
    vpcEndpointType: "Interface",
    subnetIds: ["subnet-a"],
    securityGroupIds: ["group"],
  },
  ...change,
});
const group = (change: Partial<Shown> = {}): Shown => ({
  ...same,
  type: awsTypes.securityGroup,
  name: "group",
  before: { vpcId: "aws" },
  ...change,
});
const customer = (change: Partial<Shown> = {}): Shown => ({
  ...same,
  type: awsTypes.customerGateway,
  name: "customer",
  before: { bgpAsn: "65000", ipAddress: "203.0.113.7", type: "ipsec.1" },
  ...change,
});
const connection = (change: Partial<Shown> = {}): Shown => ({
  ...same,
  type: awsTypes.vpnConnection,
  name: "connection",
  before: { type: "ipsec.1", customerGatewayId: "customer", vpnGatewayId: "vgw" },
  ...change,
});
const bucket = (change: Partial<Shown> = {}): Shown => ({
  ...same,
  type: awsTypes.bucket,
  name: "bucket-1",
  before: { bucket: "bucket-1" },
  ...change,
});
const object = (change: Partial<Shown> = {}): Shown => ({
  ...same,
  type: awsTypes.bucketObjectv2,
  name: "bucket-1/hello",
  before: { bucket: "bucket-1", key: "hello" },
  ...change,
});
const versioning = (status: string): Shown => ({
  op: "update",
  type: awsTypes.bucketVersioning,
  name: "bucket-1",
  before: { bucket: "bucket-1", versioningConfiguration: { status: "Enabled" } },
  after: { bucket: "bucket-1", versioningConfiguration: { status } },
});

const toLarger = { op: "update", after: { addressPrefix: "10.1.3.224/27" } } as const;
const gatewaySubnet = (change: Partial<Shown> = {}) => subnet("GatewaySubnet", "10.1.3.240/28", change);
const clients = (change: Partial<Shown> = {}) => subnet("clients", "10.1.0.0/24", change);
const gone = { op: "delete" } as const;
const destroy = (what: Shown) =>
  `\`pulumi destroy --target-dependents --target '${urnOf(what)}'\`, then \`pulumi up\``;

interface Row {
  readonly that: string;
  readonly steps: readonly Shown[];
  /** As `name: Code`. */
  readonly refused: readonly string[];
  readonly procedure?: string;
}

const rows: readonly Row[] = [
  {
    that: "a larger GatewaySubnet under its gateway",
    steps: [network(), gatewaySubnet(toLarger), publicAddress(), gateway()],
    refused: ["GatewaySubnet: InUsePrefixCannotBeDeleted"],
    procedure: destroy(gateway()),
  },
  {
    that: "a larger GatewaySubnet under a gateway that is replaced after it",
    steps: [
      network(),
      gatewaySubnet(toLarger),
      publicAddress(),
      gateway({ op: "replace", after: larger, deletedFirst: true }),
    ],
    refused: ["GatewaySubnet: InUsePrefixCannotBeDeleted"],
    procedure: destroy(gateway()),
  },
  {
    that: "a larger GatewaySubnet without a gateway",
    steps: [network(), gatewaySubnet(toLarger)],
    refused: [],
  },
  {
    that: "a larger GatewaySubnet whose gateway comes in the same deployment",
    steps: [
      network(),
      gatewaySubnet(toLarger),
      publicAddress(),
      { op: "create", type: azureTypes.virtualNetworkGateway, name: "gateway", after: larger },
    ],
    refused: [],
  },
  {
    that: "another client subnet under a machine",
    steps: [
      network(),
      clients({ op: "update", after: { addressPrefix: "10.1.1.0/24" } }),
      machineInterface(),
    ],
    refused: ["clients: InUsePrefixCannotBeDeleted"],
    procedure: destroy(machineInterface()),
  },
  {
    that: "another client subnet without a machine",
    steps: [network(), clients({ op: "update", after: { addressPrefix: "10.1.1.0/24" } })],
    refused: [],
  },
  {
    that: "a client subnet that goes before its machine",
    steps: [network(), clients(gone), machineInterface()],
    refused: ["clients: InUseSubnetCannotBeDeleted"],
    procedure: destroy(machineInterface()),
  },
  {
    that: "a client subnet that goes together with its machine",
    steps: [network(), clients(gone), machineInterface(gone)],
    refused: [],
  },
  {
    that: "addresses of a network that leave out a subnet",
    steps: [network(["10.1.0.0/24"]), clients(), gatewaySubnet()],
    refused: ["azure: InUsePrefixCannotBeDeleted"],
    procedure: destroy(gatewaySubnet()),
  },
  { that: "more addresses of a network", steps: [network(["10.1.0.0/21"]), clients()], refused: [] },
  {
    that: "a gateway that is no longer Basic, in place",
    steps: [
      network(),
      subnet("GatewaySubnet", "10.1.3.224/27"),
      publicAddress(),
      gateway({ op: "update", after: larger }),
    ],
    refused: ["gateway: GatewaySkuChangeNotAllowed"],
    procedure: "`pulumi up --replace` the gateway: an hour without the VPN",
  },
  {
    that: "a gateway that is no longer Basic, in a subnet that is too small",
    steps: [
      network(),
      gatewaySubnet(),
      publicAddress(),
      gateway({ op: "replace", after: larger, deletedFirst: true }),
    ],
    refused: ["gateway: GatewaySubnetTooSmall"],
  },
  {
    that: "a gateway that is no longer Basic, replaced",
    steps: [
      network(),
      subnet("GatewaySubnet", "10.1.3.224/27"),
      publicAddress(),
      gateway({ op: "replace", after: larger, deletedFirst: true }),
    ],
    refused: [],
  },
  {
    that: "a gateway of another generation, in place",
    steps: [
      network(),
      subnet("GatewaySubnet", "10.1.3.224/27"),
      publicAddress(),
      gateway({
        op: "update",
        before: { ...larger, vpnGatewayGeneration: "Generation1" },
        after: { ...larger, vpnGatewayGeneration: "Generation2" },
      }),
    ],
    refused: ["gateway: PropertyChangeNotAllowed"],
  },
  {
    that: "other zones of a public address, in place",
    steps: [publicAddress({ op: "update", after: { ...publicAddress().before, zones: ["1"] } })],
    refused: ["ip: ResourceAvailabilityZonesCannotBeModified"],
  },
  {
    that: "other zones of a public address that its gateway keeps",
    steps: [
      publicAddress({
        op: "replace",
        after: { ...publicAddress().before, zones: ["1"] },
        deletedFirst: true,
      }),
      gateway(),
    ],
    refused: ["ip: PublicIPAddressCannotBeDeleted"],
    procedure: destroy(gateway()),
  },
  {
    that: "a public address of SKU Basic",
    steps: [publicAddress({ op: "replace", after: { ...publicAddress().before, sku: { name: "Basic" } } })],
    refused: ["ip: IPv4BasicSkuPublicIpCountLimitReached"],
    procedure: "set another value",
  },
  {
    that: "a public address that goes while its gateway stays",
    steps: [publicAddress(gone), gateway()],
    refused: ["ip: PublicIPAddressCannotBeDeleted"],
  },
  {
    that: "a public address that goes with its gateway",
    steps: [publicAddress(gone), gateway(gone)],
    refused: [],
  },
  {
    that: "a machine's interface in another Azure region",
    steps: [
      machineInterface({ op: "update", after: { ...machineInterface().before, location: "westeurope" } }),
    ],
    refused: ["nic: InvalidResourceLocation"],
  },
  {
    that: "other addresses of a subnet of AWS while the endpoint is in it",
    steps: [
      vpc,
      group(),
      awsSubnet({
        op: "replace",
        after: { ...awsSubnet().before, cidrBlock: "10.0.0.0/24" },
        deletedFirst: true,
      }),
      endpoint(),
    ],
    refused: ["subnet-a: DependencyViolation"],
    procedure: "`pulumi up --replace` the VPC: S3 is away for some minutes",
  },
  {
    that: "another VPC, which takes subnet and endpoint along",
    steps: [
      { ...vpc, op: "replace", after: { cidrBlock: "10.2.0.0/24" }, deletedFirst: true },
      group({ op: "replace", deletedFirst: true }),
      awsSubnet({ op: "replace", deletedFirst: true }),
      endpoint({ op: "replace", deletedFirst: true }),
    ],
    refused: [],
  },
  {
    that: "another VPC under a subnet that stays",
    steps: [{ ...vpc, op: "replace", after: { cidrBlock: "10.2.0.0/24" }, deletedFirst: true }, awsSubnet()],
    refused: ["aws: DependencyViolation"],
  },
  {
    that: "a new subnet with the addresses of another",
    steps: [
      vpc,
      awsSubnet(gone),
      {
        op: "create",
        type: awsTypes.subnet,
        name: "subnet-b",
        after: { vpcId: "aws", cidrBlock: "10.0.0.0/25", availabilityZone: "ap-northeast-1c" },
      },
    ],
    refused: ["subnet-b: InvalidSubnet.Conflict"],
    procedure: "`pulumi up --replace` the VPC: S3 is away for some minutes",
  },
  {
    that: "a security group that goes while the endpoint stays",
    steps: [vpc, group(gone), awsSubnet(), endpoint()],
    refused: ["group: DependencyViolation"],
    procedure: destroy(endpoint()),
  },
  {
    that: "a customer gateway that goes while its connection stays",
    steps: [customer(gone), connection()],
    refused: ["customer: IncorrectState"],
  },
  {
    that: "a customer gateway that goes once its connection has another",
    steps: [
      customer({ op: "replace", after: { ...customer().before, ipAddress: "203.0.113.8" } }),
      connection({ op: "update", after: { ...connection().before, customerGatewayId: "another" } }),
    ],
    refused: [],
  },
  {
    that: "a bucket that goes while an object is in it",
    steps: [bucket(gone), object()],
    refused: ["bucket-1: BucketNotEmpty"],
    procedure: "empty the bucket first, old versions included; it cannot be undone",
  },
  { that: "a bucket that goes with its object", steps: [bucket(gone), object(gone)], refused: [] },
  {
    that: "versioning that is disabled again",
    steps: [versioning("Disabled")],
    refused: ["bucket-1: InvalidVersioningStatus"],
  },
  { that: "versioning that is suspended", steps: [versioning("Suspended")], refused: [] },
];

describe("what Pulumi will refuse", () => {
  const reviewed = (op: Shown["op"], protect: boolean, more: Partial<Shown> = {}) => {
    const step: Shown = {
      op,
      type: awsTypes.vpnConnection,
      name: "connection1",
      before: { type: "ipsec.1" },
    };
    const after = op === "delete" ? {} : { after: { type: "ipsec.1", tags: { a: "b" } } };
    return review(shownPreview([{ ...step, ...after, protect, ...more }]));
  };
  const refused = (found: ReturnType<typeof reviewed>) => found.steps.flatMap(({ refused: all = [] }) => all);

  for (const op of ["delete", "replace"] as const) {
    it(`contains to ${op} what is protected`, () => {
      const found = reviewed(op, true);
      expect(refused(found).map(({ code }) => code)).to.deep.equal(["protect"]);
      expect(found.impact).to.equal("refused");
      expect(markdown(found)).to.include(
        "`connection1`: Pulumi refuses: it is protected (protect; https://www.pulumi.com/docs/iac/concepts/resources/options/protect/). Instead: lift the protection first, as docs/runbooks/teardown.md says.",
      );
    });

    it(`does not contain to ${op} what is not protected`, () => {
      const found = reviewed(op, false);
      expect(refused(found)).to.deep.equal([]);
      expect(markdown(found)).not.to.include("protected");
    });
  }

  it("does not contain an update of what is protected", () => {
    expect(refused(reviewed("update", true))).to.deep.equal([]);
  });

  it("says once of a replacement in three steps", () => {
    const connection = { type: awsTypes.vpnConnection, name: "connection1" };
    const steps = ["create-replacement", "replace", "delete-replaced"].map((op) => ({
      ...{ op, urn: urnOf(connection), diffReasons: ["type"] },
      ...{ oldState: { inputs: { type: "a" }, protect: true }, newState: { inputs: { type: "b" } } },
    }));
    const text = markdown(
      review(readPreview(JSON.stringify({ steps, changeSummary: { same: 1, replace: 1 } }))),
    );
    expect(text.match(/Pulumi refuses: it is protected/g)).to.have.length(1);
  });

  it("leaves an old one that is kept in the cloud, and says so, and control: one that is not kept", () => {
    const stays = "it leaves the stack and stays in the cloud";
    expect(markdown(reviewed("replace", false, { retainOnDelete: true }))).to.include(stays);
    expect(markdown(reviewed("replace", false))).not.to.include(stays);
  });
});

describe("what a cloud will refuse", () => {
  for (const { that, steps, refused, procedure } of rows)
    it(`${refused.length === 0 ? "does not contain" : "contains"} ${that}`, () => {
      const found = review(shownPreview(steps));
      const told = found.steps.flatMap(({ step, refused: all = [] }) => all.map((one) => ({ step, ...one })));
      expect([...new Set(told.map(({ step, code }) => `${step.name}: ${code}`))]).to.deep.equal(refused);
      expect(found.impact === "refused").to.equal(refused.length > 0);
      if (procedure !== undefined) expect(told.map((one) => one.procedure)).to.include(procedure);
      for (const { source } of told) expect(source).to.match(/https:\/\//);
    });

  const [first] = rows;
  const { steps } = first ?? { steps: [] };

  it("comes first, with its procedure", () => {
    const text = markdown(review(shownPreview(steps)));
    expect(text).to.include(`Instead: ${destroy(gateway())}.`);
    expect(text.indexOf("### Pulumi or a cloud will refuse this")).to.be.lessThan(text.indexOf("| change |"));
  });

  it("is not judged by what a preview leaves out, which it says", () => {
    const left = shownPreview([gatewaySubnet(toLarger)], 40);
    expect(refusalsIn(left).size).to.equal(0);
    expect(markdown(review(left))).to.include("Refusals because of it are not judged");
  });

  it("reaches every --fail-on, and is in the JSON", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "refusals-"));
    try {
      const file = path.join(folder, "preview.json");
      writeFileSync(file, shownJson(steps));
      let out = "";
      const streams = { out: (text: string) => (out += text), err: () => undefined };
      expect(runReview([file, "--json", "--fail-on", "data-loss"], streams)).to.equal(1);
      expect(out).to.include('"code": "InUsePrefixCannotBeDeleted"');
      expect(out).to.include('"isWhole": true');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
