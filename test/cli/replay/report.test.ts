import { describe, expect, it } from '@jest/globals';

import { replayText } from '../../../cli/replay/report.ts';
import type { ReplayResult } from '../../../cli/replay/report.ts';
import { createOutcomeTally } from '../../../cli/replay/tally.ts';
import { everything } from '../../../cli/replay/unmatched.ts';

const NOTHING = { queued: 0, unsent: 0, unclear: 0, taken: 0 };

function textOf(overrides: Partial<ReplayResult>, events = 3): string {
  const tally = createOutcomeTally();
  for (let index = 0; index < events; index += 1) tally.add(`e${index}`, { kind: 'delivered' }, [{ kind: 'ready', mapping: 'calls', transactionId: 't', json: '{}', bytes: 2, hasRoundedId: false }]);
  const open = { size: events, find: () => undefined, [Symbol.iterator]: () => [].values() };
  const selection = { open, replayed: 0, stillFiltered: 0, closed: [], everything: everything([]) };
  const mappings = { name: 'mappings.json', version: 'v' };
  return replayText({ selection, unmatched: undefined, tally, replayed: NOTHING, isDryRun: false, isInterrupted: false, mappings, command: 'again', sends: (kind) => kind === 'delivered', ...overrides });
}

describe('replayText', () => {
  it('says in a dry run what would be, by mapping, and how to do it', () => {
    expect(textOf({ isDryRun: true })).toBe(`3 events open. With mappings.json as it is now:
        3  would be delivered

Usage events to Metronome, by the mappings of mappings.json:
        3  calls

Nothing was sent. To send 3 events:
  again --yes
`);
  });

  it('says of a run what was done, and not what would be', () => {
    const text = textOf({ replayed: { ...NOTHING, queued: 2, taken: 1 } });

    expect(text).toContain('3  go back, to be delivered\n');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('2 events put into the queue again. 1 event left to another replay that runs at the same time.');
    expect(text).not.toContain('would');
  });

  it('says of a run that found nothing only that', () => {
    expect(textOf({}, 0)).toBe('No open events: nothing to replay.\n');
  });

  it('says of an interrupted run how far it came, and how to go on', () => {
    const text = textOf({ isInterrupted: true, replayed: { ...NOTHING, queued: 2 } });

    expect(text).toContain('Interrupted: 2 of 3 events put into the queue, and recorded. To go on with the\nrest:\n  again --yes\n');
  });

  it('says what there is when the filter chooses nothing', () => {
    expect(textOf({ unmatched: 'None of the 5 open events matches --mapping typo.' }, 0)).toBe('None of the 5 open events matches --mapping typo.\n');
  });
});
