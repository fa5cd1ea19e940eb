import { describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { dollars, fineDollars, percent } from '../../../cli/cost/figures.ts';
import { runBridge } from '../../../cli/run.ts';
import { PROJECT_FOLDER } from '../../helpers/project.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { ioDouble } from '../io-double.ts';

async function run(...words: readonly string[]) {
  const double = ioDouble(PROJECT_FOLDER);
  const status = await runBridge(['cost', ...words], double.io);
  return { status, out: double.out(), err: double.err() };
}

interface Json {
  readonly usdPerMonth: number;
  readonly usdPerMillion: number;
  readonly standingUsdPerMonth: number;
  readonly usdPerMonthIfReceivedOneByOne: number;
  readonly lines: readonly { readonly id: string; readonly title: string; readonly unit: string; readonly standing: boolean; readonly read: string; readonly units: number; readonly usdPerMonth: number; readonly usdPerMillion: number; readonly share: number; readonly source: string }[];
  readonly alternatives: readonly { readonly name: string; readonly source: string; readonly read: string; readonly usdPerMonth: number }[];
  readonly settings: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

async function jsonOf(...words: readonly string[]): Promise<Json> {
  const { out } = await run(...words, '--json');
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(out) as Json;
}

describe('cost', () => {
  it('shows every line, the dearest first, and their sum, in 80 columns', async () => {
    const { status, out, err } = await run('--events-per-month', '100M', '--filtered-share', '0.1');
    const rows = [...out.matchAll(/^(\S.*?) +\$([\d,.]+) +\$[\d.,]+ +[\d.]+%$/gm)].map(([, title = '', usd = '']) => ({ title, usd: Number(usd.replaceAll(',', '')) }));
    const sum = rows.findIndex(({ title }) => title === 'sum');

    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(sum).toBeGreaterThan(20);
    expect(rows.slice(0, sum).map(({ usd }) => usd)).toEqual(rows.slice(0, sum).map(({ usd }) => usd).toSorted((one, other) => other - one));
    // Each is rounded to a cent.
    expect(Math.abs(rows.slice(0, sum).reduce((total, { usd }) => total + usd, 0) - (rows[sum]?.usd ?? 0))).toBeLessThan(0.005 * (sum + 1));
  });

  it.each([[['--events-per-month', '1M']], [['--events-per-month', '10B', '--events-per-webhook', '50']]])('says the same as JSON: %j', async (words) => {
    const [{ out }, json] = [await run(...words), await jsonOf(...words)];
    const shown = (title: string, usd: number): RegExp => new RegExp(`^${RegExp.escape(title)} +${RegExp.escape(dollars(usd))} +${RegExp.escape(fineDollars((usd / json.usdPerMonth) * json.usdPerMillion))} +${RegExp.escape(percent(usd / json.usdPerMonth))}$`, 'm');

    for (const { title, usdPerMonth } of json.lines.filter(({ units }) => units > 0)) expect(out).toMatch(shown(title, usdPerMonth));
    expect(out).toMatch(shown('sum', json.usdPerMonth));
    expect(out).toMatch(shown('  of it, whatever comes in', json.standingUsdPerMonth));
    expect(out).toMatch(new RegExp(`^sum, if a receive brings one event alone +${RegExp.escape(dollars(json.usdPerMonthIfReceivedOneByOne))} `, 'm'));
    for (const { name, usdPerMonth } of json.alternatives) expect(out).toMatch(new RegExp(`^${RegExp.escape(name)} +${RegExp.escape(dollars(usdPerMonth))} `, 'm'));
    expect(json.lines.reduce((total, { usdPerMonth }) => total + usdPerMonth, 0)).toBe(json.usdPerMonth);
  });

  it('takes settings from bridge.config.json, and others from -c', async () => {
    const { path, remove } = temporaryFolder();
    try {
      writeFileSync(join(path, 'bridge.config.json'), JSON.stringify({ mappings: join(PROJECT_FOLDER, 'mappings.json'), batchWindowSeconds: 30, archiveDays: 0 }));
      const double = ioDouble(path, { environment: { BRIDGE_ARCHIVE_DAYS: '7' } });

      const status = await runBridge(['cost', '--json', '-c', 'archiveDays=90', '-c', 'maxConcurrency=3'], double.io);

      expect(status).toBe(0);
      expect(double.outLines()[0]?.['settings']).toMatchObject({ batchWindowSeconds: 30, archiveDays: 90, maxConcurrency: 3 });
    } finally {
      remove();
    }
  });

  it.each([
    ['an event', ['--events-per-month', '1', '--event-bytes', '1'], '1 event of 1 byte a month in single webhooks'],
    ['the most', ['--events-per-month', '1000B', '--events-per-webhook', '1000'], '1,000,000,000,000 events of 1,000 bytes a month in webhooks of 1,000'],
  ])('keeps its columns apart for %s', async (_, words, head) => {
    const { out } = await run(...words);

    expect(out.replaceAll(/\s+/g, ' ')).toContain(head);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(out.match(/\S\$/g)).toBeNull();
    expect(new Set(out.split('\n').filter((line) => /\$.*%$/.test(line)).map((line) => line.length)).size).toBe(1);
  });

  it('has every price and day, and every price of others, in JSON', async () => {
    const { lines, alternatives } = await jsonOf();

    for (const { source, read } of [...lines, ...alternatives]) expect([new URL(source).protocol, read]).toEqual(['https:', expect.stringMatching(/^2026-/)]);
    expect(lines.map(({ id, units, unit, standing }) => [id, units, unit, standing])).toEqual(
      expect.arrayContaining([
        ['api_requests', 100_000_000, 'API requests of 512 KB', false],
        ['alarms', 31, 'metrics watched by alarms', true],
      ]),
    );
  });

  it('says what would not work as it is set', async () => {
    const { out } = await run('--events-per-month', '20B');

    expect(out).toMatch(/^Mind: 7,610 webhooks a second are over throttleRate \(1,000\)/m);
    expect(out).toMatch(/^Mind: 7,610 usage events a second are over metronomeEventsPerSecond/m);
    expect((await jsonOf('--events-per-month', '1M')).warnings).toEqual([]);
  });

  it('explains itself with an example, in 80 columns', async () => {
    const { status, out } = await run('--help');

    expect(out).toContain('Examples:\n  npm run bridge -- cost ');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(status).toBe(0);
  });

  it.each([
    [['--events-per-month', '0'], /--events-per-month <n>' argument '0' is invalid. Expected a whole number from 1 to 1000B/],
    [['--events-per-month', 'many'], /Expected a whole number/],
    [['--events-per-month', '1e9'], /Expected a whole number/],
    [['--events-per-month', '1001B'], /Expected a whole number from 1 to 1000B/],
    [['--event-bytes', '0.5'], /--event-bytes <n>/],
    [['--event-bytes', '2M'], /--event-bytes is 2000000: the queue takes no event over 1 MiB.* Give/],
    [['--events-per-webhook', '20k'], /--events-per-webhook is 20000: .*Give the batch size/],
    [['--events-per-webhook', '1000', '--event-bytes', '10k'], /makes a body of 10000000 bytes.* Lower one/],
    [['--filtered-share', '20%'], /Expected a share from 0 to 1/],
    [['--filtered-share', '1.5'], /Expected a share from 0 to 1/],
    [['--usage-events', '0'], /Expected a number over 0/],
    [['-c', 'batchWindow'], /Expected a setting like/],
    [['-c', 'batchWindwSeconds=3'], /-c batchWindwSeconds: there is no such setting; did you mean -c batchWindowSeconds/],
  ])('refuses %j, naming the option and the next step', async (words, message) => {
    const { status, out, err } = await run(...words);

    expect(err).toMatch(message);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  it('names a setting that can not be deployed', async () => {
    const { status, err } = await run('-c', 'batchSize=0');

    expect(err).toMatch(/^-c batchSize is 0; expected a whole number/);
    expect(status).toBe(1);
  });
});
