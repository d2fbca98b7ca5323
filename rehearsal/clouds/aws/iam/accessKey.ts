import { forceNew } from "../aws";
import { accessKeys, iamActions, iamId } from "./iam";
import type { CloudType } from "../../cloudType";
import { access, address, awsImpacts, none } from "../../impact";
import { alwaysAbout, each, refuseIf, refuseOthers, words } from "../../rules";
import { hexOf, stringOf } from "../../seeds";
import { awsTypes } from "../../../model/resourceTypes";
import { text } from "../../../model/values";

const createKey = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html";
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const replaces = each("user pgpKey", forceNew("iam/access_key"));

export const accessKey: CloudType = {
  properties: words(`pgpKey status user`),
  required: ["user"],
  replaces,
  references: { user: { types: [awsTypes.user], by: "name", missing: "NoSuchEntity", source: createKey } },
  decides: ["access"],
  permissions: {
    create: ["iam:CreateAccessKey"],
    read: ["iam:ListAccessKeys"],
    update: ["iam:UpdateAccessKey"],
    delete: ["iam:DeleteAccessKey"],
    source: iamActions,
  },
  impact: awsImpacts({
    create: none("a key that nobody has yet", accessKeys),
    replace: address(
      "clients know the key: the old one stops working, and they need the new one",
      accessKeys,
    ),
    replaces,
    properties: { status: access("an inactive key shuts every client out", accessKeys) },
  }),
  secretOutputs: ["secret", "sesSmtpPasswordV4"],
  ...alwaysAbout(0.1, "one call"),
  refuse: (inputs, cloud, { id }) => {
    const owner = text(inputs, "user");
    const others = cloud
      .all(awsTypes.accessKey)
      .filter((key) => key.id !== id && key.inputs["user"] === owner);
    return [
      ...refuseIf(owner !== undefined && others.length >= 2, {
        code: "LimitExceeded",
        message: `${owner ?? ""} already has two access keys`,
        property: "user",
        source: createKey,
      }),
      ...refuseOthers(inputs, "status", ["Active", "Inactive", "Expired"], (message) => ({
        code: "ValidationError",
        message,
        property: "status",
        source: createKey,
      })),
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
