import { describeSharedGateway } from "./support/sharedGatewaySuite";

describe("the hub's tunnels beside another site's on one gateway in Azure, for real", function () {
  describeSharedGateway(
    {
      ...{ stack: "hub", cloud: "azure", site: "cn-osaka", failures: 8 },
      daemons: {
        "azure-ike1": ["tunnel1", "tunnel2", "site1"],
        "azure-ike2": ["tunnel3", "tunnel4", "site2"],
      },
      learned: {
        azure: ["10.2.0.0/22", "10.200.0.0/16"],
        aws: ["10.100.0.0/22", "10.101.0.0/22", "10.102.0.0/22", "10.200.0.0/16"],
        site: ["10.100.0.0/22", "10.101.0.0/22", "10.102.0.0/22", "10.2.0.0/22"],
      },
      access: [
        "the client in snet-warehouse lists the bucket",
        "the client behind cn-osaka lists the bucket",
        "the client in snet-batch, which azureClients does not name, reaches nothing",
        "the client in snet-shared, which azureClients does not name, reaches nothing",
      ],
      overlapping: "10.200.0.0/24",
    },
    this,
  );
});
