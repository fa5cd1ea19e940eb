import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { isSignature, signedBy, tokenOf } from '../../../lambda/ingest/signature.ts';
import { splitBody } from '../../../lambda/ingest/split-body.ts';
import type { LiveSecret } from '../../../lambda/secrets.ts';

interface Vector {
  readonly name: string;
  readonly secret: string | null;
  readonly request: { readonly body: string };
  readonly signature: string | null;
  readonly covers: 'whole body' | 'JSON of first array element only' | 'neither' | 'unsigned';
}

/** Requests made by Segment's own sender. */
const VECTORS = JSON.parse(readFileSync(new URL('../../fixtures/signatures.json', import.meta.url), 'utf8')) as Vector[];
const SIGNED = VECTORS.filter(({ covers }) => covers === 'whole body' || covers === 'JSON of first array element only');

const current = (value: string): LiveSecret => ({ value, stage: 'AWSCURRENT' });
const previous = (value: string): LiveSecret => ({ value, stage: 'AWSPREVIOUS' });

function signedBytes(body: string): Buffer {
  const split = splitBody(Buffer.from(body));
  return split.kind === 'array' ? (split.first ?? Buffer.alloc(0)) : Buffer.from(body);
}

describe('signedBy', () => {
  it('has the vectors it is checked against', () => {
    expect(SIGNED).toHaveLength(8);
  });

  it.each(SIGNED)('proves Segment\'s own request: $name', ({ request, signature, secret }) => {
    expect(signedBy(signedBytes(request.body), signature ?? '', [current(secret ?? '')])).toEqual(current(secret ?? ''));
  });

  it.each(SIGNED)('refuses it when one byte differs: $name', ({ request, signature, secret }) => {
    const bytes = Buffer.concat([signedBytes(request.body), Buffer.from(' ')]);

    expect(signedBy(bytes, signature ?? '', [current(secret ?? '')])).toBeUndefined();
  });

  it.each(SIGNED)('refuses it under another secret: $name', ({ request, signature, secret }) => {
    expect(signedBy(signedBytes(request.body), signature ?? '', [current(`${secret}x`)])).toBeUndefined();
  });

  it('tells which of two live secrets signed', () => {
    const bytes = Buffer.from('{}');
    const hex = createHmac('sha1', 'old').update(bytes).digest('hex');

    expect(signedBy(bytes, hex, [current('new'), previous('old')])).toEqual(previous('old'));
    expect(signedBy(bytes, hex.toUpperCase(), [current('new'), previous('old')])).toEqual(previous('old'));
  });

  it.each(['', 'forged', 'a'.repeat(39), 'a'.repeat(41), 'g'.repeat(40), `${'a'.repeat(40)}\n`, ` ${'a'.repeat(40)}`])('takes %j for no signature', (header) => {
    expect(isSignature(header)).toBe(false);
    expect(signedBy(Buffer.from('{}'), header, [current('secret')])).toBeUndefined();
  });

  it('finds nothing when no secret is live', () => {
    expect(signedBy(Buffer.from('{}'), 'a'.repeat(40), [])).toBeUndefined();
  });
});

describe('tokenOf', () => {
  it.each([
    ['the current one', 'new', 'AWSCURRENT'],
    ['the previous one', 'old', 'AWSPREVIOUS'],
    ['a part of one', 'ne', undefined],
    ['more than one', 'new ', undefined],
    ['nothing', '', undefined],
  ])('%s', (_, token, stage) => {
    expect(tokenOf(token, [current('new'), previous('old')])?.stage).toBe(stage);
  });
});
