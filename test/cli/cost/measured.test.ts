import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { GZIP_SHARE } from '../../../cli/cost/assumed.ts';
import { FORWARD_CPU, FORWARD_LOG, HEALTHY_METRICS, INGEST_CPU, INGEST_LOG, LEDGER_LINE_BYTES, LOAD_CPU_MS, USAGE } from '../../../cli/cost/measured.ts';
import { sendsOf } from '../../../cli/cost/sends.ts';
import { benchEvents } from '../../../bench/performance/events.ts';
import { functionRun } from './functions-run.ts';

const PERFORMANCE = readFileSync(new URL('../../../docs/performance.md', import.meta.url), 'utf8');
/** So far off a figure may be: on the dear side, and by little. */
const DEAR = 1.2;

/** The bridge's own figure in a row of the page. */
function shown(row: string): number {
  const figure = new RegExp(String.raw`^\| ${row} \| ([\d,.]+) (?:µs|ms)`, 'm').exec(PERFORMANCE)?.[1];
  if (figure === undefined) throw new Error(`docs/performance.md has no row "${row}"`);
  return Number(figure.replaceAll(',', ''));
}

const sizeOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
const eventSize = (events: number, bytes: number): number => sizeOf(benchEvents(events, bytes, Date.now()).map((event) => JSON.stringify(event))) / events;

describe('what ingest writes and sends', () => {
  it.each([1, 50])('for a webhook of %i', async (events) => {
    const { lines, sent } = await functionRun('ingest', events, 1_000);

    expect(lines).toHaveLength(INGEST_LOG.lines);
    expect(INGEST_LOG.bytes / sizeOf(lines)).toBeGreaterThan(0.99);
    expect(INGEST_LOG.bytes / sizeOf(lines)).toBeLessThan(DEAR);
    expect(sent.queue).toHaveLength(sendsOf(events, 1_000).requests);
    expect(sent.secrets).toHaveLength(2);
  });
});

describe('what forward writes and sends', () => {
  it.each([1, 40, 1_000])('for a batch of %i', async (events) => {
    const { linesPerRun, linesPerEvent, bytesPerRun, bytesPerEvent } = FORWARD_LOG;
    const { lines, sent } = await functionRun('forward', events, 1_000);

    expect(lines).toHaveLength(linesPerRun + Math.floor(events * linesPerEvent));
    expect((bytesPerRun + bytesPerEvent * events) / sizeOf(lines)).toBeGreaterThan(0.99);
    expect((bytesPerRun + bytesPerEvent * events) / sizeOf(lines)).toBeLessThan(1.25);
    expect(sent.metronome).toHaveLength(Math.ceil(events / 100));
    expect(sent.ledger).toHaveLength(1);
    expect(sent.secrets).toHaveLength(1);
  });

  it('to Metronome: of a small event about a half, of a large one all but its envelope', async () => {
    const envelope = USAGE.ofEventBytes - USAGE.bytes;
    const usageOf = async (events: number, bytes: number): Promise<number> => (await functionRun('forward', events, bytes)).sent.metronome.reduce((sum, { length }) => sum + length, 0) / events;

    expect(await usageOf(100, USAGE.ofEventBytes)).toBeCloseTo(USAGE.bytes, -1);
    expect(await usageOf(100, 16_000)).toBeLessThan(eventSize(100, 16_000) - envelope);
  });

  it('to the ledger: no more than is counted, however little gzip finds', async () => {
    const { sent } = await functionRun('forward', 100, 1_000);
    const [object = Buffer.alloc(0)] = sent.ledger;
    const lineBytes = gunzipSync(object).length / 100;

    expect(lineBytes - eventSize(100, 1_000)).toBeLessThan(LEDGER_LINE_BYTES);
    expect(lineBytes - eventSize(100, 1_000)).toBeGreaterThan(LEDGER_LINE_BYTES / DEAR);
    expect(object.length / 100).toBeLessThan((1_000 + LEDGER_LINE_BYTES) * GZIP_SHARE);
  });

  it('writes the metrics that are counted, and no other', async () => {
    const lines = [...(await functionRun('ingest', 1, 1_000)).lines, ...(await functionRun('forward', 40, 1_000)).lines];

    expect(lines.flatMap(metricsIn).toSorted()).toEqual([...HEALTHY_METRICS].toSorted());
  });
});

interface MetricLine {
  readonly _aws: { readonly CloudWatchMetrics: readonly { readonly Dimensions: readonly (readonly string[])[]; readonly Metrics: readonly { readonly Name: string }[] }[] };
}

/** The metrics of one line, each with its own dimension. */
function metricsIn(text: string): readonly string[] {
  const { _aws: format, ...values }: MetricLine & Readonly<Record<string, unknown>> = JSON.parse(text);
  return format.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) => {
    const own = Dimensions.flat().filter((name) => name !== 'service' && name !== 'stack');
    return Metrics.map(({ Name }) => Name + own.map((name) => `{${name}=${String(values[name])}}`).join(''));
  });
}

describe('the times, beside those that docs/performance.md shows', () => {
  const { msPerWebhook, msPerEvent } = INGEST_CPU;

  it.each([
    ['single webhooks, 2 KB each', msPerWebhook + msPerEvent, 1_000],
    ['webhooks of 50 events, 2 KB each', (msPerWebhook + 50 * msPerEvent) / 50, 1_000],
    ['Metronome answers in 100 ms, ledger written, 2 KB', FORWARD_CPU.msPerRun / 1_000 + FORWARD_CPU.msPerEvent, 1_000],
    ['loading forward', LOAD_CPU_MS.forward, 1],
    ['loading ingest', LOAD_CPU_MS.ingest, 1],
  ])('%s', (row, counted, perMs) => {
    // That page is made anew on whatever machine: a factor of two is a change, less is noise.
    expect((counted * perMs) / shown(row)).toBeGreaterThan(0.5);
    expect((counted * perMs) / shown(row)).toBeLessThan(2);
  });
});
