/**
 * What the studio's page and its server say to each other. Every path but the page's own files needs the header
 * `x-studio-token` with the token that the page was served with. Bodies are JSON; an error is `Problem` with a 4xx or 5xx.
 */
import type { FinalFate } from '../tally.ts';

/** Requests; where one has a body, its type stands behind it, and after the arrow that of the answer. */
export const PATHS = {
  /** GET → `EventPage`, the newest first; `?before=<seq>&limit=<n>&fate=&reason=&text=`; several fates or reasons by commas */
  events: '/api/studio/events',
  /**
   * GET → server-sent events: `events` with `LiveEvent[]`, the oldest first; `counts` with `LiveCounts`; and `resync` when the
   * page has missed too many, or is of an earlier start: then it asks for `events` anew. `?after=<seq>`
   */
  stream: '/api/studio/stream',
  /** GET `?seq=<n>` → `EventDetail` */
  event: '/api/studio/event',
  /** GET → `MappingsFileView` */
  mappings: '/api/studio/mappings',
  /** POST `{text}` → `LintView` */
  lint: '/api/studio/lint',
  /** POST `{text, event}`, both texts → `TryView` */
  try: '/api/studio/try',
  /** POST `{text}` → `RunView`: the last 1,000 events with the saved mappings and with these */
  run: '/api/studio/run',
  /** POST `{text, baseVersion}` → `SaveView` */
  save: '/api/studio/save',
  /** GET → `QuarantineView` */
  quarantine: '/api/studio/quarantine',
  /** POST `ReplayRequest` → `ReplayView` */
  replay: '/api/studio/replay',
  /** GET → `SampleView[]`: signed test requests and the project's sample events */
  samples: '/api/studio/samples',
  /** POST `SendRequest` → `SendView` */
  send: '/api/studio/send',
} as const;

/** A sentence for a person: what is wrong, and the next step. */
export interface Problem {
  readonly error: string;
}

export type LiveFate = FinalFate['fate'] | 'returned';

/** One run of one event through forward; an event that comes back has several, with the same `sqsMessageId`. */
export interface LiveEvent {
  /** Counts up; the page's name for it. */
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly acceptedAt: number;
  readonly sqsMessageId: string;
  /** The message it was accepted as, if it was sent again by a replay. */
  readonly replayOf?: string;
  readonly messageId?: string;
  /** Segment's `type` and `event`, and the customer of its first usage event, where they are texts. */
  readonly type?: string;
  readonly name?: string;
  readonly customer?: string;
  readonly fate: LiveFate;
  /** Of a quarantined event, or the cause of a return. */
  readonly reason?: string;
  readonly field?: string;
  readonly mappings: readonly string[];
  readonly receiveCount: number;
}

export interface EventPage {
  readonly events: readonly LiveEvent[];
  /** True if older ones are kept. */
  readonly hasMore: boolean;
}

/** Since the data folder began, but `lastMinutes`: one entry for each minute, the oldest first. */
export interface LiveCounts {
  readonly accepted: number;
  readonly fates: Readonly<Record<FinalFate['fate'], number>>;
  readonly waiting: number;
  readonly deadLetters: number;
  /** `sandbox`, or the origin of the Metronome that bills. */
  readonly target: string;
  /** Another one whenever the mappings file on disk is another one. */
  readonly mappingsStamp: string;
  readonly lastMinutes: readonly { readonly at: number; readonly delivered: number; readonly filtered: number; readonly quarantined: number; readonly returned: number }[];
}

export interface UsageView {
  readonly mapping: string;
  readonly transactionId?: string;
  readonly verdict: 'delivered' | 'quarantined' | 'returned';
  /** Metronome's status. */
  readonly status?: number;
  readonly reason?: string;
  readonly field?: string;
  /** One sentence; may quote Metronome. */
  readonly detail?: string;
  /** The usage event as sent, JSON; absent when it couldn't be made. */
  readonly json?: string;
}

export interface EventDetail {
  readonly event: LiveEvent;
  /** The raw Segment event; `encoding` is `base64` only where its bytes are no UTF-8. */
  readonly raw: string;
  readonly encoding: 'text' | 'base64';
  readonly usage: readonly UsageView[];
  /** JSON pointer into the raw event of the value at fault, where one is known. */
  readonly faultPath?: string;
  readonly mappingVersion: string;
  /** All runs of the same message, the first one first. */
  readonly runs: readonly LiveEvent[];
  /** When an event that was returned is tried again, epoch milliseconds: not before `from`, and soon after `to`. A restart tries it at once. */
  readonly comesBack?: { readonly from: number; readonly to: number };
}

export interface FindingView {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly mapping: string;
  /** As `mappings[0].mapping.properties`. */
  readonly path: string;
  readonly message: string;
  readonly suggestion: string;
  readonly acknowledged: boolean;
  /** Where in the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

export interface LintView {
  /** Not JSON, a wrong shape, a key twice: nothing can be tried or saved. */
  readonly problems: readonly string[];
  readonly findings: readonly FindingView[];
}

export interface MappingsFileView extends LintView {
  readonly path: string;
  readonly text: string;
  /** Hash of the file on disk; `baseVersion` when it is saved. */
  readonly version: string;
  /** The version that forward uses now. */
  readonly running: string;
  /** Why forward doesn't use the file as it is on disk, if it can't: a sentence. */
  readonly notRunning?: string;
  /** The text of what runs instead of it. */
  readonly runningText?: string;
  /** Paths seen in recent events, as `$.properties.pages`, the most frequent first. */
  readonly paths: readonly string[];
}

/** What one condition of a trigger made of the event. */
export interface ConditionView {
  /** As it stands in the trigger, or `and` / `or` for a group. */
  readonly text: string;
  readonly holds: boolean;
  /** What the event has there, JSON; absent if it has nothing. */
  readonly actual?: string;
  readonly children: readonly ConditionView[];
}

export interface FieldView {
  readonly field: string;
  /** JSON; absent if it came to nothing. */
  readonly value?: string;
  /** Where it came from: paths of the event with what they hold, JSON. */
  readonly sources: readonly { readonly path: string; readonly value?: string }[];
}

export interface MappingTry {
  readonly mapping: string;
  readonly enabled: boolean;
  readonly matched: boolean;
  readonly trigger: string;
  readonly condition?: ConditionView;
  readonly fields: readonly FieldView[];
  /** The usage event, JSON, if it is right. */
  readonly json?: string;
  readonly fault?: { readonly reason: string; readonly field?: string; readonly detail?: string };
  /** What the saved mapping of this name makes of the event, where that differs; without `enabled`, the file has none. */
  readonly saved?: { readonly enabled?: boolean; readonly matched: boolean; readonly json?: string; readonly fault?: { readonly reason: string; readonly field?: string } };
}

/** A mapping of the saved file that the edited text has no longer under this name, and what it makes of the event. */
export type DeletedTry = Omit<MappingTry, 'fields' | 'saved'>;

export interface TryView {
  readonly fate: FinalFate['fate'];
  readonly reason?: string;
  readonly field?: string;
  /** With the mappings as saved. */
  readonly savedFate: FinalFate['fate'];
  readonly mappings: readonly MappingTry[];
  readonly deleted: readonly DeletedTry[];
}

export interface RunView {
  readonly events: number;
  /** Events whose fate or usage events change; at most 200 of them. */
  readonly changes: readonly { readonly event: LiveEvent; readonly before: string; readonly after: string }[];
  readonly changed: number;
  readonly fatesBefore: Readonly<Record<FinalFate['fate'], number>>;
  readonly fatesAfter: Readonly<Record<FinalFate['fate'], number>>;
}

export type SaveView =
  | { readonly kind: 'saved'; readonly text: string; readonly version: string }
  /** Errors that aren't acknowledged. */
  | { readonly kind: 'refused'; readonly lint: LintView }
  /** The file changed on disk meanwhile; nothing was written. */
  | { readonly kind: 'conflict'; readonly diskText: string; readonly version: string };

export interface QuarantineView {
  readonly total: number;
  readonly groups: readonly {
    readonly reason: string;
    readonly field?: string;
    readonly count: number;
    /** The latest first, at most 20. */
    readonly samples: readonly { readonly sqsMessageId: string; readonly messageId?: string; readonly at: number; readonly detail?: string; readonly raw: string }[];
  }[];
}

export interface ReplayRequest {
  readonly reason?: string;
  readonly field?: string;
  /** Nothing is sent, it is only counted. */
  readonly dryRun: boolean;
}

export interface ReplayView {
  readonly selected: number;
  readonly wouldBe: { readonly delivered: number; readonly filtered: number; readonly quarantined: number; readonly refused: number };
  readonly queued: number;
  /** What a person has to know besides, each a sentence. */
  readonly notes: readonly string[];
}

export interface SampleView {
  readonly name: string;
  readonly event: string;
}

export interface SendRequest {
  readonly kind: 'single' | 'batch' | 'bad_signature' | 'oversize';
  /** A Segment event, JSON. */
  readonly event: string;
}

export interface SendView {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}
