import { CfnResource } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

import type { Settings } from './config.ts';
import { deletionPolicy } from './deletion.ts';

/** Characters of a generated secret: letters and digits, so that it can be pasted anywhere. */
const SECRET_CHARACTERS = 40;
const SECRET_ARN_SUFFIX = /-[A-Za-z0-9]{6}$/;

export interface SecretReference {
  readonly arn: string;
  /** What a policy has to name for GetSecretValue. */
  readonly grantArn: string;
}

/** The three secrets, made here or brought along by ARN. */
export class Secrets extends Construct {
  readonly segment: SecretReference;
  readonly endpointToken: SecretReference;
  readonly metronomeToken: SecretReference;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const make = (secretId: string, description: string): Secret =>
      new Secret(this, secretId, {
        description,
        generateSecretString: { passwordLength: SECRET_CHARACTERS, excludePunctuation: true },
        removalPolicy: deletionPolicy(settings),
      });
    this.segment = settings.segmentSecretArn === undefined ? made(make('Segment', "Shared secret of Segment's webhook destination: signs every webhook")) : brought(settings.segmentSecretArn);
    this.endpointToken =
      settings.endpointTokenSecretArn === undefined
        ? made(make('EndpointToken', "Bearer token of Segment's webhook destination (header Authorization): proves batches, which the signature does not cover"))
        : brought(settings.endpointTokenSecretArn);
    this.metronomeToken =
      settings.metronomeTokenSecretArn === undefined
        ? made(withoutValue(make('MetronomeToken', 'API token of Metronome: has no value until you put one, and events wait for it')))
        : brought(settings.metronomeTokenSecretArn);
  }
}

/** Without a value the secret answers ResourceNotFoundException, which can't be mistaken for a token that Metronome refuses. */
function withoutValue(secret: Secret): Secret {
  const resource = secret.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new TypeError(`${secret.node.path} is not a secret of CloudFormation`);
  resource.addPropertyDeletionOverride('GenerateSecretString');
  return secret;
}

function made(secret: Secret): SecretReference {
  return { arn: secret.secretArn, grantArn: secret.secretArn };
}

/** An ARN without the six characters that Secrets Manager appends stands for the name; the policy has to cover those too. */
function brought(arn: string): SecretReference {
  return { arn, grantArn: SECRET_ARN_SUFFIX.test(arn) ? arn : `${arn}-??????` };
}
