import { ALTERNATIVES } from '../../cli/cost/alternatives.ts';
import { dollars, fineDollars, whole } from '../../cli/cost/figures.ts';
import { PRICES } from '../../cli/cost/prices.ts';
import type { Price } from '../../cli/cost/prices.ts';
import { perMillion } from '../../cli/cost/sheet.ts';
import type { CostSheet } from '../../cli/cost/sheet.ts';
import { table } from '../markdown.ts';
import { PARTS, settingsWith, sheetOf, usdOf } from './sheets.ts';

const MILLION = 1_000_000;
const MONTHS = [
  { name: '1 M', events: MILLION },
  { name: '100 M', events: 100 * MILLION },
  { name: '10 B', events: 10_000 * MILLION },
];
const WEBHOOKS = [1, 50];
/** A column of the tables for each month and kind of webhook. */
const COLUMNS = MONTHS.flatMap(({ name, events }) => WEBHOOKS.map((eventsPerWebhook) => ({ head: `${name}, ${eventsPerWebhook === 1 ? 'single' : `${eventsPerWebhook} a webhook`}`, sheet: sheetOf({ eventsPerMonth: events, eventsPerWebhook }) })));

/** What the access log was before it was cut. */
const OLD_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  responseLength: '$context.responseLength',
  integrationError: '$context.integrationErrorMessage',
});

const million = ({ traffic }: CostSheet, usd: number): string => fineDollars(perMillion(usd, traffic));

/** A month's sum, and what a million events of it are. */
export function sums(): string {
  return table(
    ['events a month', 'a month', 'a million', 'a million, without what is there anyway', 'a million, if a receive brings one event alone'],
    COLUMNS.map(({ head, sheet }) => [head, dollars(sheet.usd), million(sheet, sheet.usd), million(sheet, sheet.usd - sheet.standingUsd), million(sheet, sheet.oneByOneUsd)]),
  );
}

/** Every line, for a million events. */
export function lines(): string {
  const titles = COLUMNS[0]?.sheet.lines ?? [];
  return table(
    ['a million events', ...COLUMNS.map(({ head }) => head)],
    [
      ...titles.map(({ id, title }) => [title].concat(COLUMNS.map(({ sheet }) => million(sheet, usdOf(sheet, id))))),
      ['**sum**', ...COLUMNS.map(({ sheet }) => `**${million(sheet, sheet.usd)}**`)],
    ],
  );
}

/** What the cuts gave, and what still longer batches would. */
export function cuts(): string {
  const steps = [
    { what: 'before', windowSeconds: '5', accessLogFormat: OLD_FORMAT },
    { what: 'the access log without time, route, length and a second latency (done)', windowSeconds: '5', accessLogFormat: PARTS.accessLogFormat },
    { what: 'and `batchWindowSeconds` 20 (done)', windowSeconds: '20', accessLogFormat: PARTS.accessLogFormat },
    { what: 'with 60', windowSeconds: '60', accessLogFormat: PARTS.accessLogFormat },
  ];
  return table(
    ['a million events at 100 M a month', 'single webhooks', 'without what is there anyway', '50 a webhook', 'without what is there anyway'],
    steps.map(({ what, windowSeconds, accessLogFormat }) => {
      const cells = WEBHOOKS.flatMap((eventsPerWebhook) => {
        const sheet = sheetOf({ eventsPerMonth: 100 * MILLION, eventsPerWebhook }, settingsWith({ batchWindowSeconds: windowSeconds }), accessLogFormat);
        return [million(sheet, sheet.usd), million(sheet, sheet.usd - sheet.standingUsd)];
      });
      return [what].concat(cells);
    }),
  );
}

/** Others at 100 M events a month, single and in webhooks of 50. */
export function alternatives(): string {
  const [single, batches] = WEBHOOKS.map((eventsPerWebhook) => sheetOf({ eventsPerMonth: 100 * MILLION, eventsPerWebhook }));
  const shown = (sheet: CostSheet | undefined, name: string): string => dollars(sheet?.alternatives.find((one) => one.name === name)?.usd ?? 0);
  return table(
    ['100 M events a month', 'single webhooks', '50 a webhook', 'what it covers', 'list price', 'read'],
    [
      ['this bridge', dollars(single?.usd ?? 0), dollars(batches?.usd ?? 0), 'all', 'this page', ''],
      ...ALTERNATIVES.map(({ name, covers, price, source, read }) => [name, shown(single, name), shown(batches, name), covers, `[${price}](${source})`, read]),
    ],
  );
}

/** Every price that is reckoned with. */
export function prices(): string {
  return table(
    ['what', 'list price', 'source', 'read'],
    Object.values(PRICES).map((price: Price) => [price.unit, tiersText(price), `<${price.source}>`, price.read]),
  );
}

function tiersText({ tiers }: Price): string {
  return tiers.map(({ usd, upTo }) => `${eachText(usd)}${upTo === undefined ? '' : ` up to ${whole(upTo)}`}`).join(', then ');
}

/** Small ones by the million, or they would be all zeros. */
function eachText(usd: number): string {
  return usd < 0.001 ? `$${Number((usd * MILLION).toPrecision(8))} a million` : `$${usd}`;
}
