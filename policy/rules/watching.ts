import { logRetentionDays } from "../organisation";
import { unless, type Check, type ResourceRule } from "../rule";
import { awsConnection } from "../types";
import { at, isProps, shown, type Props } from "../values";

function logs(props: Props, tunnel: number): readonly string[] {
  const setting = `tunnel${tunnel}LogOptions`;
  const options = at(props, `${setting}.cloudwatchLogOptions`);
  // In the preview that creates the group the ARN is there, but unknown.
  return unless(
    isProps(options) && options["logEnabled"] === true && "logGroupArn" in options,
    `${setting} does not log to CloudWatch, and switching it on later interrupts the tunnel; set tunnelLogs to true`,
  );
}

const tunnelsLog: Check = ({ props }) => [1, 2].flatMap((tunnel) => logs(props, tunnel));

/** Zero and unset keep logs for ever, which costs money but loses nothing. */
const isKept: Check = ({ props }) => {
  const days = props["retentionInDays"];
  return unless(
    typeof days !== "number" || days <= 0 || days >= logRetentionDays,
    `retentionInDays is ${shown(days)}, and incidents are often found later; keep ${logRetentionDays} days or more`,
  );
};

export const loggedTunnels: ResourceRule = {
  kind: "resource",
  name: "logged-tunnels",
  description:
    "Outside development both tunnels of every AWS connection log from the start, and the logs are kept.",
  development: "exempt",
  checks: {
    [awsConnection]: tunnelsLog,
    "aws:cloudwatch/logGroup:LogGroup": isKept,
  },
};
