import { describe, expect, it } from '@jest/globals';

import { checkRunningMappings } from '../../../cli/replay/running-mappings.ts';
import { ioDouble } from '../io-double.ts';
import { bucketDouble, lineOf } from '../ledger/bucket-double.ts';

const FILE = { name: 'mappings.json', version: 'new', mappings: [], triggers: new Map<string, string>(), lintErrors: 0 };
const NOW = Date.parse('2026-11-22T12:00:00.000Z');

async function check(mappingsVersion: string | undefined, flags: { readonly yes?: boolean; readonly anyway?: boolean }, localUrl?: string): Promise<string> {
  const bucket = bucketDouble();
  bucket.write('archive', NOW - 60_000, [lineOf(NOW - 60_000)]);
  const operator = { name: 'the stack Test', s3: bucket.s3, sqs: { send: () => Promise.reject(new TypeError('no queue')) }, bucket: bucket.bucket, queueUrl: '', deadLettersUrl: '', mappingsPath: '', mappingsVersion, localUrl, close: () => undefined };
  const double = ioDouble('/');
  await checkRunningMappings(operator, FILE, { rate: 1, ...flags }, double.io);
  return double.err().replaceAll(/\s+/g, ' ');
}

describe('checkRunningMappings', () => {
  it.each<[string, string | undefined, { readonly yes?: boolean; readonly anyway?: boolean }, string]>([
    ['the same mappings', 'new', { yes: true }, ''],
    ['others, in a dry run', 'old', {}, 'Note: The bridge runs other mappings than mappings.json has now. Deploy it first (npx cdk deploy), before you send. '],
    ['others, and that is meant', 'old', { yes: true, anyway: true }, 'Note: The bridge runs other mappings'],
    ['nobody knows which', undefined, { yes: true }, 'Note: the bridge last mapped at 2026-11-22T11:59:00.000Z, with other mappings'],
  ])('when the bridge runs %s', async (_, running, flags, expected) => {
    const said = await check(running, flags);

    expect(said.startsWith(expected)).toBe(true);
    expect(said === '').toBe(expected === '');
  });

  it.each(['old', undefined])('never asks for a restart of npm start, which takes changes up by itself: runs %s', async (running) => {
    const said = await check(running, {}, 'http://127.0.0.1:8787');

    expect(said).toMatch(/see what npm start says of the file/);
    expect(said).not.toMatch(/restart|stop npm start|cdk deploy/i);
  });

  it('sends nothing to others', async () => {
    await expect(check('old', { yes: true })).rejects.toThrow('Events would come out as the running ones make them, so nothing was sent. Deploy it first (npx cdk deploy); to send all the same, add --anyway.');
  });
});
