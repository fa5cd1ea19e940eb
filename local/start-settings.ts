import { METRONOME_BASE_URL } from '../lambda/limits.ts';
import { metronomeOrigin } from '../lambda/metronome-origin.ts';
import { LocalRunError } from './local-error.ts';
import type { Target } from './target.ts';

/** The local run's own environment; the bridge's settings come beside it. */
export interface StartSettings {
  readonly port: number;
  readonly dataFolder: string;
  readonly segmentSharedSecret: string;
  readonly endpointToken: string;
  readonly target: Target;
}

const DEFAULT_PORT = 8787;
export const DEFAULT_DATA_FOLDER = '.bridge';
export const DEFAULT_SEGMENT_SHARED_SECRET = 'local-shared-secret';
export const DEFAULT_ENDPOINT_TOKEN = 'local-endpoint-token';

/**
 * Reads the environment; an empty variable counts as not set.
 * @param metronomeBaseUrl where the real Metronome is, unless METRONOME_BASE_URL says otherwise
 * @throws LocalRunError that names the variable
 */
export function readStartSettings(environment: NodeJS.ProcessEnv, metronomeBaseUrl: string = METRONOME_BASE_URL): StartSettings {
  return {
    port: portFrom(environment['BRIDGE_PORT'] || String(DEFAULT_PORT)),
    dataFolder: environment['BRIDGE_DATA'] || DEFAULT_DATA_FOLDER,
    segmentSharedSecret: environment['SEGMENT_SHARED_SECRET'] || DEFAULT_SEGMENT_SHARED_SECRET,
    endpointToken: tokenFrom(environment['ENDPOINT_TOKEN'] || DEFAULT_ENDPOINT_TOKEN),
    target: targetFrom(environment, metronomeBaseUrl),
  };
}

function portFrom(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new LocalRunError(`BRIDGE_PORT is "${text}"; expected a whole number from 0 to 65535 (0 takes any free port).`);
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1, and a little wider: what a header carries unchanged. */
function tokenFrom(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new LocalRunError('ENDPOINT_TOKEN has characters that a header can not carry; use ASCII letters, digits and signs, without spaces.');
}

function targetFrom(environment: NodeJS.ProcessEnv, metronomeBaseUrl: string): Target {
  const token = environment['METRONOME_API_TOKEN']?.trim();
  const baseUrl = environment['METRONOME_BASE_URL'];
  if (token) return { kind: 'metronome', baseUrl: baseUrl ? originFrom(baseUrl) : metronomeBaseUrl, token };
  if (baseUrl) throw new LocalRunError('METRONOME_BASE_URL has no effect without METRONOME_API_TOKEN. Set the token too, or unset the URL to use the embedded sandbox.');
  return { kind: 'sandbox' };
}

function originFrom(text: string): string {
  const origin = metronomeOrigin(text);
  if (origin !== undefined) return origin;
  throw new LocalRunError(
    `METRONOME_BASE_URL is "${text}"; expected an https origin without a path, like ${METRONOME_BASE_URL} (http only for this machine).`,
  );
}
