import { createForwardHandler } from '../../lambda/forward/handler.ts';
import { createMetronomeClient } from '../../lambda/forward/metronome.ts';
import { forEachAtOnce } from '../../lambda/pool.ts';
import { createTelemetry } from '../../lambda/telemetry.ts';
import { lambdaContext } from '../../local/function/lambda-context.ts';
import { seededRandom } from '../outage/random.ts';
import { alternate } from './alternate.ts';
import type { Contender, Contest, Effort } from './alternate.ts';
import { benchEvents } from './events.ts';
import { answerJob } from './fresh-process.ts';
import { GUILTY, SECRET } from './loopback.ts';
import { MAPPING_CASES } from './mapping-cases.ts';
import { loadPeers } from './peers.ts';
import { mustBeSame } from './same-answer.ts';
import { sqsEvent } from './sqs-event.ts';
import { arrivedDuring, setAnswerTime } from './with-loopback.ts';

export interface ForwardJob {
  readonly url: string;
  readonly eventBytes: number;
  /** How long Metronome takes, and how many events the peer sends one by one in a slice. */
  readonly runs: readonly { readonly answerMs: number; readonly peerEvents: number; readonly effort: Effort }[];
  readonly seeds: readonly number[];
}

export interface ForwardResult {
  readonly contests: readonly (Contest & { readonly answerMs: number })[];
  /** For 1,000 good events. */
  readonly requests: number;
  readonly peerRequests: number;
  /** For 1,000 events of which 10 are refused, by seed of where they stand. */
  readonly requestsWithRefusals: readonly number[];
}

const EVENTS = 1_000;
const REFUSED = 10;
/** As many as forward has under way. */
const AT_ONCE = 8;
const TIMEOUT_SECONDS = 60;
const REQUEST_TIMEOUT_MS = 10_000;

/** Prepares what is there before an invocation begins, and gives what is measured. */
type Side = (bodies: readonly string[]) => () => Promise<void>;

/** The whole function, on one batch of the queue. */
function ours(): Side {
  const handler = createForwardHandler({ environment: process.env, telemetry: createTelemetry({ service: 'forward', stack: 'bench' }) });
  return (bodies) => {
    const batch = sqsEvent(bodies, Date.now());
    return async () => {
      const answer = await handler(batch, lambdaContext({ functionName: 'forward', timeoutSeconds: TIMEOUT_SECONDS }));
      mustBeSame('forward', answer, { batchItemFailures: [] });
    };
  };
}

/** One event a request, as the hosted destination sends them, with its own libraries and our client. */
function oneByOne(url: string): Side {
  const { transform, parseFql, validate } = loadPeers();
  const client = createMetronomeClient({ baseUrl: url, userAgent: 'bench', now: Date.now });
  const definitions = MAPPING_CASES.default.definitions;
  const send = async (body: string): Promise<void> => {
    const event: unknown = JSON.parse(body);
    for (const { trigger, mapping } of definitions) {
      if (!validate(parseFql(trigger), event)) continue;
      const answer = await client.ingest(JSON.stringify([transform(mapping, event)]), SECRET, REQUEST_TIMEOUT_MS);
      mustBeSame('Metronome on this machine', answer.kind === 'answer' && answer.status, 200);
    }
  };
  return (bodies) => () => forEachAtOnce(bodies, AT_ONCE, send);
}

function contender(side: Side, bodies: readonly string[]): Contender {
  const send = side(bodies);
  return {
    unitsEachTime: bodies.length,
    timesPerSlice: 1,
    async run(times) {
      for (let left = times; left > 0; left -= 1) await send();
    },
  };
}

/** With some events that Metronome refuses, at places of chance. */
function withRefused(bodies: readonly string[], seed: number): readonly string[] {
  const random = seededRandom(seed);
  const guilty = new Set<number>();
  while (guilty.size < REFUSED) guilty.add(Math.floor(random() * bodies.length));
  return bodies.map((body, index) => (guilty.has(index) ? body.replace('"messageId":"', `"messageId":"${GUILTY}`) : body));
}

const byId = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

answerJob(async ({ url, eventBytes, runs, seeds }: ForwardJob): Promise<ForwardResult> => {
  const events = benchEvents(EVENTS, eventBytes, Date.now());
  const bodies = events.map((event) => JSON.stringify(event));
  const { expected } = MAPPING_CASES.default;
  const sides = { forward: ours(), 'one event a request': oneByOne(url) };

  const requests: number[] = [];
  for (const [name, side] of Object.entries(sides)) {
    const arrived = await arrivedDuring(url, side(bodies));
    mustBeSame(name, arrived.usage.toSorted(byId), events.map(expected).toSorted(byId));
    requests.push(arrived.requests);
  }
  const requestsWithRefusals: number[] = [];
  for (const seed of seeds) {
    const arrived = await arrivedDuring(url, sides.forward(withRefused(bodies, seed)));
    mustBeSame('forward beside refused events', new Set(arrived.usage.map((usage) => JSON.stringify(usage))).size, EVENTS - REFUSED);
    requestsWithRefusals.push(arrived.requests);
  }
  const contests: (Contest & { answerMs: number })[] = [];
  for (const { answerMs, peerEvents, effort } of runs) {
    await setAnswerTime(url, answerMs);
    const contest = await alternate(contender(sides.forward, bodies), contender(sides['one event a request'], bodies.slice(0, peerEvents)), effort);
    contests.push({ answerMs, ...contest });
  }
  const [oursRequests = 0, peerRequests = 0] = requests;
  return { contests, requests: oursRequests, peerRequests, requestsWithRefusals };
});
