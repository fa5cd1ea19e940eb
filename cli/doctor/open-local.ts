import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { ownMember } from '../../lambda/json-value.ts';
import { ConfigError } from '../../lib/config.ts';
import type { Settings } from '../../lib/config.ts';
import { LocalRunError } from '../../local/local-error.ts';
import { readOperatorFile, TARGET_KINDS } from '../../local/operator-file.ts';
import { SANDBOX_TOKEN } from '../../local/secrets.ts';
import type { StartSettings } from '../../local/start-settings.ts';
import type { Io } from '../io.ts';
import { readMappingsText, usableMappings } from '../mappings.ts';
import type { Operator } from '../operator/operator.ts';
import { ask } from './ask.ts';
import type { Bridge, Credentials, StoredSecret } from './bridge.ts';
import { fail, ok, warn } from './check.ts';
import { orError } from './configuration.ts';
import { once } from './once.ts';
import type { Chosen, Opened } from './open.ts';
import { Unanswered } from './unanswered.ts';

const NOTHING_TO_CLOSE = (): void => undefined;
/** As local/operator-file.ts writes it when a bridge has started. */
const OPERATOR_FILE = 'operator.json';

/** The bridge on this machine, and the secrets that `npm start` would take from this environment. */
export async function openLocal(operator: Operator | Unanswered, { configuration: { start, settings, options }, io, webhookUrl }: Chosen): Promise<Opened> {
  if (start instanceof LocalRunError || settings instanceof ConfigError) {
    if (!(operator instanceof Unanswered)) operator.close();
    return { finding: fail('Not looked at, as the settings are wrong.', 'Mend the settings first.'), close: NOTHING_TO_CLOSE };
  }
  if (operator instanceof Unanswered) {
    const credentials = credentialsOf(start, start.target.kind, async () => (start.target.kind === 'metronome' ? start.target.baseUrl : undefined));
    return { finding: warn(operator.message, 'While one runs, webhook, queues and quarantine are checked, too.'), credentials, close: NOTHING_TO_CLOSE };
  }
  const place = placeOf(operator, resolve(io.projectFolder, start.dataFolder));
  const { localUrl = '' } = operator;
  const flags = options.target === undefined ? ' --local' : ` --local --target ${options.target}`;
  return {
    finding: ok(`It runs on ${localUrl} (${place.kind}).`),
    credentials: credentialsOf(start, place.kind, once(() => targetOf(localUrl))),
    bridge: { ...bridgeOf(operator, place.folder, settings, io), flags, webhookUrl: webhookUrl ?? `${localUrl}/segment` },
    close: () => operator.close(),
  };
}

function bridgeOf(operator: Operator, folder: string, { paused }: Settings, io: Io): Omit<Bridge, 'flags' | 'webhookUrl'> {
  const { mappingsPath } = operator;
  return {
    operator,
    mappings: orError(ConfigError, () => usableMappings(readMappingsText(mappingsPath, io))),
    // It tells no version, but has read the file about when it left word of itself.
    runsTheseMappings: async () => statSync(mappingsPath).mtimeMs <= statSync(join(folder, OPERATOR_FILE)).mtimeMs,
    source: async () => ({ state: paused ? 'Disabled' : 'Enabled', uuid: '' }),
    account: undefined,
  };
}

function placeOf({ localUrl }: Operator, dataFolder: string): { readonly folder: string; readonly kind: string } {
  const kind = TARGET_KINDS.find((one) => readOperatorFile(join(dataFolder, one))?.url === localUrl) ?? 'sandbox';
  return { kind, folder: join(dataFolder, kind) };
}

function credentialsOf({ segmentSharedSecret, endpointToken, target }: StartSettings, kind: string, metronomeBaseUrl: Credentials['metronomeBaseUrl']): Credentials {
  const token = target.kind === 'metronome' ? target.token : undefined;
  return {
    segment: fromEnvironment('SEGMENT_SHARED_SECRET', segmentSharedSecret),
    endpointToken: fromEnvironment('ENDPOINT_TOKEN', endpointToken),
    metronomeToken: fromEnvironment('METRONOME_API_TOKEN', kind === 'sandbox' ? SANDBOX_TOKEN : token),
    metronomeBaseUrl,
  };
}

function fromEnvironment(name: string, value: string | undefined): StoredSecret {
  return { read: async () => value, howToSet: `Set ${name} in this environment, as it is for npm start.` };
}

/** Where the running bridge sends. */
async function targetOf(localUrl: string): Promise<string | undefined> {
  const state: unknown = await ask({ what: 'The local bridge', permission: '' }, async ({ abortSignal }) => (await fetch(`${localUrl}/api/state`, { signal: abortSignal })).json());
  const url = ownMember(ownMember(state, 'sandbox'), 'url') ?? ownMember(state, 'target');
  return typeof url === 'string' ? url : undefined;
}
