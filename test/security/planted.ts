import { randomUUID } from 'node:crypto';

import { trackEvent } from '../helpers/segment.ts';

/** Planted where an event holds what a log must not. */
export const EVENT_MARKER = 'planted-in-an-event';
/** Planted in every secret. */
export const SECRET_MARKER = 'planted-in-a-secret';
export const SHARED_SECRET = `${SECRET_MARKER}-segment`;
export const ENDPOINT_TOKEN = `${SECRET_MARKER}-endpoint`;
export const METRONOME_TOKEN = `${SECRET_MARKER}-metronome`;

const PLANTED = {
  userId: EVENT_MARKER,
  anonymousId: EVENT_MARKER,
  properties: { email: `${EVENT_MARKER}@example.com`, [EVENT_MARKER]: { nested: [EVENT_MARKER] } },
  context: { groupId: EVENT_MARKER, ip: EVENT_MARKER, traits: { name: EVENT_MARKER } },
};

/** An event full of markers, but for its ids, which logs may hold. */
export function plantedEvent(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return trackEvent(randomUUID(), { event: EVENT_MARKER, ...PLANTED, ...changes });
}

/** An event for each fate and each reason that the default mapping can end in, each body unlike every other. */
export function plantedBodies(): readonly string[] {
  const events = [
    {},
    { type: 'identify' },
    { event: `refused ${EVENT_MARKER}` },
    { context: { ip: EVENT_MARKER } },
    { event: { [EVENT_MARKER]: EVENT_MARKER } },
    { timestamp: EVENT_MARKER },
    { timestamp: '2001-01-01T00:00:00.000Z' },
    { timestamp: '2199-01-01T00:00:00.000Z' },
    { context: { groupId: EVENT_MARKER.repeat(20) } },
    { properties: Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`${EVENT_MARKER}-${index}`, 1])) },
    { properties: EVENT_MARKER },
    { messageId: { [EVENT_MARKER]: 1 } },
  ].map((changes) => JSON.stringify(plantedEvent(changes)));
  return [...events, `{"broken": "${EVENT_MARKER}" ${randomUUID()}`, JSON.stringify([EVENT_MARKER, randomUUID()]), JSON.stringify(`${EVENT_MARKER} ${randomUUID()}`)];
}
