import { awsCommon, dataLoss, downs, each, none, type Impacts } from "../../rehearsal/clouds/impact";

const options = "https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-tunnel-options.html";
const logging = "https://docs.aws.amazon.com/vpn/latest/s2svpn/status-logs.html";

export const awsVpnRules: Readonly<Record<string, Impacts>> = {
  "aws:cloudwatch/logGroup:LogGroup": {
    create: none("a place for logs", logging),
    delete: dataLoss("the logs that it holds are deleted", logging),
    replace: dataLoss("the logs that it holds are deleted", logging),
    properties: {
      ...awsCommon(dataLoss("the logs that it holds are deleted", logging)),
      name: dataLoss("the logs that it holds are deleted", logging),
      retentionInDays: dataLoss(
        "logs older than the new limit are deleted",
        "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
      ),
    },
  },
  "random:index/randomPassword:RandomPassword": {
    create: none("a key that nothing used before", options),
    delete: none("a key that nothing uses any more; what used it is listed by itself", options),
    replace: downs("its own", "the tunnel goes down until both its ends have the new key", options),
    properties: each(
      [
        "keepers",
        "length",
        "lower",
        "minLower",
        "minNumeric",
        "minSpecial",
        "minUpper",
        "numeric",
        "overrideSpecial",
        "special",
        "upper",
      ],
      downs("its own", "the tunnel goes down until both its ends have the new key", options),
    ),
  },
};
