import * as iam from "@aws-sdk/client-iam";
import type { DeployedStack } from "../support/deployedStack";
import { only, type Wrong } from "./wrong";

const readerName = (stack: DeployedStack) => stack.outputs.readerArn.split("/").at(-1) ?? "";

export const wrongReaders: readonly Wrong[] = [
  {
    name: "the reader's key is inactive",
    breaks: (stack) =>
      stack.clients.iam.send(
        new iam.UpdateAccessKeyCommand({
          UserName: readerName(stack),
          AccessKeyId: stack.outputs.readerAccessKeyId,
          Status: "Inactive",
        }),
      ),
    finds: only("reader-key-gone", /its key \w+ is inactive/),
  },
  {
    name: "the reader has a second key",
    breaks: (stack) =>
      stack.clients.iam.send(new iam.CreateAccessKeyCommand({ UserName: readerName(stack) })),
    finds: only("reader-has-more-keys", /it also has \w+/),
  },
  {
    name: "the reader has a policy of its own",
    breaks: (stack) =>
      stack.clients.iam.send(
        new iam.PutUserPolicyCommand({
          UserName: readerName(stack),
          PolicyName: "more",
          PolicyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
          }),
        }),
      ),
    finds: only("reader-has-rights", /it has the inline policy more/),
  },
  {
    name: "the reader has a second key, which is inactive",
    breaks: async (stack) => {
      const UserName = readerName(stack);
      const { AccessKey } = await stack.clients.iam.send(new iam.CreateAccessKeyCommand({ UserName }));
      const AccessKeyId = AccessKey?.AccessKeyId;
      await stack.clients.iam.send(
        new iam.UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: "Inactive" }),
      );
    },
    finds: only("reader-has-more-keys", /it also has \w+ \(inactive\)/),
  },
  {
    name: "the reader has a password",
    breaks: (stack) =>
      stack.clients.iam.send(
        new iam.CreateLoginProfileCommand({ UserName: readerName(stack), Password: "For-the-console-1" }),
      ),
    finds: only("reader-has-password", /it may sign in to the console since \d{4}-/),
  },
  {
    name: "the reader has a permissions boundary",
    breaks: ({ aws }) =>
      aws.tampers.set("iam:GetUser", (xml) =>
        xml.replace(
          "<User>",
          "<User><PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>arn:aws:iam::123456789012:policy/less</PermissionsBoundaryArn></PermissionsBoundary>",
        ),
      ),
    finds: only("reader-has-boundary", /its permissions boundary is arn:aws:iam::123456789012:policy\/less/),
  },
  {
    name: "the reader is in a group",
    breaks: async (stack) => {
      await stack.clients.iam.send(new iam.CreateGroupCommand({ GroupName: "administrators" }));
      await stack.clients.iam.send(
        new iam.AddUserToGroupCommand({ GroupName: "administrators", UserName: readerName(stack) }),
      );
    },
    finds: only("reader-has-rights", /it has the group administrators/),
  },
  {
    name: "the reader was deleted",
    breaks: async (stack) => {
      const UserName = readerName(stack);
      const AccessKeyId = stack.outputs.readerAccessKeyId;
      await stack.clients.iam.send(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId }));
      await stack.clients.iam.send(new iam.DeleteUserCommand({ UserName }));
    },
    finds: [
      { kind: "reader-missing", says: /IAM has no user of this name/ },
      { kind: "reader-key-invalid", says: /the key belongs to/ },
    ],
  },
  {
    name: "AWS does not accept the reader's key",
    breaks: ({ aws }) => (aws.unknownKeyIds = [aws.readerKeyId]),
    finds: only("reader-key-invalid", /AWS does not accept the reader's key/),
  },
  {
    name: "the outputs name another reader",
    breaks: ({ outputs }) =>
      Object.assign(outputs, { readerArn: outputs.readerArn.replace(/\d{12}/, "999999999999") }),
    finds: [
      {
        kind: "wrong-account",
        says: /verify is signed in as arn:aws:\S+, and the stack is in account 999999999999/,
      },
      { kind: "reader-key-invalid", says: /the key belongs to arn:aws:iam::123456789012/ },
    ],
  },
];

export const wrongClients: readonly Wrong[] = [
  {
    name: "the endpoint refuses the reader",
    breaks: ({ aws }) => (aws.doors.endpoint = "denied"),
    finds: [
      { kind: "inside-refused", says: /AccessDenied to list through the endpoint/ },
      { kind: "inside-refused", says: /AccessDenied to get through the endpoint/ },
      { kind: "inside-refused", says: /AccessDenied to list through the endpoint/ },
      { kind: "inside-refused", says: /AccessDenied to get through the endpoint/ },
    ],
  },
  {
    name: "the reader gets in from outside",
    breaks: ({ aws }) => (aws.doors.public = "open"),
    finds: [
      { kind: "outside-gets-in", says: /the reader can list at S3's public address/ },
      { kind: "outside-gets-in", says: /the reader can get at S3's public address/ },
      { kind: "outside-gets-in", says: /the reader can list at S3's public address/ },
      { kind: "outside-gets-in", says: /the reader can get at S3's public address/ },
    ],
  },
  {
    name: "the endpoint cuts its answers off",
    breaks: ({ aws }) => (aws.doors.endpoint = "cut"),
    finds: [
      { kind: "inside-unreachable", says: /list: the endpoint accepts the connection and does not answer/ },
      { kind: "inside-unreachable", says: /get: / },
      { kind: "inside-unreachable", says: /list: / },
      { kind: "inside-unreachable", says: /get: / },
    ],
  },
];
