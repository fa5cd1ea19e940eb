import { Aws } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

import { alarmRules } from './alarm-rules.ts';
import type { Watched } from './watched.ts';

/** Tells somebody what needs a person. Without `alarmEmail` the topic waits for a subscriber of yours. */
export class Alarms extends Construct {
  readonly topic: Topic;

  /** @param scope the bridge whose metrics are watched */
  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: 'Segment Metronome bridge', enforceSSL: true });
    // A policy of its own replaces the one that lets the account's alarms publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAlarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (watched.settings.alarmEmail !== undefined) this.topic.addSubscription(new EmailSubscription(watched.settings.alarmEmail));
    const tell = new SnsAction(this.topic);
    for (const rule of alarmRules(scope, watched)) {
      const alarm = new Alarm(this, rule.id, {
        alarmDescription: rule.description,
        metric: rule.metric,
        threshold: rule.threshold,
        comparisonOperator: rule.comparison,
        evaluationPeriods: rule.periods,
        ...(rule.breaching !== undefined && { datapointsToAlarm: rule.breaching }),
        treatMissingData: rule.missing,
      });
      alarm.addAlarmAction(tell);
      // Whoever was woken wants to know when it is over, and who wasn't, that it was.
      alarm.addOkAction(tell);
    }
  }
}
