import type { Usage } from '../../lambda/forward/route.ts';
import { ownMember } from '../../lambda/json-value.ts';
import type { Entry, Place } from '../input/entry.ts';
import type { Outcome } from './evaluate.ts';

/** An event with what would become of it. */
export interface PreviewedEvent {
  readonly place: Place;
  readonly value: unknown;
  readonly outcome: Outcome;
}

/** An event of a preview, with what is only known of it beside the others. */
export interface NotedEvent extends PreviewedEvent {
  /** Those of its usage events whose transaction_id an earlier one had. */
  readonly repeated: readonly Usage[];
}

/** A place of the input that holds no event, or a part of it that can't be read at all. */
export type BrokenEntry = Extract<Entry, { readonly problem: string }>;

export const BROKEN_WORDS: Readonly<Record<BrokenEntry['kind'], string>> = { broken: 'Broken input', not_read: 'Not read' };

export function isBroken(entry: Entry): entry is BrokenEntry {
  return entry.kind === 'broken' || entry.kind === 'not_read';
}

/** How a preview is shown: its parts as text, empty for what isn't shown. */
export interface Report {
  event(event: NotedEvent): string;
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
