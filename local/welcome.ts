import type { Settled } from '../lambda/forward/settle.ts';
import type { LocalBridge } from './bridge.ts';
import { DEFAULT_ENDPOINT_TOKEN, DEFAULT_SEGMENT_SHARED_SECRET } from './start-settings.ts';
import type { StartSettings } from './start-settings.ts';

/** The first line: whether what is sent here costs money. */
export function firstLine({ target }: StartSettings): string {
  if (target.kind === 'metronome') return `Bridge to the REAL Metronome at ${target.baseUrl}: what is sent here is billed there.`;
  return 'Bridge to an embedded Metronome sandbox: nothing leaves this machine, nothing is billed.';
}

/** Where everything is, for whoever started it. */
export function addresses(bridge: LocalBridge, settings: StartSettings): string {
  const rows: (readonly [string, string])[] = [
    ['Studio', `${bridge.url}/`],
    ['Webhook', `${bridge.url}/segment`],
    ['Shared secret', shown(settings.segmentSharedSecret, DEFAULT_SEGMENT_SHARED_SECRET, 'SEGMENT_SHARED_SECRET')],
    ['Endpoint token', shown(settings.endpointToken, DEFAULT_ENDPOINT_TOKEN, 'ENDPOINT_TOKEN')],
    ['State', `${bridge.url}/api/state`],
    ...(bridge.sandbox === undefined ? [] : [['Usage events', `${bridge.sandbox.url}/events`] as const]),
    ['Data folder', bridge.dataFolder],
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(16)}${value}`).join('\n');
}

/** A default is no secret; one that somebody set is never printed. */
function shown(value: string, standard: string, variable: string): string {
  return value === standard ? value : `as set in ${variable}`;
}

/** What became of the sample event, in words. */
export function sampleFate(settled: Settled | undefined, usageEvents: readonly string[]): string {
  if (settled === undefined) return 'The sample event has no fate yet; watch the state.';
  const { fate } = settled;
  switch (fate.kind) {
    case 'delivered':
      return ['Usage event in the embedded sandbox:', ...usageEvents.map(indent), 'Fate: delivered'].join('\n');
    case 'filtered':
      return 'Fate: filtered. No enabled mapping in the mappings file has a trigger that matches it.';
    case 'quarantined':
      return `Fate: quarantined, ${fate.reason}. ${fate.detail ?? ''}`.trimEnd();
    case 'returned':
      return `Fate: returned to the queue for a later try (${fate.cause}).`;
  }
}

/** JSON on lines of its own, for reading. */
export function indent(json: string): string {
  return JSON.stringify(JSON.parse(json), undefined, 2)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
