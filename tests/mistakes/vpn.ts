import type { SettingMistake } from "./mistake";

export const vpnMistakes: readonly SettingMistake[] = [
  {
    what: "a misspelt topology",
    given: { vpnTopology: "active-activ" },
    says: "vpnTopology is active-activ, but it takes single-tunnel, dual-tunnel, active-active; did you mean active-active?",
  },
  {
    what: "a topology that there is not",
    given: { vpnTopology: "ha" },
    says: "vpnTopology is ha, but it takes single-tunnel, dual-tunnel, active-active; choose one of them",
  },
  {
    what: "a Basic gateway for active-active",
    given: { vpnTopology: "active-active", gatewaySku: "Basic" },
    says: "gatewaySku is Basic, but a Basic gateway has no BGP and no second instance, which active-active needs; use VpnGw2AZ, or vpnTopology: single-tunnel",
  },
  {
    what: "a SKU without zones",
    given: { gatewaySku: "VpnGw2" },
    says: "gatewaySku is VpnGw2, but Azure refuses new gateways without zones (NonAzSkusNotAllowedForVPNGateway); use VpnGw2AZ",
  },
  {
    what: "a legacy SKU",
    given: { gatewaySku: "HighPerformance" },
    says: "gatewaySku is HighPerformance, but Azure has retired this legacy SKU; use VpnGw1AZ or VpnGw2AZ",
  },
  {
    what: "an ExpressRoute SKU",
    given: { gatewaySku: "ErGw1AZ" },
    says: "gatewaySku is ErGw1AZ, but it is an ExpressRoute SKU, not a VPN's; use VpnGw1AZ or VpnGw2AZ",
  },
  {
    what: "a SKU in the wrong case",
    given: { gatewaySku: "vpngw1az" },
    says: "gatewaySku is vpngw1az, but SKUs are case-sensitive here; use VpnGw1AZ",
  },
  {
    what: "a SKU that there is not",
    given: { gatewaySku: "VpnGw9AZ" },
    says: "gatewaySku is VpnGw9AZ, but Azure has no such SKU for VPN gateways; use one of Basic, VpnGw1AZ, VpnGw2AZ, VpnGw3AZ, VpnGw4AZ, VpnGw5AZ",
  },
  {
    what: "an ASN that is no number",
    given: { azureAsn: "65k" },
    says: "azureAsn is 65k, but it must be a whole number; for example 65000",
  },
  {
    what: "an ASN with more digits than numbers have",
    given: { azureAsn: "65000650006500065000" },
    says: 'azureAsn is "65000650006500065000", but it must be a whole number; for example 65000',
  },
  {
    what: "an ASN with a fraction",
    given: { azureAsn: "65000.5" },
    says: "azureAsn is 65000.5, but it must be a whole number; for example 65000",
  },
  {
    what: "an ASN that Azure keeps",
    given: { vpnTopology: "active-active", azureAsn: "65517" },
    says: "azureAsn is 65517, but Azure or IANA keeps this number; use a private one: 64512 to 65516, or 65521 to 65534",
  },
  {
    what: "Azure's default ASN at AWS's end",
    given: { vpnTopology: "active-active", awsAsn: "65515" },
    says: "awsAsn is 65515, but Azure keeps this number, and takes it from no peer; use one of 64512 to 65514, 65521 to 65534 or 4200000000 to 4294967294",
  },
  {
    what: "an ASN that Azure keeps at AWS's end",
    given: { vpnTopology: "active-active", awsAsn: "65520" },
    says: "awsAsn is 65520, but Azure keeps this number, and takes it from no peer; use one of 64512 to 65514, 65521 to 65534 or 4200000000 to 4294967294",
  },
  {
    what: "an Azure ASN over AWS's limit",
    given: { vpnTopology: "active-active", azureAsn: "4200000000" },
    says: "azureAsn is 4200000000, but an ASN that AWS takes for its peer is between 1 and 2147483647; use a private one: 64512 to 65516, or 65521 to 65534",
  },
  {
    what: "an ASN that AWS keeps",
    given: { vpnTopology: "active-active", azureAsn: "7224" },
    says: "azureAsn is 7224, but AWS keeps this number; use a private one: 64512 to 65516, or 65521 to 65534",
  },
  {
    what: "an ASN that AWS keeps in one region",
    given: { vpnTopology: "active-active", azureAsn: "10124" },
    says: "azureAsn is 10124, but AWS keeps this number in ap-northeast-1; use a private one, as 65000",
  },
  {
    what: "a public ASN for AWS's end",
    given: { vpnTopology: "active-active", awsAsn: "100" },
    says: "awsAsn is 100, but AWS's end takes a private ASN only; use one of 64512 to 65514, 65521 to 65534 or 4200000000 to 4294967294",
  },
  {
    what: "the same ASN on both ends",
    given: { vpnTopology: "active-active", awsAsn: "65000" },
    says: "awsAsn is 65000, but azureAsn is the same, and the two ends of eBGP must differ; use 64512",
  },
  {
    what: "an Azure ASN where nothing speaks BGP",
    given: { azureAsn: "65001" },
    says: "azureAsn is 65001, but single-tunnel routes without BGP; remove it, or use vpnTopology: active-active",
  },
  {
    what: "an AWS ASN where nothing speaks BGP",
    given: { vpnTopology: "dual-tunnel", awsAsn: "64513" },
    says: "awsAsn is 64513, but dual-tunnel routes without BGP; remove it, or use vpnTopology: active-active",
  },
  {
    what: "an inside network that is no /30",
    given: { tunnelInsideCidrs: { tunnel1: "169.254.21.0/29" } },
    says: "tunnelInsideCidrs.tunnel1 is 169.254.21.0/29, but a tunnel's inside is a /30; use 169.254.21.0/30",
  },
  {
    what: "an inside network outside 169.254.0.0/16",
    given: { tunnelInsideCidrs: { tunnel1: "10.9.0.0/30" } },
    says: "tunnelInsideCidrs.tunnel1 is 10.9.0.0/30, but AWS takes it from 169.254.0.0/16; use a /30 such as 169.254.21.0/30",
  },
  {
    what: "the inside network that holds the metadata address",
    given: { tunnelInsideCidrs: { tunnel2: "169.254.169.252/30" } },
    says: "tunnelInsideCidrs.tunnel2 is 169.254.169.252/30, but AWS keeps this block for itself; use another /30 such as 169.254.21.0/30",
  },
  {
    what: "an inside network that AWS keeps",
    given: { tunnelInsideCidrs: { tunnel2: "169.254.5.0/30" } },
    says: "tunnelInsideCidrs.tunnel2 is 169.254.5.0/30, but AWS keeps this block for itself; use another /30 such as 169.254.21.0/30",
  },
  {
    what: "an inside network with host bits",
    given: { tunnelInsideCidrs: { tunnel1: "169.254.21.1/30" } },
    says: "tunnelInsideCidrs.tunnel1 is 169.254.21.1/30, but its host bits are set; use 169.254.21.0/30",
  },
  {
    what: "one inside network for two tunnels",
    given: { tunnelInsideCidrs: { tunnel2: "169.254.21.0/30" } },
    says: "tunnelInsideCidrs.tunnel2 is 169.254.21.0/30, but tunnel1 has the same, and AWS requires a different one for every tunnel; use another /30",
  },
  {
    what: "an inside network that Azure does not take for BGP",
    given: { vpnTopology: "active-active", tunnelInsideCidrs: { tunnel4: "169.254.30.0/30" } },
    says: "tunnelInsideCidrs.tunnel4 is 169.254.30.0/30, but Azure takes BGP addresses from 169.254.21.0 to 169.254.22.255 only; use a /30 such as 169.254.21.8/30",
  },
  {
    what: "an inside network for a tunnel that the topology lacks",
    given: { tunnelInsideCidrs: { tunnel3: "169.254.21.8/30" } },
    says: "tunnelInsideCidrs.tunnel3 is 169.254.21.8/30, but single-tunnel has no tunnel3; remove it, or use vpnTopology: active-active",
  },
  {
    what: "a misspelt tunnel",
    given: { tunnelInsideCidrs: { tunel1: "169.254.21.8/30" } },
    says: "tunnelInsideCidrs.tunel1 is 169.254.21.8/30, but there is no such key; did you mean tunnel1?",
  },
  {
    what: "inside networks as a list",
    given: { tunnelInsideCidrs: ["169.254.21.8/30"] },
    says: 'tunnelInsideCidrs is ["169.254.21.8/30"], but it must be a map of keys and values; for example {tunnel1: 169.254.21.8/30}',
  },
  {
    what: "a generation below 1",
    given: { presharedKeyGenerations: { tunnel1: 0 } },
    says: "presharedKeyGenerations.tunnel1 is 0, but generations count from 1; use 1, or one more than before",
  },
  {
    what: "a generation as text",
    given: { presharedKeyGenerations: { tunnel1: "2" } },
    says: 'presharedKeyGenerations.tunnel1 is "2", but it must be a whole number; write it without quotes',
  },
  {
    what: "a generation with more digits than numbers have",
    given: { presharedKeyGenerations: { tunnel1: 1e20 } },
    says: "presharedKeyGenerations.tunnel1 is 100000000000000000000, but it must be a whole number; for example {tunnel1: 2}",
  },
  {
    what: "a generation with a fraction",
    given: { presharedKeyGenerations: { tunnel1: 1.5 } },
    says: "presharedKeyGenerations.tunnel1 is 1.5, but it must be a whole number; for example {tunnel1: 2}",
  },
  {
    what: "a generation for a tunnel that the topology lacks",
    given: { presharedKeyGenerations: { tunnel4: 2 } },
    says: "presharedKeyGenerations.tunnel4 is 2, but single-tunnel has no tunnel4; remove it, or use vpnTopology: active-active",
  },
];
