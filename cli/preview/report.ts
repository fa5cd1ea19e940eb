import { ownMember } from '../../lambda/json-value.ts';
import type { Entry, Place } from '../input/entry.ts';
import type { Outcome } from './evaluate.ts';

/** An event with what would become of it. */
export interface PreviewedEvent {
  readonly place: Place;
  readonly value: unknown;
  readonly outcome: Outcome;
}

export type BrokenEntry = Extract<Entry, { kind: 'broken' }>;

/** How a preview is shown: its parts as text, empty for what isn't shown. */
export interface Report {
  event(event: PreviewedEvent): string;
  broken(entry: BrokenEntry): string;
  end(): string;
}

/** What people know an event by. */
interface Head {
  readonly messageId: string | undefined;
  readonly type: string | undefined;
  readonly event: string | undefined;
}

export function headOf(value: unknown): Head {
  return { messageId: textMember(value, 'messageId'), type: textMember(value, 'type'), event: textMember(value, 'event') };
}

function textMember(value: unknown, name: string): string | undefined {
  const member = ownMember(value, name);
  return typeof member === 'string' ? member : undefined;
}
