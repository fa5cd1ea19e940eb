import { describe, expect, it } from '@jest/globals';
import { Bucket } from 'aws-cdk-lib/aws-s3';

import { acknowledge } from '../../lib/acknowledge.ts';
import type { BridgeStack } from '../../lib/bridge-stack.ts';
import { acknowledgementsIn, covers, findingsIn } from './helpers/nag.ts';
import { bridgeStack } from './helpers/synthesis.ts';
import { VARIANTS } from './helpers/variants.ts';

function review(stack: BridgeStack) {
  const findings = findingsIn(stack);
  const acknowledgements = acknowledgementsIn(stack);
  return {
    findings,
    acknowledgements,
    open: findings.filter((finding) => !acknowledgements.some((one) => covers(one, finding))),
    idle: acknowledgements.filter((one) => !findings.some((finding) => covers(one, finding))),
  };
}

describe('cdk-nag over the stack', () => {
  it.each(Object.entries(VARIANTS))('%s: finds nothing that is not acknowledged, and nothing is acknowledged in vain', (_, overrides) => {
    const { open, idle, findings } = review(bridgeStack(overrides));

    expect({ open, idle }).toEqual({ open: [], idle: [] });
    expect(findings.length).toBeGreaterThan(3);
  });

  it('acknowledges these and no more', () => {
    const rules = review(bridgeStack()).acknowledgements.map(({ id, path }) => `${id} ${path.replace('SegmentMetronomeBridge/Bridge/', '')}`);

    expect(rules.toSorted()).toEqual([
      'AwsSolutions-APIG4 Webhook/Route',
      'AwsSolutions-APIG4 Webhook/RouteWithSlash',
      'AwsSolutions-IAM5[Resource::<BridgeLedgerBucket4F209B98.Arn>/archive/*] Forward',
      'AwsSolutions-IAM5[Resource::<BridgeLedgerBucket4F209B98.Arn>/quarantine/*] Forward',
      'AwsSolutions-S1 Ledger/Bucket',
      'AwsSolutions-SMG4 Secrets/EndpointToken',
      'AwsSolutions-SMG4 Secrets/MetronomeToken',
      'AwsSolutions-SMG4 Secrets/Segment',
    ]);
  });

  it('acknowledges each with a reason a reviewer can weigh', () => {
    for (const { reason } of review(bridgeStack()).acknowledgements) expect(reason).toMatch(/^[A-Z].{80,400}\.$/);
  });

  it('would find what is added without one', () => {
    const stack = bridgeStack();
    const extra = new Bucket(stack, 'Extra');

    expect(review(stack).open.map(({ id, path }) => [id, path])).toContainEqual(['AwsSolutions-S10', `${extra.node.path}/Resource`]);
  });

  it('would find an acknowledgement that nothing needs', () => {
    const stack = bridgeStack();
    acknowledge(stack.bridge.events, 'SQS4', 'Every queue refuses what is not encrypted on its way.');

    expect(review(stack).idle).toMatchObject([{ id: 'AwsSolutions-SQS4' }]);
  });
});
