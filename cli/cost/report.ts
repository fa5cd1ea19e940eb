import { jsonLines } from '../json-text.ts';
import { count, printable, wrap } from '../text.ts';
import { dollars, fineDollars, percent, whole } from './figures.ts';
import { PRICES } from './prices.ts';
import { perMillion } from './sheet.ts';
import type { CostSheet } from './sheet.ts';

const TITLE_WIDTH = 42;
const USD_WIDTH = 15;
const MILLION_WIDTH = 13;
const SHARE_WIDTH = 8;

/** The sheet for people, in lines of 80 characters. */
export function costText(sheet: CostSheet): string {
  const blocks = [
    [heading(sheet)],
    table(sheet),
    sheet.warnings.map((warning) => wrap(`Mind: ${warning}`, '')),
    besides(sheet),
    ['How it is reckoned', ...sheet.notes.map((note) => wrap(note, '  ').replace('  ', '- ')), wrap('Every price with its source: docs/cost.md, or --json.', '  ').replace('  ', '- ')],
  ];
  return printable(`${blocks.filter((block) => block.length > 0).map((block) => block.join('\n')).join('\n\n')}\n`);
}

function heading({ input }: CostSheet): string {
  const webhooks = input.eventsPerWebhook === 1 ? 'single webhooks' : `webhooks of ${whole(input.eventsPerWebhook)}`;
  return wrap(`${count(input.eventsPerMonth, 'event')} of ${count(input.eventBytes, 'byte')} a month in ${webhooks}: what it costs a month, and per million events`, '');
}

/** All lines, the dearest first, and their sum. */
function table(sheet: CostSheet): readonly string[] {
  const row = (title: string, usd: number): string => cells(title, dollars(usd), fineDollars(perMillion(usd, sheet.traffic)), percent(usd / sheet.usd));
  const rows = sheet.lines.filter(({ units }) => units > 0).toSorted((one, other) => other.usd - one.usd);
  const rule = '-'.repeat(TITLE_WIDTH + USD_WIDTH + MILLION_WIDTH + SHARE_WIDTH);
  return [
    cells('', 'a month', 'per million', 'share'),
    ...rows.map(({ title, usd }) => row(title, usd)),
    rule,
    row('sum', sheet.usd),
    row('  of it, whatever comes in', sheet.standingUsd),
    cells('sum, if a receive brings one event alone', dollars(sheet.oneByOneUsd), fineDollars(perMillion(sheet.oneByOneUsd, sheet.traffic)), '').trimEnd(),
  ];
}

function cells(title: string, usd: string, million: string, part: string): string {
  return title.padEnd(TITLE_WIDTH) + usd.padStart(USD_WIDTH) + million.padStart(MILLION_WIDTH) + part.padStart(SHARE_WIDTH);
}

function besides(sheet: CostSheet): readonly string[] {
  const rows = sheet.alternatives.map(({ name, usd, covers, read }) => `${cells(name, dollars(usd), fineDollars(perMillion(usd, sheet.traffic)), '')}`.trimEnd() + `\n${wrap(`${covers}. Price read on ${read}.`, '  ')}`);
  return ['Beside it, at their public list prices, for a part of the work', ...rows];
}

/** The sheet as one JSON object on a line; dollars and units as they were reckoned, not rounded. */
export function costJson(sheet: CostSheet): string {
  const { input, settings, traffic, lines, usd, standingUsd, oneByOneUsd, alternatives, warnings, notes } = sheet;
  const { batchSize, batchWindowSeconds, maxConcurrency, metronomeEventsPerSecond, archiveDays } = settings;
  const { runs } = traffic;
  return jsonLines([
    {
      region: 'us-east-1',
      input,
      settings: { batchSize, batchWindowSeconds, maxConcurrency, metronomeEventsPerSecond, archiveDays },
      traffic: { eventsPerSecond: traffic.eventsPerSecond, webhooks: traffic.webhooks, ingestMs: traffic.ingestMs, forwardRuns: runs.perMonth, eventsPerRun: runs.eventsPerRun, forwardMs: runs.ms, usageEvents: traffic.usageEvents, usageBytes: traffic.usageBytes },
      lines: lines.map(({ id, title, price, units, usd: lineUsd, isStanding }) => ({ id, title, units, unit: PRICES[price].unit, usdPerMonth: lineUsd, usdPerMillion: perMillion(lineUsd, traffic), share: lineUsd / usd, standing: isStanding, source: PRICES[price].source, read: PRICES[price].read })),
      usdPerMonth: usd,
      usdPerMillion: perMillion(usd, traffic),
      standingUsdPerMonth: standingUsd,
      usdPerMonthIfReceivedOneByOne: oneByOneUsd,
      alternatives: alternatives.map(({ name, usd: besideUsd, covers, price, source, read }) => ({ name, covers, price, source, read, usdPerMonth: besideUsd, usdPerMillion: perMillion(besideUsd, traffic) })),
      warnings,
      notes,
    },
  ]);
}
