import { readOptions } from '../outage/options.ts';
import { simulate } from '../outage/simulate.ts';
import type { Plan } from './plan.ts';
import type { Row } from './rows.ts';
import { WrongAnswer } from './same-answer.ts';

/** Of what the account takes; a tenth is left for new events, and for what a run does besides sending. */
const DRAIN_MARK = { atLeast: 0.9 } as const;

/** How fast a backlog goes out after Metronome was down, with the default settings. Simulated: a day of it in seconds. */
export async function measureOutage({ outageHours }: Plan, say: (what: string) => void): Promise<readonly Row[]> {
  say(`Outage: ${outageHours} h without Metronome, simulated`);
  const options = readOptions(['--hours', String(outageHours)]);
  if (options === 'help') throw new Error('The outage asks for help; expected a scenario');
  const { scenario } = options;
  const { drainedPerSecond, drainSeconds, shareOfAccount, fates } = simulate(scenario);
  if (drainSeconds === undefined) throw new WrongAnswer('after the outage not every event was delivered');
  if (fates.dead + fates.quarantined > 0) throw new WrongAnswer(`after the outage ${fates.dead} events are dead letters and ${fates.quarantined} in quarantine; expected none`);
  return [
    {
      section: 'outage',
      what: `drain after ${outageHours} h at ${scenario.eventsPerSecond.toLocaleString('en-US')} events/s`,
      against: "all that Metronome's account takes",
      unit: 'events/s',
      ours: drainedPerSecond,
      peer: scenario.accountEventsPerSecond,
      reading: 'of the speed',
      value: { median: shareOfAccount, low: shareOfAccount, high: shareOfAccount, samples: 1 },
      mark: DRAIN_MARK,
    },
  ];
}
