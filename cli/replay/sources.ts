import type { Io } from '../io.ts';
import type { UsableMappings } from '../mappings.ts';
import { OperatorError } from '../operator/operator-error.ts';
import { queueCounts } from '../operator/queue-counts.ts';
import { count, wrap } from '../text.ts';
import { archivedFrom, archiveDaysOf } from './archive.ts';
import type { RootFilter } from './filter.ts';
import type { ReplayFlags } from './options.ts';
import type { Reading } from './reading.ts';
import { completeQuarantined, selectAgain, selectFiltered, selectQuarantined } from './select.ts';
import type { Selection } from './select.ts';
import type { OutcomeKind } from './tally.ts';

/** Where events are replayed from. */
export interface Source {
  readonly prefix: 'quarantine' | 'archive';
  /** What its events are called. */
  readonly what: string;
  readonly sends: (kind: OutcomeKind, flags: Pick<ReplayFlags, 'filtered'>) => boolean;
  readonly select: (reading: Reading, filter: RootFilter, mappings: UsableMappings, flags: ReplayFlags) => Promise<Selection>;
}

const isDelivered = (kind: OutcomeKind): boolean => kind === 'delivered' || kind === 'delivered_in_part';
/** Nothing is sent for these to Metronome, and the event leaves the quarantine: only if it is meant. */
const isClosed = (kind: OutcomeKind): boolean => kind === 'filtered' || kind === 'nothing_left';

export const FROM_QUARANTINE: Source = {
  prefix: 'quarantine',
  what: 'open',
  sends: (kind, { filtered }) => isDelivered(kind) || (filtered === true && isClosed(kind)),
  async select(reading, filter, { mappings }, flags) {
    const { operator, io } = reading;
    if (flags.filtered === true && archiveDaysOf(operator, io) === 0) {
      throw new OperatorError('--filtered needs the archive, and this bridge keeps none (archiveDays is 0): the events would be gone for good. They stay in the quarantine.');
    }
    if (flags.again === undefined) return completeQuarantined(reading, await selectQuarantined(reading, filter, mappings));
    await warnOfWaiting(reading, io);
    const again = { id: flags.again, knownFrom: archivedFrom(archiveDaysOf(operator, io), io.now()) };
    return completeQuarantined(reading, await selectAgain(reading, filter, mappings, again));
  },
};

/** Whatever the mappings make of them by now: what is filtered again would only be filtered once more. */
export const FROM_ARCHIVE: Source = {
  prefix: 'archive',
  what: 'filtered',
  sends: isDelivered,
  select: (reading, filter, { mappings }) => selectFiltered(reading, filter, mappings),
};

/** Only the operator knows if an event is gone for good: its message may be among those that wait. */
async function warnOfWaiting({ operator }: Reading, io: Io): Promise<void> {
  const { waiting, deadLetters } = await queueCounts(operator);
  if (waiting + deadLetters === 0) return;
  const found = `${count(waiting, 'message')} in the queue and ${count(deadLetters, 'dead letter')}`;
  await io.stderr.write(`${wrap(`Warning: there are ${found}. If a replay that you give up is among them, its event is sent twice, and billed twice if its transaction_id changes in between. Make sure it is gone.`, '')}\n`);
}
