import { isObject, ownMember } from '../../lambda/json-value.ts';
import type { ReplayRequest, ReplayView } from '../../local/studio/api.ts';
import { StudioProblem } from '../../local/studio/problem.ts';
import type { OperatorOptions } from '../operator/operator.ts';
import { runReplay } from '../replay/run-replay.ts';
import { FROM_QUARANTINE } from '../replay/sources.ts';
import { count } from '../text.ts';
import { capturedIo } from './captured-io.ts';
import type { Surroundings } from './captured-io.ts';

/** Events queued a second: the local run's own pace is below it. */
const RATE = 1_000;

const NOTES: Readonly<Record<string, (events: number) => string>> = {
  delivered_in_part: (events) => `Of ${count(events, 'event')} a part would be delivered, and the rest stays in the quarantine.`,
  quarantined: (events) => `${count(events, 'event')} would only be quarantined again, and ${events === 1 ? 'is' : 'are'} not sent.`,
  filtered: (events) => `No mapping matches ${count(events, 'event')} any more. They are not sent, and stay in the quarantine.`,
  nothing_left: (events) => `Of ${count(events, 'event')} all that the mappings make now was delivered before. They stay in the quarantine.`,
  too_old: (events) => `${count(events, 'event')} ${events === 1 ? 'is' : 'are'} over 33 days old and can't be sent: Metronome might bill them twice.`,
};

/** The command `quarantine replay`, run for the page. */
export async function replayView({ reason, field, dryRun }: ReplayRequest, bridge: OperatorOptions, surroundings: Surroundings): Promise<ReplayView> {
  const { io, lastLine, notes } = capturedIo(surroundings);
  await runReplay(FROM_QUARANTINE, { ...bridge, reason, field, yes: !dryRun, rate: RATE, json: true }, '', io);
  const summary = summaryOf(lastLine());
  const outcomes = outcomesOf(summary);
  const events = (...kinds: string[]): number => outcomes.filter(({ outcome }) => kinds.includes(outcome)).reduce((sum, one) => sum + one.events, 0);
  return {
    selected: numberOf(summary, 'open'),
    wouldBe: {
      delivered: events('delivered', 'delivered_in_part'),
      filtered: events('filtered'),
      quarantined: events('quarantined'),
      refused: events('refused', 'too_old', 'nothing_left'),
    },
    queued: numberOf(summary, 'queued'),
    notes: [...Object.entries(NOTES).flatMap(([kind, sentence]) => (events(kind) > 0 ? [sentence(events(kind))] : [])), ...leftOver(summary), ...notes()],
  };
}

function leftOver(summary: unknown): readonly string[] {
  const before = numberOf(summary, 'replayedBefore');
  const unsent = numberOf(summary, 'unsent');
  return [
    ...(before === 0 ? [] : [`${count(before, 'other event')} ${before === 1 ? 'was' : 'were'} replayed before and did not come back into the quarantine: nothing is left to do for ${before === 1 ? 'it' : 'them'}.`]),
    ...(unsent === 0 ? [] : [`The queue did not take ${count(unsent, 'event')}; replay again for those.`]),
  ];
}

function summaryOf(line: string): unknown {
  const summary = ownMember(JSON.parse(line === '' ? 'null' : line), 'summary');
  if (summary === undefined) throw new StudioProblem(500, 'The replay ended without a summary. Try it on the command line: npm run bridge -- quarantine replay --local');
  return summary;
}

function outcomesOf(summary: unknown): readonly { readonly outcome: string; readonly events: number }[] {
  const outcomes = ownMember(summary, 'outcomes');
  return Array.isArray(outcomes) ? outcomes.filter(isObject).map((one) => ({ outcome: String(one['outcome']), events: Number(one['events']) })) : [];
}

function numberOf(summary: unknown, name: string): number {
  return Number(ownMember(summary, name) ?? 0);
}
