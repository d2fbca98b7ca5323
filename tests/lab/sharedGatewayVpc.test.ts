import { describeSharedGateway } from "./support/sharedGatewaySuite";

describe("a stack's tunnels beside another site's on one gateway in AWS, for real", function () {
  describeSharedGateway(
    {
      ...{ stack: "vpc", cloud: "aws", site: "vpn-0d8c5b2e7f4a19360", failures: 7 },
      daemons: {
        ...{
          "aws-ike1": ["tunnel1"],
          "aws-ike2": ["tunnel2"],
          "aws-ike3": ["tunnel3"],
          "aws-ike4": ["tunnel4"],
        },
        ...{ "aws-ike11": ["site1"], "aws-ike12": ["site2"] },
      },
      learned: {
        azure: ["10.50.0.0/16", "100.64.0.0/20", "192.168.10.0/24"],
        aws: ["10.1.0.0/22", "192.168.10.0/24"],
        site: ["10.50.0.0/16", "100.64.0.0/20", "10.1.0.0/22"],
      },
      access: [
        "the Azure client lists the bucket through the endpoint's address 10.50.1.32",
        "the Azure client lists the bucket through the endpoint's address 100.64.0.22",
        "the client behind vpn-0d8c5b2e7f4a19360, which azureClients does not name, reaches nothing",
      ],
      overlapping: "192.168.10.0/25",
    },
    this,
  );
});
