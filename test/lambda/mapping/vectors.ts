import { readFileSync } from 'node:fs';

/** One case of test/fixtures: what Segment's hosted destination did when it was run. */
export interface Vector {
  readonly name: string;
  readonly mapping: unknown;
  readonly event: unknown;
  readonly fql: string;
  /** Of metronome.json: absent means the preset, null means that none is evaluated. */
  readonly trigger?: string | null;
  readonly expected: unknown;
}

export type VectorFile = 'mapping.json' | 'metronome.json' | 'triggers.json';

export function readVectors(file: VectorFile): readonly Vector[] {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${file}`, import.meta.url), 'utf8'));
}

/** The error's text when hosted threw, else undefined. */
export function expectedError(vector: Vector): string | undefined {
  const { expected } = vector;
  if (typeof expected !== 'object' || expected === null || !('error' in expected)) return undefined;
  return String(expected.error);
}

/** The vectors write JavaScript's undefined as {"undefined": true}, at the root or as an array item. */
export function expectedValue(expected: unknown): unknown {
  if (Array.isArray(expected)) return expected.map(expectedValue);
  if (typeof expected !== 'object' || expected === null) return expected;
  if ('undefined' in expected) return undefined;
  return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, expectedValue(value)]));
}

/** The same value, frozen at every depth: changing it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}

export const DEFAULT_TRIGGER = 'type = "track"';

export const DEFAULT_MAPPING = deepFreeze({
  transaction_id: { '@path': '$.messageId' },
  customer_id: { '@path': '$.context.groupId' },
  timestamp: { '@path': '$.timestamp' },
  event_type: { '@path': '$.event' },
  properties: { '@path': '$.properties' },
});
