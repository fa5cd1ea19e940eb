import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import { createSecretSource } from '../secrets.ts';
import { errorName } from '../error-text.ts';
import type { Telemetry } from '../telemetry.ts';
import type { TokenSource } from './post.ts';

/** Every request of an invocation finds the token missing; one line for all of them is enough. Milliseconds. */
const SAY_AGAIN_MS = 10_000;

/** Metronome's token out of Secrets Manager. While none was ever set, it says so, with the command that sets it. */
export function createTokenSource(secretId: string, telemetry: Telemetry): TokenSource {
  const source = createSecretSource({
    client: new SecretsManagerClient({}),
    secretId,
    // A Metronome token is archived by its owner; a second live one here would only hide that.
    previousSecretHours: 0,
    now: Date.now,
    onStale: (error) => telemetry.error('secret_refresh_failed', { secretId, error: errorName(error) }),
  });
  let saidAt = Number.NEGATIVE_INFINITY;
  const orCommand = (token: string | undefined): string | undefined => {
    if (token === undefined && Date.now() - saidAt >= SAY_AGAIN_MS) {
      saidAt = Date.now();
      telemetry.count('TokenNotSet');
      const command = `aws secretsmanager put-secret-value --secret-id ${secretId} --secret-string <your Metronome API token>`;
      telemetry.error('metronome_token_not_set', { advice: 'Events wait in the queue until the token is set.', command });
    }
    return token;
  };
  return {
    read: async () => orCommand((await source.read())[0]?.value),
    reread: async () => orCommand((await source.reread())[0]?.value),
  };
}
