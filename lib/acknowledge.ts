import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says why a finding of cdk-nag's AwsSolutions pack is no mistake here. It is kept in CDK's own metadata: an app that embeds
 * the bridge and runs cdk-nag gets it along, and nobody else needs cdk-nag.
 *
 * @param finding the rule, and for one with details its full id, as `IAM5[Resource::*]`: a bare rule would cover none of them
 * @param reason a sentence for whoever reviews the account
 */
export function acknowledge(construct: IConstruct, finding: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${finding}`, reason });
}
