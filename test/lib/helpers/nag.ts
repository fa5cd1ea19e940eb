import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** A rule at a construct. */
export interface Finding {
  readonly id: string;
  readonly path: string;
}

export interface Acknowledgement extends Finding {
  readonly reason: string;
}

/** What cdk-nag's AwsSolutions pack finds at or below a construct, as if nothing were acknowledged. */
export function findingsIn(scope: IConstruct): readonly Finding[] {
  const checks = new AwsSolutionsChecks();
  Object.defineProperty(checks, 'isAcknowledged', { value: () => false });
  return checks.validateScope(scope).violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath = '' }) => ({ id: ruleName, path: constructPath })));
}

/** What is acknowledged at or below a construct. */
export function acknowledgementsIn(scope: IConstruct): readonly Acknowledgement[] {
  return scope.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries<string>(data).map(([id, reason]) => ({ id: id.replace(/^Annotation::/, ''), path: node.path, reason }))),
  );
}

/** True if the acknowledgement is of this finding: the same rule, at the construct or above it. */
export function covers(acknowledgement: Acknowledgement, { id, path }: Finding): boolean {
  return acknowledgement.id === id && `${path}/`.startsWith(`${acknowledgement.path}/`);
}
