import { tagsAll } from "../aws";
import { accessKeys, iamActions, iamId } from "./iam";
import type { CloudType } from "../../cloudType";
import { access, awsImpacts, none } from "../../impact";
import { alwaysAbout, refuseIf, words } from "../../rules";
import { awsTypes } from "../../../model/resourceTypes";
import { isTrue, text } from "../../../model/values";

const createUser = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html";
const deleteUser = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html";

const newArn = access(
  "the reader's ARN changes: every policy names it, and its key stops working",
  accessKeys,
);

export const user: CloudType = {
  properties: words(`forceDestroy name path permissionsBoundary tags.*`),
  required: [],
  // A new name or path is an UpdateUser: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
  replaces: {},
  decides: ["access"],
  permissions: {
    create: ["iam:CreateUser", "iam:TagUser"],
    read: ["iam:GetUser", "iam:ListUserTags"],
    update: ["iam:TagUser", "iam:UntagUser", "iam:UpdateUser"],
    delete: ["iam:DeleteUser", "iam:ListGroupsForUser"],
    source: iamActions,
  },
  impact: awsImpacts({
    create: none("a user without rights", accessKeys),
    replace: newArn,
    replaces: {},
    properties: { name: newArn },
  }),
  autoName: "name",
  duplicate: { code: "EntityAlreadyExists", source: createUser },
  ...alwaysAbout(0.1, "one call"),
  refuse: (inputs) => {
    const [name, path] = [text(inputs, "name"), text(inputs, "path")];
    return [
      ...refuseIf(name !== undefined && !/^[\w+=,.@-]{1,64}$/.test(name), {
        code: "ValidationError",
        message: `'${name ?? ""}' is not a user name: 1-64 letters, digits and _+=,.@-`,
        property: "name",
        source: createUser,
      }),
      ...refuseIf(path !== undefined && !/^\/([!-.0-~]+\/)*$/.test(path), {
        code: "ValidationError",
        message: `'${path ?? ""}' is not a path: a path begins and ends with a slash`,
        property: "path",
        source: createUser,
      }),
    ];
  },
  refuseDelete: (resource, cloud) => {
    const keys = cloud
      .all(awsTypes.accessKey)
      .filter((key) => key.inputs["user"] === resource.outputs["name"]);
    return refuseIf(keys.length > 0 && !isTrue(resource.inputs, "forceDestroy"), {
      code: "DeleteConflict",
      message: `${resource.id} has access keys: they must be deleted first`,
      source: deleteUser,
    });
  },
  id: (inputs) => text(inputs, "name") ?? "",
  outputs: (inputs, cloud, { seed }) => ({
    ...tagsAll(inputs),
    arn: `arn:aws:iam::${cloud.accountId}:user${text(inputs, "path") ?? "/"}${text(inputs, "name") ?? ""}`,
    path: inputs["path"] ?? "/",
    uniqueId: iamId("AIDA", `${seed}/user`, 17),
  }),
};
