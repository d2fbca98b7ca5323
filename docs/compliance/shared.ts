/** Why a control is not met, where two standards ask for the same. */
export const reasons = {
  accessLogs:
    "`accessLogs` is a setting, off by default. The bucket that takes the logs does not log itself: it would fill itself.",
  flowLogs: "`flowLogs` is a setting, off by default: AWS charges for each gigabyte.",
  defaultSecurityGroup:
    "It keeps AWS's rules, by which its members reach each other, and has no members: the endpoint has a group of its own.",
  networkAcl:
    "The VPC keeps AWS's own ACL, which allows everything; security groups decide. Whoever wants ACLs adds them beside the stack.",
  keyAge:
    "A key's age shows in IAM alone. [The runbook](runbooks/rotate-a-key.md) replaces one without an interruption.",
  unusedKey: "Use shows in IAM alone. A stack whose key nobody uses is to be destroyed.",
  trail: "No trail of the stack records what is done to objects.",
  changeAlarms: "One trail, metric filter and alarm serve the whole account.",
} as const;

/** Tests that show a control to be met, by file and title. */
export const tests = {
  bucketPolicy: {
    file: "tests/s3access/policies.test.ts",
    test: "lets the reader list and get through the endpoint, and nobody in without TLS",
  },
  logs: {
    file: "tests/program/registration.test.ts",
    test: "registers with flow and access logs one bucket for both beside what dev has, and the logging",
  },
  prodTunnels: {
    file: "tests/program/registration.test.ts",
    test: "registers on prod two gateways' worth of connections and four tunnels",
  },
  devResources: {
    file: "tests/program/registration.test.ts",
    test: "registers on dev one tunnel's worth of resources",
  },
  alarms: {
    file: "tests/program/registration.test.ts",
    test: "registers with alarms what watches one tunnel, and nothing that watches the unused one",
  },
} as const;
