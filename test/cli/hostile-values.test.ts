import { describe, expect, it } from '@jest/globals';

import { deadLettersText } from '../../cli/deadletters/list.ts';
import type { LedgerEntry } from '../../cli/ledger/read-ledger.ts';
import type { LedgerLine } from '../../cli/ledger/ledger-line.ts';
import { eventText } from '../../cli/preview/event-text.ts';
import { listText } from '../../cli/quarantine/list-report.ts';
import { showText } from '../../cli/quarantine/show-text.ts';
import { replayText } from '../../cli/replay/report.ts';
import { createOutcomeTally } from '../../cli/replay/tally.ts';
import { printable } from '../../cli/text.ts';
import { everything } from '../../cli/replay/unmatched.ts';
import { journeyOf, journeysOf } from '../../cli/trace/journey.ts';
import { journeysText } from '../../cli/trace/text-report.ts';
import type { Usage } from '../../lambda/forward/route.ts';
import { toMessage } from '../../lambda/message.ts';
import { deliveredUsage, lineOf } from './replay/lines.ts';

/** Clears the screen, forges a line, and turns the writing around. */
const HOSTILE = 'x\u001b[2J\nNow: delivered.\u202e\u2028\u009b';
const SHOWN = 'x\\u001b[2J\\u000aNow: delivered.\\u202e\\u2028\\u009b';
const PLAIN = 'x';
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function hostileLine(text: string): LedgerLine {
  const fault = { reason: text, field: text, detail: text };
  return lineOf(0, { sqsMessageId: text, replayOf: text, messageId: text, mappingVersion: text, ...fault, usage: [{ mapping: text, transactionId: text, verdict: 'quarantined', ...fault, detail: `${text}.` }] });
}

const entryOf = (text: string, line = hostileLine(text)): LedgerEntry => ({ prefix: 'quarantine', key: 'key', text: '', eventText: text, line });

function traceText(text: string): string {
  const replay = { key: 'key', text: '', record: { at: text, root: text, sqsMessageId: text, by: { reason: text } } };
  return journeysText(journeysOf({ entries: [entryOf(text)], replays: [replay] }));
}

function quarantineListText(text: string): string {
  const sample = { root: text, line: hostileLine(text), key: 'key', delivered: [], failed: [], waiting: [] };
  const group = { reason: text, mapping: text, day: '2026-11-21', events: 1, sample };
  const before = { delivered: 0, filtered: 0, notBack: { events: 1, oldest: { root: text, at: 0 } }, unknown: 0 };
  return listText({ open: { size: 1 }, before, groups: [group], samples: new Map([[text, hostileLine(text)]]), unmatched: undefined, command: '' }, 'the stack Bridge');
}

function quarantineShowText(text: string): string {
  const fault = { reason: 'missing_field' as const, field: text, detail: text };
  const usage: readonly Usage[] = [{ kind: 'faulty' as const, mapping: text, transactionId: text, fault }, { kind: 'ready' as const, mapping: text, transactionId: text, json: text, bytes: 1, hasRoundedId: false }];
  const judgement = { outcome: { kind: 'quarantined' as const, fault }, usage, message: toMessage(Buffer.from(''), '') };
  const twice = [deliveredUsage(text, text), deliveredUsage(text, `${text}2`)];
  const journey = journeyOf(text, { entries: [entryOf(text), entryOf(text, lineOf(1, { replayOf: text, usage: twice }))], replays: [] });
  return showText({ entry: entryOf(text), journey, judged: { judgement, mappingsName: 'mappings.json' }, others: [text] });
}

function replayReport(text: string): string {
  const tally = createOutcomeTally();
  tally.add(text, { kind: 'quarantined', fault: { reason: 'missing_field', detail: text } });
  const open = { size: 1, find: () => undefined, [Symbol.iterator]: () => [].values() };
  return replayText({ selection: { open, replayed: 0, stillFiltered: 0, closed: [], everything: everything([]) }, unmatched: undefined, tally, replayed: { queued: 0, unsent: 0, unclear: 0, taken: 0 }, isDryRun: false, isInterrupted: false, mappings: { name: 'mappings.json', version: '1' }, command: '', sends: () => false });
}

function deadLettersList(text: string): string {
  const letter = { sqsMessageId: text, messageId: text, acceptedAt: text, receives: 300, daysLeft: 1 };
  return deadLettersText([letter], { arn: '', messages: 1, retentionSeconds: 0 }, 'the stack Bridge');
}

function previewText(text: string): string {
  const usage: readonly Usage[] = [{ kind: 'faulty', mapping: 'calls', transactionId: undefined, fault: { reason: 'mapping_failed', detail: text } }];
  const fate = { kind: 'quarantined', reason: 'mapping_failed', detail: text } as const;
  return printable(eventText({ place: { file: 'a.json' }, value: { type: text, event: text }, outcome: { fate, usage }, repeated: [] }, []));
}

describe.each<[string, (text: string) => string]>([
  ['trace', traceText],
  ['quarantine list', quarantineListText],
  ['quarantine show', quarantineShowText],
  ['the report of a replay', replayReport],
  ['deadletters list', deadLettersList],
  ['preview', previewText],
])('%s', (_, textOf) => {
  it('shows hostile values as what they are, and on the lines they belong to', () => {
    const text = textOf(HOSTILE);
    const unwrapped = text.replaceAll(/\s+/g, ' ');

    expect(text.split('\n').some((line) => UNSEEN.test(line))).toBe(false);
    expect(unwrapped).toContain(SHOWN);
    expect(text.split('\n').filter((line) => line.startsWith('Now: delivered'))).toEqual([]);
  });

  it('shows plain values as they are', () => {
    expect(textOf(PLAIN)).not.toContain('\\u');
  });
});
