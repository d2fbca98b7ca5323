import { logRetentionDays } from "../organisation";
import type { Check, ResourceRule } from "../rule";
import { at, isProps, type Props } from "../values";

function logs(props: Props, tunnel: number): readonly string[] {
  const setting = `tunnel${tunnel}LogOptions`;
  const options = at(props, `${setting}.cloudwatchLogOptions`);
  // Its ARN is there, if not known yet, on the preview that creates the group.
  return isProps(options) && options["logEnabled"] === true && "logGroupArn" in options
    ? []
    : [
        `${setting} does not log to CloudWatch, and switching it on later interrupts the tunnel; set tunnelLogs to true`,
      ];
}

const tunnelsLog: Check = ({ props }) => [1, 2].flatMap((tunnel) => logs(props, tunnel));

/** Zero and unset keep forever, which costs, but loses nothing. */
const isKept: Check = ({ props }) => {
  const days = props["retentionInDays"];
  return typeof days === "number" && days > 0 && days < logRetentionDays
    ? [`retentionInDays is ${days}, and incidents are found later; keep ${logRetentionDays} days or more`]
    : [];
};

export const loggedTunnels: ResourceRule = {
  kind: "resource",
  name: "logged-tunnels",
  description:
    "Outside development both tunnels of every AWS connection log from the start, and the logs are kept.",
  development: "let off",
  checks: {
    "aws:ec2/vpnConnection:VpnConnection": tunnelsLog,
    "aws:cloudwatch/logGroup:LogGroup": isKept,
  },
};
