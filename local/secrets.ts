import type { SecretSeed } from './secrets-manager/secret-shelf.ts';
import type { StartSettings } from './start-settings.ts';

/** What the stand-in for Secrets Manager knows the three by. */
export const SECRET_NAMES = { segment: 'segment-shared-secret', endpointToken: 'endpoint-token', metronomeToken: 'metronome-token' } as const;

/** The token of the embedded sandbox: it guards nothing, but the token's way is then the real one. */
export const SANDBOX_TOKEN = 'local-sandbox-token';

/** The three secrets as if they had just been put. */
export function secretSeeds({ segmentSharedSecret, endpointToken, target }: Pick<StartSettings, 'segmentSharedSecret' | 'endpointToken' | 'target'>): Readonly<Record<string, SecretSeed>> {
  const createdAt = new Date();
  return {
    [SECRET_NAMES.segment]: { value: segmentSharedSecret, createdAt },
    [SECRET_NAMES.endpointToken]: { value: endpointToken, createdAt },
    [SECRET_NAMES.metronomeToken]: { value: target.kind === 'metronome' ? target.token : SANDBOX_TOKEN, createdAt },
  };
}
