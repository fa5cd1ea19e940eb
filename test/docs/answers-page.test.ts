import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

import * as answers from '../../lambda/ingest/answer.ts';
import type { Answer } from '../../lambda/ingest/answer.ts';

const PAGE = readFileSync(new URL('../../docs/answers.md', import.meta.url), 'utf8');

const OWN: readonly Answer[] = [
  answers.accepted(50),
  answers.METHOD_NOT_ALLOWED,
  answers.NO_CREDENTIAL,
  answers.bodyTooLarge(6_000_000),
  answers.eventTooLarge(0),
  answers.unsplittableTooLarge(),
  answers.mismatch(['signature']),
  answers.BATCH_NEEDS_TOKEN,
  answers.UNAVAILABLE,
];
const RETRIED: ReadonlySet<number> = new Set([408, 423, 429, 500, 502, 503, 504]);

/** The page's first table: status, error, and what Segment does. */
function rows(): readonly { status: number; error: string; segment: string }[] {
  const table = PAGE.slice(0, PAGE.indexOf('## Answers that'));
  return [...table.matchAll(/^\| (\d+) \| (?:`(\w+)`)? ?\| .* \| (.*) \| .* \|$/gm)].map(([, status, error = '', segment = '']) => ({ status: Number(status), error, segment }));
}

describe('docs/answers.md', () => {
  it('has a row for each answer of the webhook, and no other', () => {
    const named = new Set(OWN.map(({ status, body }) => `${status} ${String(body['error'] ?? '')}`));

    expect(new Set(rows().map(({ status, error }) => `${status} ${error}`))).toEqual(named);
    expect(Object.values(answers).filter((one) => typeof one === 'object')).toHaveLength(4);
  });

  it('says of each what Segment does with such a status', () => {
    for (const { status, segment } of rows()) {
      if (status === 200) expect(segment).toBe('is done');
      else expect(segment).toContain(RETRIED.has(status) ? 'tries again' : '**drops it**');
    }
  });
});
