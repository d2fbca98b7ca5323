/** Why a control is not met, where two standards ask for the same. */
export const reasons = {
  accessLogs:
    "`accessLogs` is a setting, off by default. The bucket that takes the logs does not log itself: it would fill itself.",
  flowLogs: "`flowLogs` is a setting, off by default: AWS charges for each gigabyte.",
  defaultSecurityGroup:
    "It keeps AWS's rules, by which its members reach each other, and has no members: the endpoint has a group of its own. The program does not manage it: AWS makes it without tags, so that no role could be limited to this one before its id is known, and each first deployment would stop there. Whoever owns the account can empty it.",
  networkAcl:
    "The VPC keeps AWS's own ACL, which allows everything; security groups decide. Whoever wants ACLs adds them beside the stack.",
  keyAge:
    "A key's age shows in IAM alone. [The runbook](runbooks/rotate-a-key.md) replaces one without an interruption.",
  unusedKey: "Use shows in IAM alone. A stack whose key nobody uses is to be destroyed.",
  accountTrail:
    "One trail serves the whole account, better the organisation. That of `auditTrail` is no substitute: it records no reads but of objects.",
  trailKey:
    "S3 encrypts its files by its own key, as all else in the buckets. A key of the account's own costs, and without it the files are lost.",
  objectCalls:
    "With `auditTrail` those to the data buckets are. The bucket for logs is left out: each record would be a call to record.",
  everyBucket: "Security Hub asks for a trail of all regions that does so for every bucket of the account.",
  changeAlarms: "One trail, metric filter and alarm serve the whole account.",
  watchedChanges:
    "One trail, metric filter and alarm serve the whole account. `auditTrail` with `alarms` tells of changes to the stack's own.",
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
  lifecycles: {
    file: "tests/engine/oldVersions.test.ts",
    test: "stays through all of them, and each does what it says alone",
  },
  trail: {
    file: "tests/rehearsal/guards/auditTrail.test.ts",
    test: "is all right as the program makes it",
  },
  topicPolicy: {
    file: "tests/monitoring/auditPlan.test.ts",
    test: "lets EventBridge publish without a condition, and only the account's alarms",
  },
  alarms: {
    file: "tests/program/registration.test.ts",
    test: "registers with alarms what watches one tunnel, and nothing that watches the unused one",
  },
} as const;
