import { awsTypes, azureTypes, randomTypes, type ResourceType } from "../model/resourceTypes";
import { logGroup } from "./aws/cloudwatch/logGroup";
import { trail } from "./aws/cloudtrail/trail";
import { eventRule } from "./aws/cloudwatch/eventRule";
import { eventTarget } from "./aws/cloudwatch/eventTarget";
import { metricAlarm } from "./aws/cloudwatch/metricAlarm";
import { customerGateway } from "./aws/ec2/customerGateway";
import { flowLog } from "./aws/ec2/flowLog";
import { routeTable } from "./aws/ec2/routeTable";
import { routeTableAssociation } from "./aws/ec2/routeTableAssociation";
import { securityGroup } from "./aws/ec2/securityGroup";
import { securityGroupEgressRule } from "./aws/ec2/securityGroupEgressRule";
import { securityGroupIngressRule } from "./aws/ec2/securityGroupIngressRule";
import { securityGroupRuleTypes } from "./aws/ec2/securityGroupRule";
import { subnet } from "./aws/ec2/subnet";
import { vpc } from "./aws/ec2/vpc";
import { vpcEndpoint } from "./aws/ec2/vpcEndpoint";
import { vpnConnection } from "./aws/ec2/vpnConnection";
import { vpnConnectionRoute } from "./aws/ec2/vpnConnectionRoute";
import { vpnGateway } from "./aws/ec2/vpnGateway";
import { vpnGatewayAttachment } from "./aws/ec2/vpnGatewayAttachment";
import { vpnGatewayRoutePropagation } from "./aws/ec2/vpnGatewayRoutePropagation";
import { accessKey } from "./aws/iam/accessKey";
import { user } from "./aws/iam/user";
import { bucket } from "./aws/s3/bucket";
import { bucketLifecycleConfiguration } from "./aws/s3/bucketLifecycleConfiguration";
import { bucketLogging } from "./aws/s3/bucketLogging";
import { bucketObjectLockConfiguration } from "./aws/s3/bucketObjectLockConfiguration";
import { bucketObjectv2 } from "./aws/s3/bucketObjectv2";
import { bucketOwnershipControls } from "./aws/s3/bucketOwnershipControls";
import { bucketPolicy } from "./aws/s3/bucketPolicy";
import { bucketPublicAccessBlock } from "./aws/s3/bucketPublicAccessBlock";
import { bucketServerSideEncryptionConfiguration } from "./aws/s3/bucketServerSideEncryptionConfiguration";
import { bucketVersioning } from "./aws/s3/bucketVersioning";
import { topic } from "./aws/sns/topic";
import { topicPolicy } from "./aws/sns/topicPolicy";
import { topicSubscription } from "./aws/sns/topicSubscription";
import { virtualMachine } from "./azure/compute/virtualMachine";
import { dnsResolverDomainList } from "./azure/dnsresolver/dnsResolverDomainList";
import { dnsResolverPolicy } from "./azure/dnsresolver/dnsResolverPolicy";
import { dnsResolverPolicyVirtualNetworkLink } from "./azure/dnsresolver/dnsResolverPolicyVirtualNetworkLink";
import { dnsSecurityRule } from "./azure/dnsresolver/dnsSecurityRule";
import { actionGroup } from "./azure/monitor/actionGroup";
import { diagnosticSetting } from "./azure/monitor/diagnosticSetting";
import { metricAlert } from "./azure/monitor/metricAlert";
import { workspace } from "./azure/monitor/workspace";
import { localNetworkGateway } from "./azure/network/localNetworkGateway";
import { networkInterface } from "./azure/network/networkInterface";
import { networkSecurityGroup } from "./azure/network/networkSecurityGroup";
import { publicIPAddress } from "./azure/network/publicIPAddress";
import { subnet as azureSubnet } from "./azure/network/subnet";
import { virtualNetwork } from "./azure/network/virtualNetwork";
import { virtualNetworkGateway } from "./azure/network/virtualNetworkGateway";
import { virtualNetworkGatewayConnection } from "./azure/network/virtualNetworkGatewayConnection";
import { virtualNetworkPeering } from "./azure/network/virtualNetworkPeering";
import { resourceGroup } from "./azure/resources/resourceGroup";
import { randomPassword } from "./random/randomPassword";
import type { CloudType, ResourceRecord } from "./cloudType";

/** All that is known of each type that the program registers. */
export const resourceRecords = {
  [awsTypes.accessKey]: accessKey,
  [awsTypes.bucketLifecycleConfiguration]: bucketLifecycleConfiguration,
  [awsTypes.bucketLogging]: bucketLogging,
  [awsTypes.bucketObjectLockConfiguration]: bucketObjectLockConfiguration,
  [awsTypes.bucketObjectv2]: bucketObjectv2,
  [awsTypes.bucketOwnershipControls]: bucketOwnershipControls,
  [awsTypes.bucketPolicy]: bucketPolicy,
  [awsTypes.bucketPublicAccessBlock]: bucketPublicAccessBlock,
  [awsTypes.bucketServerSideEncryptionConfiguration]: bucketServerSideEncryptionConfiguration,
  [awsTypes.bucketVersioning]: bucketVersioning,
  [awsTypes.bucket]: bucket,
  [awsTypes.customerGateway]: customerGateway,
  [awsTypes.flowLog]: flowLog,
  [awsTypes.logGroup]: logGroup,
  [awsTypes.trail]: trail,
  [awsTypes.eventRule]: eventRule,
  [awsTypes.eventTarget]: eventTarget,
  [awsTypes.metricAlarm]: metricAlarm,
  [awsTypes.routeTableAssociation]: routeTableAssociation,
  [awsTypes.routeTable]: routeTable,
  [awsTypes.securityGroupIngressRule]: securityGroupIngressRule,
  [awsTypes.securityGroup]: securityGroup,
  [awsTypes.subnet]: subnet,
  [awsTypes.topicPolicy]: topicPolicy,
  [awsTypes.topicSubscription]: topicSubscription,
  [awsTypes.topic]: topic,
  [awsTypes.user]: user,
  [awsTypes.vpcEndpoint]: vpcEndpoint,
  [awsTypes.vpc]: vpc,
  [awsTypes.vpnConnectionRoute]: vpnConnectionRoute,
  [awsTypes.vpnConnection]: vpnConnection,
  [awsTypes.vpnGatewayAttachment]: vpnGatewayAttachment,
  [awsTypes.vpnGatewayRoutePropagation]: vpnGatewayRoutePropagation,
  [awsTypes.vpnGateway]: vpnGateway,
  [azureTypes.actionGroup]: actionGroup,
  [azureTypes.diagnosticSetting]: diagnosticSetting,
  [azureTypes.dnsResolverDomainList]: dnsResolverDomainList,
  [azureTypes.dnsResolverPolicy]: dnsResolverPolicy,
  [azureTypes.dnsResolverPolicyVirtualNetworkLink]: dnsResolverPolicyVirtualNetworkLink,
  [azureTypes.dnsSecurityRule]: dnsSecurityRule,
  [azureTypes.localNetworkGateway]: localNetworkGateway,
  [azureTypes.metricAlert]: metricAlert,
  [azureTypes.networkInterface]: networkInterface,
  [azureTypes.networkSecurityGroup]: networkSecurityGroup,
  [azureTypes.publicIPAddress]: publicIPAddress,
  [azureTypes.resourceGroup]: resourceGroup,
  [azureTypes.subnet]: azureSubnet,
  [azureTypes.virtualMachine]: virtualMachine,
  [azureTypes.virtualNetworkPeering]: virtualNetworkPeering,
  [azureTypes.virtualNetworkGatewayConnection]: virtualNetworkGatewayConnection,
  [azureTypes.virtualNetworkGateway]: virtualNetworkGateway,
  [azureTypes.virtualNetwork]: virtualNetwork,
  [azureTypes.workspace]: workspace,
  [randomTypes.randomPassword]: randomPassword,
} satisfies Record<ResourceType, ResourceRecord>;

/** Every type that the simulated clouds know; any other is rejected. */
export const cloudTypes: Readonly<Record<string, CloudType>> = {
  ...resourceRecords,
  [securityGroupRuleTypes.egress]: securityGroupEgressRule,
};

/** The record of a type that the program registers; undefined for any other. */
export function recordOf(type: string): ResourceRecord | undefined {
  const records: Readonly<Record<string, ResourceRecord>> = resourceRecords;
  return Object.hasOwn(records, type) ? records[type] : undefined;
}
