import type { EventDetail } from '../../api.ts';

/**
 * The raw event as text. It may travel as base64 only because the queue can't carry one of its characters.
 * @returns nothing if its bytes are no UTF-8
 */
export function rawText({ raw, encoding }: Pick<EventDetail, 'raw' | 'encoding'>): string | undefined {
  if (encoding === 'text') return raw;
  try {
    const bytes = Uint8Array.from(atob(raw), (unit) => unit.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
