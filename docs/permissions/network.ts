import { allow, partitionOf, type Conditions, type StackPlace, type Statement } from "./place";
import { unscoped } from "./unscoped";

/**
 * What creates a resource with tags, and the resource's word in its ARN. A statement takes several together only where
 * none of them refers to an existing resource of a kind that another one creates: the tags of a request must open no
 * resource that is there.
 */
const creations: readonly {
  readonly sid: string;
  readonly creates: Readonly<Record<string, string>>;
}[] = [
  {
    sid: "CreateWithOurTags",
    creates: {
      "ec2:CreateCustomerGateway": "customer-gateway",
      "ec2:CreateVpc": "vpc",
      "ec2:CreateVpnGateway": "vpn-gateway",
    },
  },
  {
    sid: "CreateWithOurTagsInAVpc",
    creates: {
      "ec2:CreateRouteTable": "route-table",
      "ec2:CreateSecurityGroup": "security-group",
      "ec2:CreateSubnet": "subnet",
    },
  },
  {
    sid: "CreateWithOurTagsBetweenThem",
    creates: {
      "ec2:AuthorizeSecurityGroupIngress": "security-group-rule",
      "ec2:CreateFlowLogs": "vpc-flow-log",
      "ec2:CreateVpcEndpoint": "vpc-endpoint",
      "ec2:CreateVpnConnection": "vpn-connection",
    },
  },
];

/** Creates what stands alone: no resource that is there takes part. */
const alone = Object.keys(creations[0]?.creates ?? {});
const tagging = ["ec2:CreateTags", "ec2:DeleteTags"];

/** The statements for these actions of EC2, each on the resources of the stack alone. */
export function networkStatements(place: StackPlace, actions: readonly string[]): readonly Statement[] {
  const arn = (rest: string) => `arn:${partitionOf(place)}:ec2:${place.region}:${place.account}:${rest}`;
  const { project, stack } = place;
  const asked = { "aws:RequestTag/project": project, "aws:RequestTag/stack": stack };
  const ours = { "aws:ResourceTag/project": project, "aws:ResourceTag/stack": stack };
  const scoped = actions.filter((action) => !(action in unscoped));
  const creating = creations.map(({ sid, creates }) => ({
    sid,
    creates: Object.entries(creates).filter(([action]) => scoped.includes(action)),
  }));
  const onCreation = creating.flatMap(({ creates }) => creates.map(([action]) => action.replace("ec2:", "")));
  const retag: Conditions = {
    StringEquals: ours,
    // What is ours stays ours.
    "ForAllValues:StringNotEquals": { "aws:TagKeys": ["project", "stack"] },
  };
  return [
    ...creating.flatMap(({ sid, creates }) =>
      allow(
        sid,
        creates.map(([action]) => action),
        creates.map(([, kind]) => arn(`${kind}/*`)),
        { StringEquals: asked },
      ),
    ),
    ...allow(
      "TagWhatIsBeingCreated",
      scoped.includes("ec2:CreateTags") ? ["ec2:CreateTags"] : [],
      [arn("*/*")],
      {
        StringEquals: { "ec2:CreateAction": onCreation, ...asked },
      },
    ),
    ...allow(
      "ChangeOtherTagsOfOurs",
      scoped.filter((action) => tagging.includes(action)),
      [arn("*/*")],
      retag,
    ),
    ...allow(
      "UseAndChangeOurs",
      scoped.filter((action) => !alone.includes(action) && !tagging.includes(action)),
      [arn("*/*")],
      { StringEquals: ours },
    ),
  ];
}
