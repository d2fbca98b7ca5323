import { awsTypes, azureTypes, isAws, randomTypes } from "../model/resourceTypes";
import type { AwsVpnConnection } from "../estate/aws";
import { listAt } from "../estate/azure";
import { isMachinePassword } from "../estate/machines";
import { isTrue, knownStrings, number, text, valuesAt } from "../model/values";
import { concurrentPairs, waitsFor } from "../estate/dependencies";
import type { Estate } from "../estate/estate";
import { guardFinding, type Finding } from "../model/findings";
import type { RecordedResource } from "../model/recording";

/** What the tunnels' checks do not show: leftovers, logs, order, and what a change would do. */
export function vpnGuards(estate: Estate): readonly Finding[] {
  return [
    ...leftovers(estate),
    ...estate.aws.vpnConnections.flatMap((connection) => logGuards(estate, connection)),
    ...connectionOrder(estate),
    ...attachmentOrder(estate),
    ...headStart(estate),
    ...addressGuards(estate),
    ...gatewayGuards(estate),
    ...insideGuards(estate),
  ];
}

/** Whatever nothing uses is either superfluous or wired to the wrong place. */
function leftovers(estate: Estate): readonly Finding[] {
  const { azure, aws } = estate;
  const unused = (resource: RecordedResource, by: string) =>
    guardFinding(resource, `no ${by} uses it`, `let one use it, or remove it`);
  const keys = aws.vpnConnections.flatMap((connection) => connection.tunnels.map((tunnel) => tunnel.key));
  return [
    ...azure.localNetworkGateways
      .filter((site) => !azure.connections.some((connection) => connection.localNetworkGateway === site))
      .map((site) => unused(site.resource, "Azure connection")),
    ...azure.publicIps
      .filter((ip) => !azure.gateways.some((gateway) => gateway.instances.some((i) => i.publicIp === ip)))
      .map((ip) => unused(ip.resource, "Azure gateway")),
    ...azure.gateways
      .filter((gateway) => !azure.connections.some((connection) => connection.gateway === gateway))
      .map((gateway) => unused(gateway.resource, "Azure connection")),
    ...aws.customerGateways
      .filter((customer) => !aws.vpnConnections.some((connection) => connection.customerGateway === customer))
      .map((customer) => unused(customer.resource, "AWS VPN connection")),
    ...estate
      .ofType(randomTypes.randomPassword)
      .filter((password) => !keys.includes(text(password.outputs, "result")))
      .filter((password) => !isMachinePassword(azure, password.urn))
      .map((password) => unused(password, "AWS tunnel")),
    ...azure.securityGroups
      .filter((group) => !azure.subnets.some((subnet) => subnet.securityGroup === group))
      .map((group) => unused(group.resource, "client subnet")),
  ];
}

/** Where there is a log group, every tunnel logs to it: switched on later, logs interrupt a tunnel. */
function logGuards(estate: Estate, connection: AwsVpnConnection): readonly Finding[] {
  const groups = estate.ofType(awsTypes.logGroup);
  const arns = groups.map((group) => text(group.outputs, "arn"));
  const speaksBgp = !connection.staticRoutesOnly;
  const logs = connection.tunnels.map(({ slot }) => {
    const options = (name: string) => `tunnel${slot}LogOptions.cloudwatchLogOptions.${name}`;
    const { inputs } = connection.resource;
    const complete = (enabled: string, arn: string, format: string) =>
      isTrue(inputs, options(enabled)) &&
      arns.includes(text(inputs, options(arn))) &&
      text(inputs, options(format)) === "json";
    const asked = inputs[`tunnel${slot}LogOptions`] !== undefined;
    const ok =
      complete("logEnabled", "logGroupArn", "logOutputFormat") &&
      (!speaksBgp || complete("bgpLogEnabled", "bgpLogGroupArn", "bgpLogOutputFormat"));
    return { slot, asked, ok };
  });
  return [
    ...logs
      .filter(({ asked, ok }) => (asked || groups.length > 0) && !ok)
      .map(({ slot }) =>
        guardFinding(
          connection,
          `tunnel ${String(slot)} of the connection does not log as JSON to the stack's log group`,
          "set its tunnelLogOptions at creation: switched on later, they interrupt the tunnel",
          groups.map((group) => group.urn),
        ),
      ),
    ...groups
      .filter((group) => (number(group.inputs, "retentionInDays") ?? 0) < 90)
      .map((group) =>
        guardFinding(
          group,
          "tunnel logs are kept for less than 90 days, or for ever",
          "set retentionInDays to 90",
        ),
      ),
  ];
}

/** Parallel changes to one gateway can end in 409 Conflict: terraform-provider-azurerm #10582. */
function connectionOrder(estate: Estate): readonly Finding[] {
  return estate.azure.gateways.flatMap((gateway) => {
    const connections = estate.azure.connections.filter((connection) => connection.gateway === gateway);
    return concurrentPairs(
      estate,
      connections.map((connection) => connection.resource.urn),
    ).map(([one, other]) =>
      guardFinding(
        other,
        "may be made at the same time as another connection of its gateway (409 Conflict)",
        "chain them with dependsOn",
        [one],
      ),
    );
  });
}

/** Propagation is refused on a gateway that is attached to nothing yet. */
function attachmentOrder(estate: Estate): readonly Finding[] {
  const attachments = estate.ofType(awsTypes.vpnGatewayAttachment);
  return estate
    .ofType(awsTypes.vpnGatewayRoutePropagation)
    .filter((propagation) => {
      const waits = waitsFor(estate, propagation.urn);
      return !attachments.some(
        (attachment) =>
          waits.has(attachment.urn) &&
          text(attachment.inputs, "vpnGatewayId") === text(propagation.inputs, "vpnGatewayId"),
      );
    })
    .map((propagation) =>
      guardFinding(
        propagation,
        "does not wait for the gateway's attachment",
        "name the attachment in dependsOn",
      ),
    );
}

/** Azure's gateway takes most of an hour: nothing in AWS may wait for it. */
function headStart(estate: Estate): readonly Finding[] {
  const gateways = estate.ofType(azureTypes.virtualNetworkGateway).map((gateway) => gateway.urn);
  return estate.resources
    .filter((resource) => isAws(resource.type))
    .flatMap((resource) => {
      const waits = waitsFor(estate, resource.urn);
      const gateway = gateways.find((urn) => waits.has(urn));
      return gateway === undefined
        ? []
        : [
            guardFinding(
              resource,
              "waits for Azure's gateway, which takes most of an hour",
              "use the public IP's address alone, and keep the gateway out of its component's arguments",
              [gateway],
            ),
          ];
    });
}

/** What a gateway says of itself, where Azure would otherwise choose. */
function gatewayGuards(estate: Estate): readonly Finding[] {
  return estate.azure.gateways.flatMap(({ resource, sku }) => {
    const { inputs } = resource;
    const generation = text(inputs, "vpnGatewayGeneration");
    // https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus: the larger SKUs are faster in the second generation.
    const small = sku === "Basic" || sku === "VpnGw1AZ";
    const wrong = [
      sku !== undefined && text(inputs, "sku.tier") === sku
        ? ""
        : "its SKU's name and tier are not the same one",
      generation === (small ? "Generation1" : "Generation2") ? "" : "its generation is not the SKU's own",
      listAt(inputs, "ipConfigurations").every((c) => text(c, "privateIPAllocationMethod") === "Dynamic")
        ? ""
        : "its private addresses are not Dynamic, which is all that Azure takes",
      listAt(inputs, "ipConfigurations").every((c) => text(c, "name") !== undefined)
        ? ""
        : "an IP configuration has no name",
    ].filter((problem) => problem !== "");
    return wrong.map((problem) => guardFinding(resource, problem, "say it as the SKU's documentation does"));
  });
}

/** The provider tells tunnel 1 from tunnel 2 by them: terraform-provider-aws #396, #16928, #19079. */
function insideGuards(estate: Estate): readonly Finding[] {
  return estate.aws.vpnConnections
    .filter(({ resource }) =>
      [1, 2].some((slot) => text(resource.inputs, `tunnel${slot}InsideCidr`) === undefined),
    )
    .map((connection) =>
      guardFinding(
        connection,
        "leaves a tunnel's inside network to AWS, and the tunnels change places",
        "set both",
      ),
    );
}

/** A gateway in several zones wants addresses in all three. */
function addressGuards(estate: Estate): readonly Finding[] {
  return estate.azure.gateways.flatMap((gateway) =>
    gateway.instances.flatMap(({ publicIp }) => {
      if (publicIp === undefined) return [];
      const zones = new Set(knownStrings(publicIp.resource.inputs, "zones"));
      const zonal = gateway.sku?.endsWith("AZ") === true;
      const findings: Finding[] = [];
      if (zonal && zones.size !== 3)
        findings.push(
          guardFinding(
            publicIp,
            "the address does not stand in all three zones",
            'set zones to "1", "2", "3"',
            [gateway.resource.urn],
          ),
        );
      if ((text(publicIp.resource.inputs, "sku.tier") ?? "Regional") !== "Regional")
        findings.push(
          guardFinding(
            publicIp,
            "a VPN gateway takes regional addresses only",
            "set the SKU's tier to Regional",
          ),
        );
      if (valuesAt(publicIp.resource.inputs, "publicIPAddressVersion")[0] === "IPv6")
        findings.push(
          guardFinding(publicIp, "the address is not IPv4", "set publicIPAddressVersion to IPv4"),
        );
      return findings;
    }),
  );
}
