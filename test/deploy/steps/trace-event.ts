import { ownMember } from '../../../lambda/json-value.ts';
import { operate, summaryMember } from '../operate.ts';
import type { Run } from '../run-context.ts';
import { expectSame, StepFailure } from '../step-failure.ts';
import { MARK } from '../metronome.ts';

/** `bridge trace` shows the way of one event that was refused, replayed and delivered. */
export async function traceEvent(run: Run): Promise<string> {
  const replayed = [...run.books.values()].find(({ event }) => ownMember(event['properties'], MARK) === 'refuse');
  if (replayed === undefined) throw new StepFailure('a replayed event in the books', 'none');
  const lines = await operate(run, ['trace', replayed.event.messageId], 0);
  const fates = lines.flatMap((line) => ownMember(line, 'fate') ?? []);
  expectSame('the fates of a replayed event', ['quarantined', 'delivered'], fates);
  const events = summaryMember(lines, 'events');
  expectSame('its last word', 'delivered', ownMember(Array.isArray(events) ? events[0] : undefined, 'fate'));
  return 'quarantined, replayed, delivered';
}
