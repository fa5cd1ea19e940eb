import type { SegmentRequest } from '../../helpers/segment.ts';
import { chunks } from '../../../lambda/chunks.ts';
import { checkBilling, enter } from '../books.ts';
import { goodEvents } from '../planned-event.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { newSecret, putSecret } from '../put-secret.ts';
import type { Run } from '../run-context.ts';
import { batch, send, singles } from '../sender.ts';
import { untilSettled } from '../settled.ts';

const BATCH_EVENTS = 50;
/** Of the events, so many come alone; the others in batches. */
const SINGLE_SHARE = 0.3;

/**
 * Rotates all three secrets while events stream in. Segment goes on with the old ones for a while, then uses both, as its
 * many senders don't hear of the change at once, then the new ones alone. No webhook may be refused, no event be lost.
 */
export async function rotateUnderLoad(run: Run, count: number): Promise<string> {
  const planned = goodEvents(count);
  enter(run.books, planned);
  const [before, during, after] = split(planned, 0.5, 0.25);
  const old = { credentials: run.credentials };
  const next = { credentials: { sharedSecret: newSecret(), endpointToken: newSecret() } };
  await sendAndRotate(run, mixed(before, old), next);
  const [early, late] = split(during, 0.5, 0.5);
  await send(run, alternately(mixed(early, old), mixed(late, next)));
  await send(run, mixed(after, next));
  await untilSettled(run, planned);
  checkBilling(run.books, run.metronome);
  return `${count} billed once, no webhook refused`;
}

/** The rotation happens when half of these webhooks are answered; the other half still comes with the old secrets. */
async function sendAndRotate(run: Run, requests: readonly SegmentRequest[], next: Pick<Run, 'credentials'>): Promise<void> {
  const halfway = Promise.withResolvers<void>();
  let answered = 0;
  const onAnswer = (): void => {
    answered += 1;
    if (answered >= requests.length / 2) halfway.resolve();
  };
  await Promise.all([send(run, requests, onAnswer), halfway.promise.then(() => rotateAll(run, next))]);
}

async function rotateAll(run: Run, { credentials }: Pick<Run, 'credentials'>): Promise<void> {
  const { stack, metronome } = run;
  const token = newSecret();
  await putSecret(run, stack.metronomeTokenSecretArn, token);
  metronome.takeOnly(token);
  await putSecret(run, stack.segmentSecretArn, credentials.sharedSecret);
  await putSecret(run, stack.endpointTokenSecretArn, credentials.endpointToken);
  run.credentials = credentials;
}

/** Batches among single events. */
function mixed(planned: readonly PlannedEvent[], run: Pick<Run, 'credentials'>): readonly SegmentRequest[] {
  const [alone, together] = split(planned, SINGLE_SHARE, 1 - SINGLE_SHARE);
  return alternately(singles(alone, run), chunks(together, BATCH_EVENTS).map((events) => batch(events, run)));
}

/** The first, the second and the rest, by their shares. */
function split<T>(all: readonly T[], first: number, second: number): readonly [readonly T[], readonly T[], readonly T[]] {
  const ends = [Math.round(all.length * first), Math.round(all.length * (first + second))] as const;
  return [all.slice(0, ends[0]), all.slice(ends[0], ends[1]), all.slice(ends[1])];
}

/** Both lists in their order, evenly one through the other. */
function alternately<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  const places = (list: readonly T[]) => list.map((item, index) => ({ item, place: (index + 0.5) / list.length }));
  return [...places(one), ...places(other)].toSorted((a, b) => a.place - b.place).map(({ item }) => item);
}
