import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';

import { SQS_IN_FLIGHT_LIMIT } from '../../bench/outage/scenario.ts';
import { withTables } from '../../bench/markdown.ts';
import { PAGE, tables } from '../../bench/scaling/page.ts';
import { METRONOME_RATE, SEGMENT_BATCH } from '../../bench/scaling/quotas.ts';
import { LEDGER_BYTES_PER_EVENT, LEDGER_MB_PER_SECOND, RECONCILE_BYTES_PER_EVENT } from '../../bench/scaling/measured.ts';
import { ADVICE, SHORTER_DELAYS } from '../../bench/scaling/rates.ts';
import { MB_PER_CORE, WAIT_MS } from '../../cli/cost/assumed.ts';
import { DEFAULT_HOURS } from '../../cli/trace/window.ts';
import { INGEST_MAX_BODY_BYTES } from '../../lambda/limits.ts';
import { DEFAULTS, loadSettings } from '../../lib/config.ts';
import { outageHours } from '../../lib/outage-hours.ts';

const TEXT = readFileSync(PAGE, 'utf8');
/** The page as one line, so that a sentence may run over several. */
const PROSE = TEXT.replaceAll(/\s+/g, ' ');
const exact = (value: number): string => value.toLocaleString('en-US');

describe('docs/scaling.md', () => {
  it('has each table as bench/scaling makes it of the settings and figures of today; else run: npx node bench/scaling/write.ts', () => {
    expect(TEXT).toBe(withTables(TEXT, 'docs/scaling.md', tables()));
    expect(TEXT.match(/<!-- made: /g)).toHaveLength(tables().size);
  });

  it('tells a table without a place', () => {
    expect(() => withTables('# Nothing\n', 'docs/scaling.md', tables())).toThrow('docs/scaling.md has no place for the table "saturation"');
  });

  it('has as many cells in each row as its table has columns', () => {
    for (const text of tables().values()) {
      const widths = text.trim().split('\n').map((line) => line.split(/(?<!\\)\|/).length);

      expect(new Set(widths).size).toBe(1);
    }
  });

  it('says in its sentences what the settings and limits say', () => {
    const visibilitySeconds = loadSettings({ props: DEFAULTS }).visibilityTimeoutSeconds;
    const hoursOf = (delays: readonly number[]): string => exact(outageHours(delays, DEFAULTS.maxReceiveCount));
    const shorter = SHORTER_DELAYS.retryDelaysMinutes.split(',').map(Number);
    const atMost = ADVICE.at(-1);
    const sentences = [
      `\`throttleRate\` is the first, at ${exact(DEFAULTS.throttleRate)} events a second; at 50 a webhook forward's pace, at ${exact(DEFAULTS.metronomeEventsPerSecond)}`,
      `${exact(MB_PER_CORE)} MB have a whole one), ${WAIT_MS.queue} ms for each`,
      `forward can take ${DEFAULTS.maxConcurrency}`,
      `${exact(SEGMENT_BATCH.most)} events, Segment's most, are over ${INGEST_MAX_BODY_BYTES / 1e6} MB from ${exact(INGEST_MAX_BODY_BYTES / SEGMENT_BATCH.most)} bytes`,
      `Segment's default of ${exact(SEGMENT_BATCH.byDefault)} fits up to ${exact(INGEST_MAX_BODY_BYTES / SEGMENT_BATCH.byDefault)} bytes`,
      `what it needs beyond ${exact(DEFAULTS.throttleRate)} a second`,
      `${exact(METRONOME_RATE.most)} a second is what Metronome's documentation names as the most`,
      `a fifth of ${exact(SQS_IN_FLIGHT_LIMIT)}`,
      `still ride out ${hoursOf(shorter)} hours (the default: ${hoursOf(DEFAULTS.retryDelaysMinutes)})`,
      `(${atMost?.bridges} × ${exact(Number(atMost?.settings['metronomeEventsPerSecond']))} below ${exact(atMost?.accountEventsPerSecond ?? 0)})`,
      `At ${visibilitySeconds / 60} minutes and ${DEFAULTS.maxReceiveCount} receives, dead letters begin after ${(visibilitySeconds * DEFAULTS.maxReceiveCount) / 3600} hours`,
      `${LEDGER_MB_PER_SECOND} MB a second of compressed objects of small events (0.4 KB, ${LEDGER_BYTES_PER_EVENT} bytes`,
      `\`trace\` reads ${DEFAULT_HOURS} hours unless told`,
      `about ${RECONCILE_BYTES_PER_EVENT} bytes of memory`,
    ];

    expect(sentences.filter((sentence) => !PROSE.includes(sentence))).toEqual([]);
  });

  it('refuses what it says the stack refuses', () => {
    expect(PROSE).toContain('The stack refuses settings under 72.');
    expect(outageHours(SHORTER_DELAYS.retryDelaysMinutes.split(',').map(Number), DEFAULTS.maxReceiveCount)).toBeGreaterThan(72);
  });

  it('links only to what is there', () => {
    const anchors = new Set([...TEXT.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(/[^\w -]/g, '').replaceAll(' ', '-')));
    const links = [...new Set([...TEXT.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link))];

    expect(links.filter((link) => (link.startsWith('#') ? !anchors.has(link.slice(1)) : !existsSync(new URL(link.replace(/#.*/, ''), PAGE))))).toEqual([]);
    expect(links.length).toBeGreaterThan(5);
  });
});
