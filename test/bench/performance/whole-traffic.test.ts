import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { startTakingMetronome } from '../../../bench/performance/whole-metronome.ts';
import type { TakingMetronome } from '../../../bench/performance/whole-metronome.ts';
import { atOnce, atRate, createWebhooks } from '../../../bench/performance/whole-traffic.ts';

const AT = Date.UTC(2026, 0, 15, 12);

describe('createWebhooks', () => {
  it('cuts new events into webhooks, the last with what is left', () => {
    const webhooks = createWebhooks(500, AT);

    const all = [...webhooks(5, 2), ...webhooks(2, 1)];

    expect(all.map(({ length }) => length)).toEqual([2, 2, 1, 1, 1]);
    expect(new Set(all.flat().map(({ messageId }) => messageId)).size).toBe(7);
  });
});

describe('sending', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
  });

  /** Answers after a while; tells when each came and how many were under way. */
  async function listen(answerMs: number, status = 200, later = status): Promise<{ readonly url: string; readonly cameAt: number[]; most(): number }> {
    const cameAt: number[] = [];
    let [underWay, most] = [0, 0];
    server = createServer(async (request, response) => {
      cameAt.push(performance.now());
      underWay += 1;
      most = Math.max(most, underWay);
      await json(request);
      await sleep(answerMs);
      underWay -= 1;
      response.writeHead(cameAt.length === 1 ? status : later).end('no room');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('no port');
    return { url: `http://127.0.0.1:${address.port}`, cameAt, most: () => most };
  }

  it('keeps so many webhooks under way, and says when each was answered', async () => {
    const { url, cameAt, most } = await listen(20);
    const webhooks = createWebhooks(500, AT)(20, 2);

    const answered = await atOnce(3)(url, webhooks);

    expect([cameAt.length, most()]).toEqual([10, 3]);
    expect(answered.flatMap(({ events }) => events).length).toBe(20);
    for (const { at } of answered) expect(at).toBeGreaterThan(Math.min(...cameAt));
  });

  it('goes by the clock, also when the answers take long', async () => {
    const { url, cameAt, most } = await listen(300);

    await atRate(20)(url, createWebhooks(500, AT)(12, 1));

    expect(Math.max(...cameAt) - Math.min(...cameAt)).toBeGreaterThan(400);
    expect(most()).toBeGreaterThan(1);
  });

  it('sends again after a 503, and counts it', async () => {
    const { url, cameAt } = await listen(0, 503, 200);

    const [answered] = await atOnce(1)(url, createWebhooks(500, AT)(1, 1));

    expect([cameAt.length, answered?.tries]).toEqual([2, 2]);
    expect(answered?.at).toBeGreaterThan(Math.max(...cameAt));
  });

  it('ends at any other answer, and shows it', async () => {
    const { url } = await listen(0, 401);

    await expect(atOnce(1)(url, createWebhooks(500, AT)(1, 1))).rejects.toThrow('401: no room');
  });
});

describe('startTakingMetronome', () => {
  let metronome: TakingMetronome | undefined;
  afterEach(() => metronome?.stop());

  async function started(): Promise<{ readonly taking: TakingMetronome; ingest(path: string, ...ids: readonly string[]): Promise<number> }> {
    const taking = await startTakingMetronome();
    metronome = taking;
    const ingest = async (path: string, ...ids: readonly string[]): Promise<number> => {
      const response = await fetch(`${taking.url}${path}`, { method: 'POST', body: JSON.stringify(ids.map((id) => ({ transaction_id: id }))) });
      return response.status;
    };
    return { taking, ingest };
  }

  it('gives each event once, with the time of its first coming', async () => {
    const { taking, ingest } = await started();
    await ingest('/v1/ingest', 'a', 'b');
    const between = performance.now();
    await ingest('/v1/ingest', 'b', 'c');

    await taking.until(3, 1_000);
    const taken = taking.take();

    expect([...taken.keys()]).toEqual(['a', 'b', 'c']);
    expect([...taken.values()].map(({ at }) => at < between)).toEqual([true, true, false]);
  });

  it('takes nothing elsewhere, and says how many are missing', async () => {
    const { taking, ingest } = await started();

    expect(await ingest('/v2/ingest', 'a')).toBe(404);
    await expect(taking.until(2, 30)).rejects.toThrow('Of 2 events, 2 did not reach Metronome');
  });
});
