import { describe, expect, it } from '@jest/globals';
import { NoSuchKey } from '@aws-sdk/client-s3';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import type { DamagedObject } from '../../../cli/ledger/damaged-object.ts';
import { readLedger } from '../../../cli/ledger/read-ledger.ts';
import type { LedgerEntry, ReadLedgerOptions } from '../../../cli/ledger/read-ledger.ts';
import { OperatorError } from '../../../cli/operator/operator-error.ts';
import { bucketDouble, lineOf } from './bucket-double.ts';
import type { BucketDouble } from './bucket-double.ts';

const AT = Date.parse('2026-11-21T09:30:00.123Z');
const ALL = { prefixes: ['archive', 'quarantine'], from: 0, to: Number.POSITIVE_INFINITY } as const;

async function read(bucket: BucketDouble, options: Partial<ReadLedgerOptions> = {}): Promise<{ entries: LedgerEntry[]; damaged: DamagedObject[] }> {
  const [entries, damaged]: [LedgerEntry[], DamagedObject[]] = [[], []];
  const onDamaged = async (one: DamagedObject): Promise<void> => void damaged.push(one);
  for await (const entry of readLedger(bucket, { ...ALL, onDamaged, ...options })) entries.push(entry);
  return { entries, damaged };
}

const ids = (entries: readonly LedgerEntry[]): string[] => entries.map(({ line }) => line.sqsMessageId).toSorted();

function linesNamed(...names: readonly string[]): string[] {
  return names.map((sqsMessageId) => lineOf(AT, {}, { sqsMessageId }));
}

describe('readLedger', () => {
  it('gives every line with where it stands, and its event digit for digit', async () => {
    const bucket = bucketDouble();
    const text = lineOf(AT, {}, { sqsMessageId: 'a' }, '{"n": 12345678901234567890}');
    const key = bucket.write('archive', AT, [text]);
    bucket.write('quarantine', AT, linesNamed('b', 'c'));

    const { entries, damaged } = await read(bucket);

    expect(ids(entries)).toEqual(['a', 'b', 'c']);
    expect(entries.find(({ prefix }) => prefix === 'archive')).toMatchObject({ key, text, eventText: '{"n": 12345678901234567890}', line: { at: '2026-11-21T09:30:00.123Z', fate: 'delivered' } });
    expect(damaged).toEqual([]);
  });

  it('reads lines that are larger than any piece they are unpacked in', async () => {
    const bucket = bucketDouble();
    const filler = randomBytes(1_500_000).toString('base64');
    bucket.write('archive', AT, ['a', 'b', 'c'].map((sqsMessageId) => lineOf(AT, {}, { sqsMessageId }, { filler, sqsMessageId })));

    const { entries } = await read(bucket);

    expect(ids(entries)).toEqual(['a', 'b', 'c']);
    for (const { line, eventText } of entries) expect(JSON.parse(eventText)).toEqual({ filler, sqsMessageId: line.sqsMessageId });
  });

  it('reads a thousand objects, so many at once as it is told, and says how far it is', async () => {
    const bucket = bucketDouble();
    for (let index = 0; index < 1_000; index += 1) bucket.write('archive', AT + index, linesNamed(`m-${index}`));
    const done = { objects: 0, lines: 0 };
    const onProgress = async (_: number, lines: number): Promise<void> => {
      done.objects += 1;
      done.lines += lines;
    };

    const { entries } = await read(bucket, { concurrency: 5, onProgress });

    expect(new Set(ids(entries)).size).toBe(1_000);
    expect(bucket.mostAtOnce()).toBe(5);
    expect(done).toEqual({ objects: 1_000, lines: 1_000 });
  });

  it.each([
    ['a plain id', 'm-7'],
    ['an id that JSON escapes', 'a "quoted" \\ id\u2028\n'],
    ['an id of other letters', 'ключ-ключ-🔑'],
  ])('finds the lines of %s among others', async (_, messageId) => {
    const bucket = bucketDouble();
    bucket.write('archive', AT, [...linesNamed('a', 'b'), lineOf(AT, { messageId }, { sqsMessageId: 'wanted' }), ...linesNamed('c')]);
    bucket.write('archive', AT, linesNamed('d'));

    const { entries } = await read(bucket, { ids: [messageId] });

    expect(ids(entries)).toEqual(['wanted']);
  });

  it.each<[string, (bucket: BucketDouble, key: string) => void, RegExp]>([
    ['that is no gzip', (bucket, key) => bucket.put(key, Buffer.from('hello')), /is damaged gzip \(.*incorrect header check\); the rest of it can't be read/],
    ['that is empty', (bucket, key) => bucket.put(key, Buffer.alloc(0)), /is damaged gzip \(.*unexpected end of file\)/],
    ['that is cut off', (bucket, key) => bucket.put(key, gzipSync(linesNamed('x').join('\n')).subarray(0, -20)), /is damaged gzip/],
    ['with a line of something else', (bucket, key) => bucket.put(key, gzipSync('hello\n')), /holds a line that isn't the ledger's/],
    ['far too large', (bucket, key) => bucket.put(key, Buffer.alloc(65 * 1024 * 1024)), /is larger than any object of the ledger/],
    ['deleted since it was listed', (bucket, key) => bucket.put(key, { fails: new NoSuchKey({ message: 'The specified key does not exist.', $metadata: {} }) }), /was deleted after it was listed/],
  ])('tells of an object %s, and reads the rest', async (_, damage, problem) => {
    const bucket = bucketDouble();
    const key = bucket.write('archive', AT, linesNamed('x'));
    damage(bucket, key);
    bucket.write('archive', AT + 1, linesNamed('a'));
    bucket.write('quarantine', AT, linesNamed('b'));

    const { entries, damaged } = await read(bucket);

    expect(ids(entries)).toEqual(['a', 'b']);
    expect(damaged.map((one) => one.key)).toEqual([key]);
    expect(damaged[0]?.message).toMatch(problem);
  });

  it('gives the good lines of an object that also holds others, which it tells of once', async () => {
    const bucket = bucketDouble();
    bucket.write('archive', AT, ['hello', ...linesNamed('a'), '{"v":1}', ...linesNamed('b')]);

    const { entries, damaged } = await read(bucket);

    expect(ids(entries)).toEqual(['a', 'b']);
    expect(damaged).toHaveLength(1);
  });

  it('reads an object again whose body broke off, and gives up at the third time', async () => {
    const bucket = bucketDouble();
    const key = bucket.write('archive', AT, linesNamed('a'));
    bucket.put(key, { breaksOff: new Error('aborted') });

    await expect(read(bucket)).rejects.toThrow(/The bucket ledger can't be read \(aborted\)/);
    expect(bucket.gets).toEqual([key, key, key]);
  });

  it('stops where AWS refuses, as it would refuse everything', async () => {
    const bucket = bucketDouble();
    const key = bucket.write('archive', AT, linesNamed('a'));
    bucket.put(key, { fails: Object.assign(new Error('Access Denied'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }) });

    await expect(read(bucket)).rejects.toThrow(OperatorError);
    expect(bucket.gets).toEqual([key]);
  });
});
