import { urns } from "../../estate/estateIndex";
import { type Estate, readEstate } from "../../estate/estate";
import type { Recording } from "../../model/recording";
import { judgeTunnels, type Tunnel } from "../../tunnels/tunnels";
import { drawAws } from "./awsDrawing";
import { drawAzure } from "./azureDrawing";
import { type Drawing, type Line, plainLine } from "./diagram";

export function drawRecording(recording: Recording): Drawing {
  const estate = readEstate(recording);
  return drawEstate(estate, judgeTunnels(estate));
}

/** Both clouds and the tunnels between them. */
export function drawEstate(estate: Estate, tunnels: readonly Tunnel[]): Drawing {
  const [azure, aws, links] = [drawAzure(estate), drawAws(estate, tunnels), drawTunnels(estate, tunnels)];
  const boxes = [...azure.boxes, ...aws.boxes];
  const ids = new Set(boxes.map(({ id }) => id));
  const lines = [...azure.lines, ...links, ...aws.lines];
  return { boxes, lines: lines.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

function drawTunnels(estate: Estate, tunnels: readonly Tunnel[]): readonly Line[] {
  return tunnels.flatMap((tunnel): Line[] => {
    const { azure, aws, name, spare } = tunnel;
    const to = `end-${name}`;
    if (spare) return [{ ...plainLine("instance1", to, []), kind: "unused" }];
    if (azure === undefined || aws === undefined) return [];
    const at = azure.connection.gateway?.instances.findIndex((instance) => instance === azure.instance) ?? -1;
    if (at < 0) return [];
    const keys = azure.connection.resource.propertyDependencies["sharedKey"] ?? [];
    return [
      {
        id: name,
        kind: "tunnel",
        from: `instance${at + 1}`,
        to,
        label: [name, aws.tunnel.insideCidr ?? ""],
        places: [...urns(azure.connection, azure.connection.localNetworkGateway, aws.connection), ...keys],
        tunnel: name,
      },
    ];
  });
}
