import { StepFailure } from './step-failure.ts';

/** What the steps need to know of a deployed bridge. */
export interface DeployedStack {
  readonly name: string;
  /** Where webhooks go; of an emulated API an address that needs no DNS. */
  readonly webhook: string;
  readonly segmentSecretArn: string;
  readonly endpointTokenSecretArn: string;
  readonly metronomeTokenSecretArn: string;
  readonly queueUrl: string;
  readonly deadLettersUrl: string;
  readonly bucket: string;
}

/**
 * @param endpoint the emulator's origin; undefined for AWS
 * @throws StepFailure if an output is missing
 */
export function stackOf(name: string, outputs: ReadonlyMap<string, string>, endpoint: string | undefined): DeployedStack {
  const output = (key: string): string => {
    const value = outputs.get(key);
    if (value === undefined) throw new StepFailure(`an output ${key}`, `only ${[...outputs.keys()].join(', ')}`);
    return value;
  };
  return {
    name,
    webhook: reachable(output('WebhookUrl'), endpoint),
    segmentSecretArn: output('SegmentSecretArn'),
    endpointTokenSecretArn: output('EndpointTokenSecretArn'),
    metronomeTokenSecretArn: output('MetronomeTokenSecretArn'),
    queueUrl: output('QueueUrl'),
    deadLettersUrl: output('DeadLetterQueueUrl'),
    bucket: output('LedgerBucketName'),
  };
}

/** Emulators serve an API under their own address, with its id in the path. */
function reachable(webhookUrl: string, endpoint: string | undefined): string {
  if (endpoint === undefined) return webhookUrl;
  const { hostname, pathname } = new URL(webhookUrl);
  return `${endpoint}/_aws/execute-api/${hostname.split('.')[0]}${pathname}`;
}
