import type { GatewaySku } from "../vpn/tunnels";
import { zoneSupportAsOf, zoneSupportOf } from "../vpn/zoneSupport";

/** What a stack gets and may not expect; nothing that has to change. */
export function noticesOf(place: { readonly location: string; readonly sku: GatewaySku }): readonly string[] {
  const { location, sku } = place;
  const setting = `azure-native:location is ${location}`;
  switch (zoneSupportOf(location)) {
    case "zones":
      return [];
    case "none":
      // A Basic gateway is in no zone anywhere.
      return sku === "Basic"
        ? []
        : [
            `${setting}, a region without availability zones: Azure makes ${sku} and its addresses regional there, and nothing of the gateway survives the failure of its datacenter. Choose a region with zones where that must not happen.`,
          ];
    case "unknown":
      return [
        `${setting}, which is not among the regions that this version knows (${zoneSupportAsOf}); it goes to Azure as it is${sku === "Basic" ? "" : ", as a region with availability zones. If Azure answers LocationNotSupportAvailabilityZones, add the region to vpn/zoneSupport.ts"}.`,
      ];
  }
}
