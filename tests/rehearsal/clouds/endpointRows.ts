import type { Change } from "./estates";
import { s3Estate } from "./s3Estate";
import { own, withVpc, type Row } from "./refusalRows";

export const endpointRows: readonly Row[] = [
  own(s3Estate, "endpoint", "InvalidEnumValue", { ipAddressType: "ipv5" }, "ipAddressType"),
  own(
    s3Estate,
    "endpoint",
    "InvalidServiceName",
    { serviceName: "com.amazonaws.us-east-1.s3" },
    "serviceName",
  ),
  own(
    s3Estate,
    "endpoint",
    "InvalidServiceName",
    { serviceName: "com.amazonaws.ap-northeast-1.s4" },
    "serviceName",
  ),
  own(s3Estate, "endpoint", "InvalidParameter", { vpcEndpointType: "interface" }, "vpcEndpointType"),
  own(s3Estate, "endpoint", "InvalidParameter", { vpcEndpointType: undefined }, "subnetIds"),
  {
    title: "two subnets of one zone",
    estate: s3Estate,
    of: "endpoint",
    changes: { subnetC: { availabilityZone: "ap-northeast-1a" } },
    code: "DuplicateSubnetsInSameZone",
  },
  {
    title: "a security group of another VPC",
    estate: withVpc(s3Estate),
    of: "endpoint",
    changes: { endpointGroup: (made) => ({ vpcId: made("otherVpc").id }) },
    code: "InvalidParameter",
    property: "securityGroupIds",
  },
  own(s3Estate, "endpoint", "InvalidParameter", { privateDnsEnabled: true }, "privateDnsEnabled"),
  {
    title: "private DNS in a VPC without host names",
    estate: s3Estate,
    of: "endpoint",
    changes: {
      vpc: { enableDnsHostnames: false },
      endpoint: { privateDnsEnabled: true, dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false } },
    },
    code: "InvalidParameter",
  },
  ...["10.0.0.3", "10.0.0.127", "10.0.0.200"].map((ipv4) =>
    own(
      s3Estate,
      "endpoint",
      "InvalidParameter",
      (made) => ({ subnetConfigurations: [{ subnetId: made("subnetA").id, ipv4 }] }),
      "subnetConfigurations",
    ),
  ),
  own(s3Estate, "endpoint", "InvalidPolicyDocument", { policy: "{" }, "policy"),
  own(s3Estate, "endpoint", "InvalidPolicyDocument", policyOf({ Effect: "Permit" }), "policy"),
  own(s3Estate, "endpoint", "InvalidPolicyDocument", policyOf({ Sid: "x".repeat(20480) }), "policy"),
  own(
    s3Estate,
    "endpoint",
    "InvalidSubnetID.NotFound",
    { subnetIds: ["subnet-0123456789abcdef0"] },
    "subnetIds",
  ),
  own(
    s3Estate,
    "endpoint",
    "InvalidGroup.NotFound",
    { securityGroupIds: ["sg-0123456789abcdef0"] },
    "securityGroupIds",
  ),
];

function policyOf(change: object): Change {
  const statement = { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*", ...change };
  return { policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) };
}
