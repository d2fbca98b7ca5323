import type { Timeline } from "./states";
import type { AwsVpnConnection } from "../estate/aws";
import type { TunnelEnds } from "../estate/tunnelEnds";

/** Something whose state CloudWatch holds, and what an alarm on it must make of it. */
export interface Expectation {
  readonly what: string;
  readonly connection: AwsVpnConnection;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Names of the tunnels that an alarm on it speaks of. */
  readonly tunnels: readonly string[];
  readonly cases: readonly {
    readonly when: string;
    readonly timeline: Timeline;
    readonly alarms: boolean;
  }[];
}

/** An hour in which nothing happens, and what comes after it. */
function after(usual: readonly number[], ...then: Timeline): Timeline {
  return [...Array.from({ length: 12 }, () => usual), ...then];
}

/** A tunnel that others stand in for is told of after a quarter of an hour: short interruptions are usual. */
export function tunnelExpectations({ name, aws }: TunnelEnds): readonly Expectation[] {
  if (aws === undefined) return [];
  const dimensions = {
    VpnId: aws.connection.resource.id,
    TunnelIpAddress: aws.tunnel.outsideAddress ?? "",
  };
  const cases = [
    { when: "the tunnel is up", timeline: after([1]), alarms: false },
    {
      when: "the tunnel is down for ten minutes, as when its key or its AWS endpoint is replaced",
      timeline: after([1], [0], [0]),
      alarms: false,
    },
    {
      when: "the tunnel has been down for 15 minutes",
      timeline: after([1], [0], [0], [0]),
      alarms: true,
    },
    {
      when: "nothing has been heard of the tunnel for 15 minutes",
      timeline: after([1], [], [], []),
      alarms: true,
    },
  ];
  return [{ what: name, connection: aws.connection, dimensions, tunnels: [name], cases }];
}

/** AWS takes both tunnels of a connection together, the unused one as well. */
export function connectionExpectations(used: readonly TunnelEnds[]) {
  return (connection: AwsVpnConnection): readonly Expectation[] => {
    const own = used.filter(({ aws }) => aws?.connection === connection);
    if (own.length === 0) return [];
    const values = (up: number) => [1, 2].map((slot) => (slot <= up ? 1 : 0));
    const usual = values(own.length);
    const several = {
      when: "one tunnel of the connection is down and another is up",
      timeline: after(usual, values(1), values(1), values(1)),
      alarms: false,
    };
    const cases = [
      {
        when:
          own.length === 1 ? "its one tunnel is up, and the unused one down as ever" : "its tunnels are up",
        timeline: after(usual),
        alarms: false,
      },
      ...(own.length === 1 ? [] : [several]),
      {
        when: "no tunnel of the connection has been up for 5 minutes",
        timeline: after(usual, values(0)),
        alarms: true,
      },
      {
        when: "nothing has been heard of the connection for 5 minutes",
        timeline: after(usual, []),
        alarms: true,
      },
    ];
    const names = own.map(({ name }) => name);
    const what = `the connection of ${names.join(" and ")}`;
    return [{ what, connection, dimensions: { VpnId: connection.resource.id }, tunnels: names, cases }];
  };
}
