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
import { operatorFlags } from '../operator/options.ts';
import { ask } from './ask.ts';
import type { Bridge, Credentials, StoredSecret } from './bridge.ts';
import { fail, ok, warn } from './check.ts';
import { orError } from './configuration.ts';
import { once } from './once.ts';
import type { Chosen, Opened } from './opened.ts';
import { Unanswered } from './unanswered.ts';

const NOTHING_TO_CLOSE = (): void => undefined;

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
  const kind = kindOf(operator, resolve(io.projectFolder, start.dataFolder));
  const { localUrl = '' } = operator;
  const flags = operatorFlags(options);
  return {
    finding: ok(`It runs on ${localUrl} (${kind}).`),
    credentials: credentialsOf(start, kind, once(() => targetOf(localUrl))),
    bridge: { ...bridgeOf(operator, settings, io), flags, deploy: 'npm start', webhookUrl: webhookUrl ?? `${localUrl}/segment` },
    close: () => operator.close(),
  };
}

function bridgeOf(operator: Operator, { paused }: Settings, io: Io): Omit<Bridge, 'flags' | 'deploy' | 'webhookUrl'> {
  const { mappingsPath, mappingsVersion } = operator;
  const mappings = orError(ConfigError, () => usableMappings(readMappingsText(mappingsPath, io)));
  return {
    operator,
    mappings,
    runsTheseMappings: async () => !(mappings instanceof ConfigError) && mappings.version === mappingsVersion,
    source: async () => ({ state: paused ? 'Disabled' : 'Enabled', uuid: '' }),
    account: undefined,
  };
}

function kindOf({ localUrl }: Operator, dataFolder: string): string {
  return TARGET_KINDS.find((one) => readOperatorFile(join(dataFolder, one))?.url === localUrl) ?? 'sandbox';
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
