import { CfnResource, Token } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

import { acknowledge } from './acknowledge.ts';
import type { Settings } from './config.ts';
import { deletionPolicy } from './deletion.ts';

/** Characters of a generated secret: letters and digits, so that it can be pasted anywhere. */
const SECRET_CHARACTERS = 40;
const SECRET_ARN_SUFFIX = /-[A-Za-z0-9]{6}$/;

/** Why none of the three rotates on a schedule. */
const NOT_ROTATED = {
  Segment:
    'Segment holds the same value, in a setting that AWS cannot write: a scheduled rotation would make every webhook fail until a person has pasted the new one. ' +
    'Rotated by hand, without loss: the previous version still counts for previousSecretHours.',
  EndpointToken:
    'Segment holds the same value, in a header of its webhook mapping that AWS cannot write: a scheduled rotation would make every batch fail until a person has pasted the new one. ' +
    'Rotated by hand, without loss: the previous version still counts for previousSecretHours.',
  MetronomeToken:
    'Metronome issues this token, for a person in its own console; AWS cannot make one. Rotated by hand: forward reads a new value within five minutes, or at once when the old one is refused.',
} as const;

export interface SecretReference {
  readonly secret: ISecret;
  readonly arn: string;
  /** What a policy has to name for GetSecretValue. */
  readonly grantArns: readonly string[];
}

/** The three secrets, made here or brought along by ARN. */
export class Secrets extends Construct {
  readonly segment: SecretReference;
  readonly endpointToken: SecretReference;
  readonly metronomeToken: SecretReference;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const make = (secretId: keyof typeof NOT_ROTATED, description: string): Secret => {
      const secret = new Secret(this, secretId, {
        description,
        generateSecretString: { passwordLength: SECRET_CHARACTERS, excludePunctuation: true },
        removalPolicy: deletionPolicy(settings),
      });
      acknowledge(secret, 'SMG4', NOT_ROTATED[secretId]);
      return secret;
    };
    const { segmentSecretArn, endpointTokenSecretArn, metronomeTokenSecretArn } = settings;
    this.segment =
      segmentSecretArn === undefined
        ? made(make('Segment', "Shared secret of Segment's webhook destination: signs every webhook"))
        : this.#brought('Segment', segmentSecretArn);
    this.endpointToken =
      endpointTokenSecretArn === undefined
        ? made(make('EndpointToken', "Bearer token of Segment's webhook destination (header Authorization): proves batches, which the signature does not cover"))
        : this.#brought('EndpointToken', endpointTokenSecretArn);
    this.metronomeToken =
      metronomeTokenSecretArn === undefined
        ? made(withoutValue(make('MetronomeToken', 'API token of Metronome: has no value until you put one, and events wait for it')))
        : this.#brought('MetronomeToken', metronomeTokenSecretArn);
  }

  /**
   * An ARN without the six characters that Secrets Manager appends stands for the name; the policy has to cover those too. Of
   * a token nobody knows yet which it is, so the policy names both.
   */
  #brought(id: string, arn: string): SecretReference {
    const withSuffix = `${arn}-??????`;
    if (Token.isUnresolved(arn)) return { secret: Secret.fromSecretCompleteArn(this, id, arn), arn, grantArns: [arn, withSuffix] };
    if (SECRET_ARN_SUFFIX.test(arn)) return { secret: Secret.fromSecretCompleteArn(this, id, arn), arn, grantArns: [arn] };
    return { secret: Secret.fromSecretPartialArn(this, id, arn), arn, grantArns: [withSuffix] };
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
  return { secret, arn: secret.secretArn, grantArns: [secret.secretArn] };
}
