import { describe, expect, it } from '@jest/globals';

import { placeText } from '../../../cli/input/entry.ts';
import { diffTextReport } from '../../../cli/preview/diff/text-report.ts';
import { createDiffTally } from '../../../cli/preview/diff/tally.ts';
import { eventText, unmatchedLines } from '../../../cli/preview/event-text.ts';
import { tallyText } from '../../../cli/preview/summary-text.ts';
import { createTally } from '../../../cli/preview/tally.ts';
import { brokenText } from '../../../cli/preview/text-report.ts';

/** Forges a line, and turns the writing around. */
const HOSTILE = 'x\nquarantined\u202e';
const SHOWN = 'x\\u000aquarantined\\u202e';

const FAULT = { reason: 'mapping_failed', detail: 'failed.' } as const;
const OUTCOME = { fate: { kind: 'quarantined', ...FAULT } as const, usage: [{ kind: 'faulty' as const, mapping: HOSTILE, transactionId: undefined, fault: FAULT }] };
const EVENT = { place: { file: HOSTILE, line: 3 }, value: { type: 'track' }, outcome: OUTCOME, repeated: [] };

function diffText(): string {
  return diffTextReport({ before: HOSTILE, after: 'new.json' }, false).event({ ...EVENT, before: OUTCOME, changes: [{ kind: 'now_sent', mapping: HOSTILE }] });
}

function diffSummary(): string {
  const tallying = createDiffTally();
  tallying.event([], OUTCOME, OUTCOME);
  return diffTextReport({ before: HOSTILE, after: 'new.json' }, false).end(tallying.tally());
}

function summaryText(): string {
  const tally = createTally([HOSTILE]);
  tally.event(OUTCOME);
  return tallyText(tally.tally());
}

describe('preview shows on one line', () => {
  it.each<[string, () => string]>([
    ['a file\'s name', () => placeText({ file: HOSTILE, line: 3 })],
    ['what is wrong with a line', () => brokenText({ kind: 'broken', place: { file: 'a.json' }, problem: `is not JSON: ${HOSTILE}` })],
    ['the file of an event and its mappings', () => eventText(EVENT, [])],
    ['the mappings that an event doesn\'t match', () => [...unmatchedLines(new Map([[HOSTILE, 'type = "track"']]), true), ...unmatchedLines(new Map([[HOSTILE, '']]), false)].join(' ')],
    ['the mappings of a summary', summaryText],
    ['what changes', diffText],
    ['the files that are compared', diffSummary],
  ])('%s', (_, textOf) => {
    const text = textOf();

    expect(text.replaceAll(/\s+/g, ' ')).toContain(SHOWN);
    expect(text).not.toContain('\u202e');
    expect(text).not.toContain('x\nquarantined');
  });
});
