import { Topic, TopicSubscription } from "@pulumi/aws/sns";
import type * as pulumi from "@pulumi/pulumi";

export interface TopicArgs {
  readonly emails: readonly string[];
  /** AWS region; that of the stack when absent. */
  readonly region?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A topic with its subscribers, who must confirm by e-mail. Not encrypted: with SNS's own key CloudWatch may not publish, and
 * nothing in the messages is secret.
 * @see https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
 */
export function createTopic(name: string, args: TopicArgs, child: pulumi.CustomResourceOptions): Topic {
  const where = args.region === undefined ? {} : { region: args.region };
  const topic = new Topic(`${name}-topic`, { ...where, tags: args.tags }, child);
  for (const email of args.emails)
    new TopicSubscription(
      `${name}-${email}`,
      { ...where, topic: topic.arn, protocol: "email", endpoint: email },
      child,
    );
  return topic;
}
