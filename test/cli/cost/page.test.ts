import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

import { PAGE, tables } from '../../../bench/cost/page.ts';
import { PARTS, settingsWith, sheetOf } from '../../../bench/cost/sheets.ts';
import { withTables } from '../../../bench/markdown.ts';
import { ANSWER_BYTES, CONTAINER_SECONDS, GZIP_SHARE, LOG_LINE_OVERHEAD_BYTES, MB_PER_CORE, WAIT_MS } from '../../../cli/cost/assumed.ts';
import { FORWARD_LOG, INGEST_LOG } from '../../../cli/cost/measured.ts';
import { perMillion } from '../../../cli/cost/sheet.ts';

const TEXT = readFileSync(PAGE, 'utf8');
/** The page as one line, so that a sentence may run over several. */
const PROSE = TEXT.replaceAll(/\s+/g, ' ');

describe('docs/cost.md', () => {
  it('has each table as the command reckons it; else run: npx node bench/cost/write.ts', () => {
    expect(TEXT).toBe(withTables(TEXT, 'docs/cost.md', tables()));
    expect(TEXT.match(/<!-- made: /g)).toHaveLength(tables().size);
  });

  it('names what was assumed as it is reckoned with', () => {
    const { batchWindowSeconds } = settingsWith();
    const assumed = [
      `${MB_PER_CORE.toLocaleString('en-US')} MB`,
      `256 MB a seventh, ${PARTS.memoryMb.forward} MB two sevenths`,
      `${WAIT_MS.queue} ms for the queue`,
      `${WAIT_MS.metronome} ms for Metronome`,
      `${WAIT_MS.ledger} ms for the ledger`,
      `at least every ${CONTAINER_SECONDS / 60} minutes`,
      `compressed to ${GZIP_SHARE * 100} %`,
      `${LOG_LINE_OVERHEAD_BYTES} bytes`,
      `${ANSWER_BYTES} bytes`,
      `one line of ${INGEST_LOG.bytes} bytes a webhook`,
      `${FORWARD_LOG.bytesPerEvent} bytes for each event`,
      `\`batchWindowSeconds\` of ${batchWindowSeconds} `,
    ];

    expect(assumed.filter((words) => !PROSE.includes(words))).toEqual([]);
  });

  it('says in its sentences what a receive that brings one event would cost', () => {
    const sheets = [1, 50].map((eventsPerWebhook) => sheetOf({ eventsPerMonth: 100_000_000, eventsPerWebhook }));
    const more = sheets.map((sheet) => perMillion(sheet.oneByOneUsd - sheet.usd, sheet.traffic).toFixed(2));

    expect(more).toEqual(['0.36', '0.36']);
    expect(PROSE).toContain(`$${more[0]} a million more`);
  });
});
