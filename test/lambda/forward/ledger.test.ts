import { describe, expect, it } from '@jest/globals';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { gunzipSync } from 'node:zlib';

import { createLedgerWriter, ledgerKey } from '../../../lambda/forward/ledger.ts';

const AT = Date.parse('2026-06-01T09:08:07.065Z');

describe('ledgerKey', () => {
  it.each([
    ['archive', '2026-06-01T09:08:07.065Z', 'archive/date=2026-06-01/hour=09/090807065Z-id.ndjson.gz'],
    ['quarantine', '2026-12-31T23:59:59.999Z', 'quarantine/date=2026-12-31/hour=23/235959999Z-id.ndjson.gz'],
    ['archive', '2027-01-01T00:00:00.000Z', 'archive/date=2027-01-01/hour=00/000000000Z-id.ndjson.gz'],
  ] as const)('%s at %s: %s', (prefix, at, key) => {
    expect(ledgerKey(prefix, Date.parse(at), 'id')).toBe(key);
  });

  it('sorts by time', () => {
    const keys = [0, 1, 999, 1_000, 60_000, 3_600_000, 86_400_000].map((offset) => ledgerKey('archive', AT + offset, 'id'));

    expect(keys.toSorted()).toEqual(keys);
  });
});

describe('createLedgerWriter', () => {
  it('writes the lines as one gzipped object', async () => {
    const commands: unknown[] = [];
    const s3 = { send: async (command: unknown) => void commands.push(command) };
    const ledger = createLedgerWriter({ s3, bucket: 'ledger', newId: () => 'id' });

    await ledger.write('quarantine', ['{"a":"ä"}', '{"b":1}'], AT);

    const [command] = commands;
    if (!(command instanceof PutObjectCommand)) throw new TypeError('no PutObject');
    const { Body, ...input } = command.input;
    expect(input).toEqual({ Bucket: 'ledger', Key: ledgerKey('quarantine', AT, 'id'), ContentType: 'application/gzip' });
    expect(gunzipSync(Buffer.from(Body as Uint8Array)).toString()).toBe('{"a":"ä"}\n{"b":1}\n');
    expect(commands).toHaveLength(1);
  });

  it('throws what S3 throws', async () => {
    const s3 = { send: async () => { throw new RangeError('slow down'); } };

    await expect(createLedgerWriter({ s3, bucket: 'ledger', newId: () => 'id' }).write('archive', ['{}'], AT)).rejects.toThrow('slow down');
  });
});
