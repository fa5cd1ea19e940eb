import { newSecret, putSecret } from '../put-secret.ts';
import type { Run } from '../run-context.ts';

/** Gives the three secrets a value, as somebody does who sets up the bridge. */
export async function setSecrets(run: Run): Promise<void> {
  const { stack, metronome, credentials } = run;
  const token = newSecret();
  metronome.takeOnly(token);
  await putSecret(run, stack.segmentSecretArn, credentials.sharedSecret);
  await putSecret(run, stack.endpointTokenSecretArn, credentials.endpointToken);
  await putSecret(run, stack.metronomeTokenSecretArn, token);
}
