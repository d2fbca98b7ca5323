import { forceNew } from "../aws";
import { oneCall } from "../oneCall";
import { sameImpact } from "../sameImpact";
import { accessKeys, iamActions, iamId } from "./iam";
import type { CloudType } from "../../cloudType";
import { access, address, none } from "../../impact";
import { each, refuseIf, words } from "../../rules";
import { hexOf, stringOf } from "../../seeds";
import { awsTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";

const createKey = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html";
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const newKey = sameImpact(
  none("a key that nobody has yet", accessKeys),
  address("clients know the key: the old one stops working, and they need the new one", accessKeys),
  "user",
);

export const accessKey: CloudType = {
  properties: words(`pgpKey status user`),
  required: ["user"],
  replaces: each("user pgpKey", forceNew("iam/access_key")),
  references: { user: { types: [awsTypes.user], by: "name", missing: "NoSuchEntity", source: createKey } },
  decides: ["access"],
  permissions: {
    create: ["iam:CreateAccessKey"],
    read: ["iam:ListAccessKeys"],
    update: ["iam:UpdateAccessKey"],
    delete: ["iam:DeleteAccessKey"],
    source: iamActions,
  },
  impact: {
    ...newKey,
    properties: {
      ...newKey.properties,
      status: access("an inactive key shuts every client out", accessKeys),
    },
  },
  secretOutputs: ["secret", "sesSmtpPasswordV4"],
  ...oneCall(0.1),
  refuse: (inputs, cloud, { id }) => {
    const owner = text(inputs, "user");
    const others = cloud
      .all(awsTypes.accessKey)
      .filter((key) => key.id !== id && key.inputs["user"] === owner);
    const status = text(inputs, "status");
    return [
      ...refuseIf(owner !== undefined && others.length >= 2, {
        code: "LimitExceeded",
        message: `${owner ?? ""} already has two access keys`,
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
  id: (_inputs, _cloud, { seed }) => iamId("AKIA", `${seed}/key`, 16),
  outputs: (inputs, _cloud, { seed }) => ({
    status: inputs["status"] ?? "Active",
    createDate: "2026-01-01T00:00:00Z",
    secret: stringOf(`${seed}/secret`, 40, base64),
    sesSmtpPasswordV4: hexOf(`${seed}/smtp`, 44),
  }),
};
