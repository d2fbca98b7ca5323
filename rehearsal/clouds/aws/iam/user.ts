import type { CloudType, Minutes } from "../../cloudType";
import { forceNew, tagsAll } from "../aws";
import { aboutMinutes, each, refuseIf, words } from "../../rules";
import { hexOf, stringOf } from "../../seeds";
import { isTrue, text } from "../../../model/values";

export const user = "aws:iam/user:User";
const accessKey = "aws:iam/accessKey:AccessKey";
const createUser = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html";
const createKey = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html";
const deleteUser = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html";
const seconds: Minutes = aboutMinutes(0.1, "one call");
const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export const awsIam: Readonly<Record<string, CloudType>> = {
  [user]: {
    properties: words(`forceDestroy name path permissionsBoundary tags.*`),
    required: [],
    // A new name or path is an UpdateUser: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
    replaces: {},
    autoName: "name",
    duplicate: { code: "EntityAlreadyExists", source: createUser },
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs) => {
      const [name, path] = [text(inputs, "name"), text(inputs, "path")];
      return [
        ...refuseIf(name !== undefined && !/^[\w+=,.@-]{1,64}$/.test(name), {
          code: "ValidationError",
          message: `'${name ?? ""}' is no user name: 1-64 of letters, digits and _+=,.@-`,
          property: "name",
          source: createUser,
        }),
        ...refuseIf(path !== undefined && !/^\/([!-.0-~]+\/)*$/.test(path), {
          code: "ValidationError",
          message: `'${path ?? ""}' is no path: it begins and ends with a slash`,
          property: "path",
          source: createUser,
        }),
      ];
    },
    refuseDelete: (resource, cloud) => {
      const keys = cloud.all(accessKey).filter((key) => key.inputs["user"] === resource.outputs["name"]);
      return refuseIf(keys.length > 0 && !isTrue(resource.inputs, "forceDestroy"), {
        code: "DeleteConflict",
        message: `${resource.id} has access keys: they must go first`,
        source: deleteUser,
      });
    },
    id: (inputs) => text(inputs, "name") ?? "",
    outputs: (inputs, cloud, { seed }) => ({
      ...tagsAll(inputs),
      arn: `arn:aws:iam::${cloud.accountId}:user${text(inputs, "path") ?? "/"}${text(inputs, "name") ?? ""}`,
      path: inputs["path"] ?? "/",
      uniqueId: `AIDA${stringOf(`${seed}/user`, 17, base32)}`,
    }),
  },
  [accessKey]: {
    properties: words(`pgpKey status user`),
    required: ["user"],
    replaces: each("user pgpKey", forceNew("iam/access_key")),
    references: { user: { types: [user], by: "name", missing: "NoSuchEntity", source: createKey } },
    secretOutputs: ["secret", "sesSmtpPasswordV4"],
    create: seconds,
    update: seconds,
    delete: seconds,
    refuse: (inputs, cloud, { id }) => {
      const owner = text(inputs, "user");
      const others = cloud.all(accessKey).filter((key) => key.id !== id && key.inputs["user"] === owner);
      const status = text(inputs, "status");
      return [
        ...refuseIf(owner !== undefined && others.length >= 2, {
          code: "LimitExceeded",
          message: `${owner ?? ""} has two access keys already`,
          property: "user",
          source: createKey,
        }),
        ...refuseIf(status !== undefined && !["Active", "Inactive", "Expired"].includes(status), {
          code: "ValidationError",
          message: `the status of an access key is Active or Inactive, not '${status ?? ""}'`,
          property: "status",
          source: createKey,
        }),
      ];
    },
    id: (_inputs, _cloud, { seed }) => `AKIA${stringOf(`${seed}/key`, 16, base32)}`,
    outputs: (inputs, _cloud, { seed }) => ({
      status: inputs["status"] ?? "Active",
      createDate: "2026-01-01T00:00:00Z",
      secret: stringOf(`${seed}/secret`, 40, base64),
      sesSmtpPasswordV4: hexOf(`${seed}/smtp`, 44),
    }),
  },
};
