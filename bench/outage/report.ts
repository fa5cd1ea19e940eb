import type { Scenario } from './scenario.ts';
import type { OutageResult } from './simulate.ts';

/** The result as lines for people. */
export function outageReport(scenario: Scenario, result: OutageResult): string {
  const { settings, trouble, troubleHours, accountEventsPerSecond } = scenario;
  const what = trouble === 'metronome_down' ? 'Metronome answers 503' : 'forward cannot start';
  const rows: readonly (readonly [string, string])[] = [
    ['accepted', number(result.accepted)],
    ['delivered', number(result.fates.delivered)],
    ['dead letters', number(result.fates.dead)],
    ['quarantined after 12 days', number(result.fates.quarantined)],
    ['lost after 14 days', number(result.fates.expired)],
    ['waiting at the end', number(result.waiting)],
    ['peak backlog', number(result.peakBacklog)],
    ['peak in flight', `${number(result.peakInFlight)} of ${number(scenario.inFlightLimit)}`],
    ['most receives of an event', `${result.mostReceives} of ${settings.maxReceiveCount}`],
    ['longest wait of an event', duration(result.longestWaitSeconds)],
    ['back at half speed after', result.halfSpeedSeconds === undefined ? 'never needed' : duration(result.halfSpeedSeconds)],
    ['drained in', result.drainSeconds === undefined ? `not within ${scenario.patienceHours} hours` : duration(result.drainSeconds)],
    ['drain rate', `${number(Math.round(result.drainedPerSecond))} events/s, ${percent(result.shareOfAccount)} of the account's, ${percent(result.drainedPerSecond / settings.metronomeEventsPerSecond)} of metronomeEventsPerSecond`],
    ['requests', `${number(result.requests)}, of them ${number(result.rateLimited)} answered 429`],
    ['requests while it was down', `${number(result.requestsWhileDown)}, at most ${number(result.busiestMinuteWhileDown)} a minute`],
  ];
  const head = `${what} for ${troubleHours} hours; ${number(scenario.eventsPerSecond)} events/s come, the account takes ${number(accountEventsPerSecond)}/s\n`;
  return head + rows.map(([name, value]) => `  ${name.padEnd(28)}${value}\n`).join('');
}

/** True if every event accepted during the trouble was delivered. */
export function isAllDelivered({ fates, drainSeconds }: OutageResult): boolean {
  return drainSeconds !== undefined && fates.dead + fates.quarantined + fates.expired === 0;
}

export function duration(seconds: number): string {
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
