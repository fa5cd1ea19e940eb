import { describe, expect, it } from '@jest/globals';

import type { Outcome } from '../../../cli/preview/evaluate.ts';
import { tallyText } from '../../../cli/preview/summary-text.ts';
import { createTally } from '../../../cli/preview/tally.ts';

const sent = (transactionId: string): Outcome => ({
  fate: { kind: 'delivered' },
  usage: [{ kind: 'ready', mapping: 'calls', transactionId, json: '{}', bytes: 2, hasRoundedId: false }],
});

describe('createTally', () => {
  it('gives back the usage events that repeat an id, and says once it could not compare all', () => {
    const tallying = createTally(['calls'], 2);

    const repeated = ['a', 'b', 'a'].map((id) => tallying.event(sent(id)).length);
    const compared = tallying.tally();
    tallying.event(sent('c'));

    expect(repeated).toEqual([0, 0, 1]);
    expect(compared).toMatchObject({ repeatedTransactionIds: 1, comparedAllTransactionIds: true });
    expect(tallyText(compared)).not.toContain('were compared');
    expect(tallyText(tallying.tally())).toContain('transaction_ids were compared');
  });

  it('takes no quarantined usage event for a repeated one', () => {
    const tallying = createTally(['calls']);
    const fault = { reason: 'missing_field', field: 'customer_id', detail: 'x' } as const;
    tallying.event(sent('a'));

    const repeated = tallying.event({ fate: { kind: 'quarantined', ...fault }, usage: [{ kind: 'faulty', mapping: 'calls', transactionId: 'a', fault }] });

    expect(repeated).toEqual([]);
  });
});
