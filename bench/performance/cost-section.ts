import { perMillion } from '../../cli/cost/sheet.ts';
import { sheetOf } from '../cost/sheets.ts';
import type { Plan } from './plan.ts';
import { amountRow } from './rows.ts';
import type { Row } from './rows.ts';

const EVENTS_PER_MONTH = 100_000_000;
/** Dollars for a million events at that rate, logs included; what costs the same if nothing comes in stands beside it. */
const WEBHOOKS = [
  { eventsPerWebhook: 1, name: 'single webhooks', mark: { atMost: 2.3 } },
  { eventsPerWebhook: 50, name: 'webhooks of 50 events', mark: { atMost: 0.3 } },
] as const;

/** What a million events cost at AWS, reckoned as `npm run bridge -- cost` does. Nothing is timed. */
export async function measureCost(_: Plan, say: (what: string) => void): Promise<readonly Row[]> {
  say('Cost: reckoned from list prices');
  return WEBHOOKS.flatMap(({ eventsPerWebhook, name, mark }) => {
    const sheet = sheetOf({ eventsPerMonth: EVENTS_PER_MONTH, eventsPerWebhook });
    const row = (what: string, usd: number): Parameters<typeof amountRow>[0] => ({ section: 'cost', what, against: '', unit: '$', ours: perMillion(usd, sheet.traffic) });
    return [
      amountRow({ ...row(`a million events, ${name}`, sheet.usd - sheet.standingUsd), mark }),
      amountRow(row('the same, with alarms, metrics, dashboard and secrets', sheet.usd)),
      amountRow(row('and if each receive from the queue brought one event only', sheet.oneByOneUsd)),
    ];
  });
}
