import * as ec2 from "@aws-sdk/client-ec2";
import * as iam from "@aws-sdk/client-iam";
import * as s3 from "@aws-sdk/client-s3";
import type { KindName } from "../../../operations/verify/findings";
import type { AwsConnection, AwsTunnel } from "../support/awsVpn";
import {
  buckets,
  type DeployedStack,
  downAnHourAgo,
  https,
  rightBucketPolicy,
  rightEndpointPolicy,
  type Topology,
} from "../support/deployedStack";

/** One way for a cloud to be wrong, and all that verify must then find: nothing more, nothing less. */
export interface Wrong {
  readonly name: string;
  /** The topology it is tried in; active-active unless it matters. */
  readonly topology?: Topology;
  readonly breaks: (stack: DeployedStack) => unknown;
  readonly finds: readonly { readonly kind: KindName; readonly says: RegExp }[];
}

const only = (kind: KindName, says: RegExp) => [{ kind, says }];

function connection({ aws }: DeployedStack): AwsConnection {
  const [first] = aws.vpn.connections;
  if (first === undefined) throw new Error("no connection");
  return first;
}

function tunnel(stack: DeployedStack, slot = 0): AwsTunnel {
  const found = connection(stack).tunnels[slot];
  if (found === undefined) throw new Error("no tunnel");
  return found;
}

export const wrongTunnels: readonly Wrong[] = [
  {
    name: "a tunnel is down",
    breaks: (stack) =>
      Object.assign(tunnel(stack), { up: false, message: "IPSEC IS DOWN", acceptedRoutes: 0 }),
    finds: only(
      "aws-tunnel-down",
      /^AWS sees it down since 2026-11-20T08:00:00\.000Z, saying IPSEC IS DOWN$/,
    ),
  },
  {
    name: "the unused tunnel of single-tunnel is up",
    topology: "single-tunnel",
    breaks: (stack) => (tunnel(stack, 1).up = true),
    finds: only("aws-unused-tunnel-up", /203\.0\.113\.11 is up, and single-tunnel does not use it/),
  },
  {
    name: "a tunnel negotiated weaker phase 1 integrity",
    breaks: (stack) => (tunnel(stack).negotiated.phase1.integrity = "SHA1"),
    finds: only("tunnel-suite-differs", /phase 1 integrity negotiated is SHA1; it must be SHA384/),
  },
  {
    name: "a tunnel renewed its keys with another group",
    breaks: (stack) => (tunnel(stack).negotiated.phase2.dhGroup = 2),
    finds: only("tunnel-suite-differs", /phase 2 DH group negotiated is 2; it must be 20/),
  },
  {
    name: "a tunnel negotiated IKE version 1",
    breaks: (stack) => (tunnel(stack).negotiated.ikeVersion = "ikev1"),
    finds: only("tunnel-suite-differs", /IKE version negotiated is ikev1; it must be ikev2/),
  },
  {
    name: "a tunnel offers a weaker cipher beside the right one",
    breaks: (stack) => tunnel(stack).offers.phase2.encryption.push("AES128"),
    finds: only("aws-tunnel-options-weaker", /phase 2 encryption offered is AES256-GCM, AES128/),
  },
  {
    name: "a tunnel waits instead of dialling",
    breaks: (stack) => (tunnel(stack).startupAction = "add"),
    finds: only("aws-tunnel-does-not-dial", /startup action is add, not start/),
  },
  {
    name: "a tunnel has other inside addresses",
    breaks: (stack) => (tunnel(stack).insideCidr = "169.254.50.0/30"),
    finds: only("aws-tunnel-inside-cidr", /AWS has 169\.254\.50\.0\/30 inside, and Azure 169\.254\.21\.2/),
  },
  {
    name: "AWS wants to replace a tunnel's endpoint",
    breaks: (stack) =>
      (tunnel(stack).maintenance = { pending: true, autoAppliedAfter: "2026-12-01T00:00:00.000Z" }),
    finds: only("tunnel-maintenance-pending", /applies it by itself after 2026-12-01/),
  },
  {
    name: "a tunnel was down for a while",
    breaks: ({ clients, outputs }) => clients.cloudWatch.send(downAnHourAgo(outputs, "tunnel3")),
    finds: only("tunnel-was-down", /was down for 5 minutes of the last day/),
  },
  {
    name: "a tunnel is up and carries no route",
    breaks: (stack) => (tunnel(stack).acceptedRoutes = 0),
    finds: only("aws-no-bgp-routes", /AWS has accepted no route over it/),
  },
  {
    name: "AWS has other addresses for a connection",
    topology: "single-tunnel",
    breaks: (stack) => Object.assign(tunnel(stack), { outsideAddress: "203.0.113.99", up: false }),
    finds: only("aws-tunnel-replaced", /AWS has 203\.0\.113\.99 and 203\.0\.113\.11 in vpn-/),
  },
  {
    name: "a connection is being changed",
    breaks: (stack) => (connection(stack).state = "modifying"),
    finds: only("aws-connection-unavailable", /its state is modifying/),
  },
  {
    name: "a connection was deleted",
    breaks: ({ aws }) => aws.vpn.connections.pop(),
    finds: only("aws-connection-missing", /no VPN connection of this id/),
  },
  {
    name: "a customer gateway stands for another address",
    breaks: async (stack) => {
      const { CustomerGateway } = await stack.clients.ec2.send(
        new ec2.CreateCustomerGatewayCommand({ Type: "ipsec.1", IpAddress: "20.0.0.99", BgpAsn: 65000 }),
      );
      connection(stack).customerGatewayId = CustomerGateway?.CustomerGatewayId ?? "";
    },
    finds: only(
      "aws-customer-gateway-address",
      /stands for 20\.0\.0\.99, but Azure's gateway is 20\.0\.0\.1/,
    ),
  },
];

export const wrongRoutes: readonly Wrong[] = [
  {
    name: "the gateway is attached to nothing",
    breaks: ({ clients, outputs }) =>
      clients.ec2.send(
        new ec2.DetachVpnGatewayCommand({
          VpcId: outputs.awsNetwork.vpcId,
          VpnGatewayId: outputs.vpn.awsGatewayId,
        }),
      ),
    finds: only("aws-gateway-detached", /it is attached to nothing, not to vpc-/),
  },
  {
    name: "the gateway was deleted",
    breaks: async ({ clients, outputs }) => {
      const VpnGatewayId = outputs.vpn.awsGatewayId;
      await clients.ec2.send(
        new ec2.DetachVpnGatewayCommand({ VpcId: outputs.awsNetwork.vpcId, VpnGatewayId }),
      );
      await clients.ec2.send(new ec2.DeleteVpnGatewayCommand({ VpnGatewayId }));
    },
    finds: only("aws-gateway-missing", /no VPN gateway of this id/),
  },
  {
    name: "the connection carries no static route",
    topology: "single-tunnel",
    breaks: (stack) => (connection(stack).routes = []),
    finds: only("aws-static-route-missing", /carries no static route, and must carry 10\.1\.0\.0\/22/),
  },
  {
    name: "the connection's static route is still pending",
    topology: "single-tunnel",
    breaks: (stack) => (connection(stack).routes = [{ cidr: "10.1.0.0/22", state: "pending" }]),
    finds: only("aws-static-route-missing", /carries 10\.1\.0\.0\/22 \(pending\)/),
  },
  {
    name: "the route table was deleted",
    breaks: async ({ clients, outputs: { awsNetwork } }) => {
      const RouteTableId = awsNetwork.routeTableId;
      await clients.ec2.send(new ec2.DeleteRouteTableCommand({ RouteTableId }));
    },
    finds: only("aws-route-table-missing", /no route table of this id/),
  },
  {
    name: "the route table takes no routes from the gateway",
    breaks: ({ aws }) => (aws.propagating = []),
    finds: only("aws-propagation-off", /it takes no routes from vgw-/),
  },
  {
    name: "the route table has no route to Azure",
    breaks: ({ clients, outputs: { awsNetwork, azureNetwork } }) =>
      clients.ec2.send(
        new ec2.DeleteRouteCommand({
          RouteTableId: awsNetwork.routeTableId,
          DestinationCidrBlock: azureNetwork.cidr,
        }),
      ),
    finds: only("aws-route-missing", /it has no route to 10\.1\.0\.0\/22/),
  },
  {
    name: "another route to Azure stands before the gateway's",
    breaks: async ({ clients, outputs: { awsNetwork, azureNetwork } }) => {
      const { InternetGateway } = await clients.ec2.send(new ec2.CreateInternetGatewayCommand({}));
      const InternetGatewayId = InternetGateway?.InternetGatewayId ?? "";
      await clients.ec2.send(
        new ec2.AttachInternetGatewayCommand({ InternetGatewayId, VpcId: awsNetwork.vpcId }),
      );
      await clients.ec2.send(
        new ec2.ReplaceRouteCommand({
          RouteTableId: awsNetwork.routeTableId,
          DestinationCidrBlock: azureNetwork.cidr,
          GatewayId: InternetGatewayId,
        }),
      );
    },
    finds: only("aws-route-elsewhere", /10\.1\.0\.0\/22 leads to igw-\w+ \(active\), not to vgw-/),
  },
];

export const wrongEndpoints: readonly Wrong[] = [
  {
    name: "the endpoint was deleted",
    breaks: ({ clients, outputs }) =>
      clients.ec2.send(new ec2.DeleteVpcEndpointsCommand({ VpcEndpointIds: [outputs.endpointId] })),
    finds: only("endpoint-missing", /no endpoint of this id/),
  },
  {
    name: "the endpoint lets everybody pass",
    breaks: (stack) => setEndpointPolicy(stack, { Version: "2012-10-17", Statement: [allowEverything] }),
    finds: only("endpoint-policy-open", /it lets others pass, to other buckets: s3:ListBucket, s3:GetObject/),
  },
  {
    name: "the endpoint does not let the reader get objects",
    breaks: (stack) => {
      const right = rightEndpointPolicy(stack.outputs.readerArn);
      return setEndpointPolicy(stack, {
        ...right,
        Statement: right.Statement.filter(({ Sid }) => Sid !== "AllowReaderToGet"),
      });
    },
    finds: only("endpoint-policy-shuts-out", /the reader may not s3:GetObject on reports-of-the-tests/),
  },
  {
    name: "the endpoint's policy says what nobody here understands",
    breaks: (stack) =>
      setEndpointPolicy(stack, {
        Version: "2012-10-17",
        Statement: [{ ...allowEverything, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }],
      }),
    finds: only("endpoint-policy-unreadable", /IpAddress/),
  },
  {
    name: "an ingress rule opens the endpoint to the world",
    breaks: ({ clients, outputs }) =>
      clients.ec2.send(
        new ec2.AuthorizeSecurityGroupIngressCommand(
          https(outputs.awsNetwork.endpointSecurityGroupId, "0.0.0.0/0"),
        ),
      ),
    finds: only("endpoint-open-to-world", /it lets 0\.0\.0\.0\/0 in to port 443/),
  },
  {
    name: "no ingress rule lets the client subnet in",
    breaks: ({ clients, outputs }) =>
      clients.ec2.send(
        new ec2.RevokeSecurityGroupIngressCommand(
          https(outputs.awsNetwork.endpointSecurityGroupId, "10.1.0.0/23"),
        ),
      ),
    finds: only("endpoint-closed-to-client", /no rule lets HTTPS in from 10\.1\.0\.0\/23/),
  },
  {
    name: "the endpoint lost a subnet",
    breaks: ({ clients, outputs }) =>
      clients.ec2.send(
        new ec2.ModifyVpcEndpointCommand({
          VpcEndpointId: outputs.endpointId,
          RemoveSubnetIds: [outputs.awsNetwork.subnetIds["ap-northeast-1c"] ?? ""],
        }),
      ),
    finds: only("endpoint-interface-missing", /it has no address in subnet-\w+ \(zone ap-northeast-1c\)/),
  },
  {
    name: "the endpoint is in another security group",
    breaks: tampering("ec2:DescribeVpcEndpoints", /<groupId>[^<]*/, "<groupId>sg-0somebodyelses"),
    finds: only("endpoint-group-differs", /its security groups are sg-0somebodyelses, not sg-\w+ alone/),
  },
  {
    name: "the endpoint is still being made",
    breaks: tampering("ec2:DescribeVpcEndpoints", "<state>available", "<state>pending"),
    finds: only("endpoint-unavailable", /its state is pending, not available/),
  },
  {
    name: "the endpoint leads to another service",
    breaks: tampering(
      "ec2:DescribeVpcEndpoints",
      /<serviceName>[^<]*/,
      "<serviceName>com.amazonaws.ap-northeast-1.ec2",
    ),
    finds: only("endpoint-elsewhere", /to com\.amazonaws\.ap-northeast-1\.ec2, and must lead from vpc-/),
  },
  {
    name: "the endpoint has another name",
    breaks: tampering("ec2:DescribeVpcEndpoints", /<dnsName>[^<]*/g, "<dnsName>*.vpce-1.s3.example"),
    finds: only("endpoint-name-differs", /AWS does not name it localhost/),
  },
  {
    name: "the endpoint takes over S3's name in the VPC",
    breaks: tampering("ec2:DescribeVpcEndpoints", "<privateDnsEnabled>false", "<privateDnsEnabled>true"),
    finds: only("endpoint-private-dns", /private DNS is on/),
  },
];

/** AWS's answer with another text in it, where moto cannot be brought to say it. */
function tampering(action: string, from: string | RegExp, to: string) {
  return ({ aws }: DeployedStack) => aws.tampers.set(action, (xml) => xml.replace(from, to));
}

const allowEverything = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };

function setEndpointPolicy({ clients, outputs }: DeployedStack, policy: object) {
  return clients.ec2.send(
    new ec2.ModifyVpcEndpointCommand({
      VpcEndpointId: outputs.endpointId,
      PolicyDocument: JSON.stringify(policy),
    }),
  );
}

const Bucket = buckets.reports.bucketName;

/** The right policy of the bucket without one of its statements, or with one more. */
function bucketPolicyWith(
  { clients, outputs }: DeployedStack,
  change: (statements: readonly { readonly Sid: string }[]) => readonly object[],
) {
  const right = rightBucketPolicy("reports", outputs.readerArn, outputs.endpointId);
  const Policy = JSON.stringify({ ...right, Statement: change(right.Statement) });
  return clients.s3.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }));
}

const without = (sid: string) => (statements: readonly { readonly Sid: string }[]) =>
  statements.filter(({ Sid }) => Sid !== sid);

const grant = (Sid: string, AWS: string) => ({
  Sid,
  Effect: "Allow",
  Principal: { AWS },
  Action: "s3:GetObject",
  Resource: `arn:aws:s3:::${Bucket}/*`,
});

export const wrongBuckets: readonly Wrong[] = [
  {
    name: "a bucket was deleted",
    breaks: async ({ clients }) => {
      const name = buckets.uploads.bucketName;
      await clients.s3.send(new s3.DeleteBucketPolicyCommand({ Bucket: name }));
      const { Versions = [] } = await clients.s3.send(new s3.ListObjectVersionsCommand({ Bucket: name }));
      for (const { Key, VersionId } of Versions)
        await clients.s3.send(
          new s3.DeleteObjectCommand({ Bucket: name, Key: Key ?? "", VersionId: VersionId ?? "" }),
        );
      await clients.s3.send(new s3.DeleteBucketCommand({ Bucket: name }));
    },
    finds: only("bucket-missing", /no bucket of this name/),
  },
  {
    name: "a bucket is in another region",
    breaks: ({ aws }) =>
      aws.tampers.set("s3:GetBucketLocation", (xml) => xml.replace(/>ap-northeast-1</, ">eu-west-1<")),
    finds: [
      { kind: "bucket-in-another-region", says: /it is in eu-west-1, not ap-northeast-1/ },
      { kind: "bucket-in-another-region", says: /it is in eu-west-1, not ap-northeast-1/ },
    ],
  },
  {
    name: "a bucket has no policy",
    breaks: ({ clients }) => clients.s3.send(new s3.DeleteBucketPolicyCommand({ Bucket })),
    finds: only("bucket-policy-missing", /it has no policy at all/),
  },
  {
    name: "a bucket's policy does not let the reader list",
    breaks: (stack) => bucketPolicyWith(stack, without("AllowReaderToListThroughEndpoint")),
    finds: only("bucket-policy-shuts-out", /the reader may not s3:ListBucket through the endpoint/),
  },
  {
    name: "a bucket's policy lets another user in",
    breaks: (stack) =>
      bucketPolicyWith(stack, (all) => [...all, grant("Backdoor", "arn:aws:iam::123456789012:user/mallory")]),
    finds: only("bucket-policy-lets-in", /Backdoor lets arn:aws:iam::123456789012:user\/mallory in/),
  },
  {
    name: "a bucket's policy lets plain HTTP in",
    breaks: (stack) => bucketPolicyWith(stack, without("DenyInsecureTransport")),
    finds: only("bucket-without-tls", /s3:GetObject works without TLS/),
  },
  {
    name: "a bucket's perimeter is gone",
    breaks: (stack) => bucketPolicyWith(stack, without("DenyDataOutsideEndpoint")),
    finds: [
      { kind: "bucket-perimeter-open", says: /an administrator may s3:ListBucket from anywhere/ },
      { kind: "bucket-perimeter-open", says: /an administrator may s3:GetObject from anywhere/ },
      { kind: "bucket-perimeter-open", says: /an administrator may s3:PutObject from anywhere/ },
    ],
  },
  {
    name: "a bucket's policy says what nobody here understands",
    breaks: (stack) =>
      bucketPolicyWith(stack, (all) => [
        ...all,
        {
          ...grant("Odd", stack.outputs.readerArn),
          Condition: { DateLessThan: { "aws:CurrentTime": "2030-01-01" } },
        },
      ]),
    finds: only("bucket-policy-unreadable", /DateLessThan/),
  },
  {
    name: "a bucket allows public access",
    breaks: ({ clients }) =>
      clients.s3.send(
        new s3.PutPublicAccessBlockCommand({
          Bucket,
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
        }),
      ),
    finds: only("bucket-public-access", /^BlockPublicPolicy, RestrictPublicBuckets must be on$/),
  },
  {
    name: "a bucket has no public access block",
    breaks: ({ clients }) => clients.s3.send(new s3.DeletePublicAccessBlockCommand({ Bucket })),
    finds: only("bucket-public-access", /^BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls/),
  },
  {
    name: "a bucket is not encrypted by default",
    breaks: ({ clients }) => clients.s3.send(new s3.DeleteBucketEncryptionCommand({ Bucket })),
    finds: only("bucket-unencrypted", /it has no default encryption/),
  },
  {
    name: "a bucket keeps no versions",
    breaks: ({ clients }) =>
      clients.s3.send(
        new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }),
      ),
    finds: only("bucket-unversioned", /its versioning is Suspended, not Enabled/),
  },
  {
    name: "a bucket's ACLs count",
    breaks: ({ clients }) => clients.s3.send(new s3.DeleteBucketOwnershipControlsCommand({ Bucket })),
    finds: only("bucket-acls", /its object ownership is not set/),
  },
];

const readerName = (stack: DeployedStack) => stack.outputs.readerArn.split("/").at(-1) ?? "";

export const wrongReaders: readonly Wrong[] = [
  {
    name: "the reader's key is inactive",
    breaks: (stack) =>
      stack.clients.iam.send(
        new iam.UpdateAccessKeyCommand({
          UserName: readerName(stack),
          AccessKeyId: stack.outputs.readerAccessKeyId,
          Status: "Inactive",
        }),
      ),
    finds: only("reader-key-gone", /its key \w+ is inactive/),
  },
  {
    name: "the reader has a second key",
    breaks: (stack) =>
      stack.clients.iam.send(new iam.CreateAccessKeyCommand({ UserName: readerName(stack) })),
    finds: only("reader-has-more-keys", /it also has \w+/),
  },
  {
    name: "the reader has a policy of its own",
    breaks: (stack) =>
      stack.clients.iam.send(
        new iam.PutUserPolicyCommand({
          UserName: readerName(stack),
          PolicyName: "more",
          PolicyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
          }),
        }),
      ),
    finds: only("reader-has-rights", /it has the inline policy more/),
  },
  {
    name: "the reader is in a group",
    breaks: async (stack) => {
      await stack.clients.iam.send(new iam.CreateGroupCommand({ GroupName: "administrators" }));
      await stack.clients.iam.send(
        new iam.AddUserToGroupCommand({ GroupName: "administrators", UserName: readerName(stack) }),
      );
    },
    finds: only("reader-has-rights", /it has the group administrators/),
  },
  {
    name: "the reader was deleted",
    breaks: async (stack) => {
      const UserName = readerName(stack);
      const AccessKeyId = stack.outputs.readerAccessKeyId;
      await stack.clients.iam.send(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId }));
      await stack.clients.iam.send(new iam.DeleteUserCommand({ UserName }));
    },
    finds: [
      { kind: "reader-missing", says: /IAM has no user of this name/ },
      { kind: "reader-key-invalid", says: /the key belongs to/ },
    ],
  },
  {
    name: "AWS does not know the reader's key",
    breaks: ({ aws }) => (aws.unknownKeyIds = [aws.readerKeyId]),
    finds: only("reader-key-invalid", /AWS does not know the reader's key/),
  },
  {
    name: "the outputs name another reader",
    breaks: ({ outputs }) =>
      Object.assign(outputs, { readerArn: outputs.readerArn.replace(/\d{12}/, "999999999999") }),
    finds: [
      { kind: "wrong-account", says: /asks, and the stack is in account 999999999999/ },
      { kind: "reader-key-invalid", says: /the key belongs to arn:aws:iam::123456789012/ },
    ],
  },
];

export const wrongClients: readonly Wrong[] = [
  {
    name: "the endpoint refuses the reader",
    breaks: ({ aws }) => (aws.doors.endpoint = "denied"),
    finds: [
      { kind: "inside-refused", says: /AccessDenied to list through the endpoint/ },
      { kind: "inside-refused", says: /AccessDenied to get through the endpoint/ },
      { kind: "inside-refused", says: /AccessDenied to list through the endpoint/ },
      { kind: "inside-refused", says: /AccessDenied to get through the endpoint/ },
    ],
  },
  {
    name: "the reader gets in from outside",
    breaks: ({ aws }) => (aws.doors.public = "open"),
    finds: [
      { kind: "outside-gets-in", says: /the reader can list at S3's public address/ },
      { kind: "outside-gets-in", says: /the reader can get at S3's public address/ },
      { kind: "outside-gets-in", says: /the reader can list at S3's public address/ },
      { kind: "outside-gets-in", says: /the reader can get at S3's public address/ },
    ],
  },
  {
    name: "the endpoint cuts its answers off",
    breaks: ({ aws }) => (aws.doors.endpoint = "cut"),
    finds: [
      { kind: "inside-unreachable", says: /list: the endpoint takes the connection and does not answer/ },
      { kind: "inside-unreachable", says: /get: / },
      { kind: "inside-unreachable", says: /list: / },
      { kind: "inside-unreachable", says: /get: / },
    ],
  },
];
