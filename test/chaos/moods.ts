import { refusal, TAKEN } from '../helpers/metronome-stand-in.ts';
import type { Behaviour } from '../helpers/metronome-stand-in.ts';
import type { Random } from './random.ts';

/** What Metronome does with one request in a mood, and after how long, in milliseconds. */
export interface Reaction {
  readonly behaviour: Behaviour;
  readonly afterMs?: number;
}

/** @param events how many usage events the request carries */
export type Mood = (random: Random, events: number) => Reaction;

const HTML = { headers: { 'content-type': 'text/html' }, body: '<html><body><h1>Bad Gateway</h1></body></html>' };
const SLOW_MS = 2_500;
const SMALL_REQUEST = 20;
const ok: Reaction = { behaviour: TAKEN };

/** Most of the time of a bad mood some requests pass all the same, as they do at a real service. */
function mostly(share: number, ...reactions: readonly [Reaction, ...Reaction[]]): Mood {
  return (random) => (random.chance(share) ? random.pick(reactions) : ok);
}

function tooMany(retryAfter?: string): Reaction {
  const behaviour: Behaviour = { kind: 'answer', status: 429, ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }) };
  return { behaviour };
}

const fault = (status: number, stores: boolean): Reaction => ({ behaviour: { kind: 'answer', status, stores, ...HTML } });

export type MoodName = 'well' | 'rate_limited' | 'failing' | 'cutting' | 'hanging' | 'slow' | 'locked_out' | 'misdirected' | 'small' | 'talkative' | 'garbled' | 'refusing';

/** Every way in which a Metronome may misbehave, each for a phase of its own. */
export const MOODS: Readonly<Record<MoodName, Mood>> = {
  well: () => ok,
  rate_limited: mostly(0.6, tooMany(), tooMany('0'), tooMany('1'), tooMany('3600'), tooMany('Sun, 06 Nov 2095 08:49:37 GMT'), tooMany('soon')),
  failing: mostly(0.8, fault(500, false), fault(502, false), fault(503, true), fault(500, true), { behaviour: refusal(504) }),
  cutting: mostly(0.7, { behaviour: { kind: 'cut', stores: true } }, { behaviour: { kind: 'cut', stores: false } }),
  hanging: mostly(0.4, { behaviour: { kind: 'hang', stores: true } }, { behaviour: { kind: 'hang' } }, { behaviour: { kind: 'stall', status: 200, body: '{"a' } }),
  slow: (random) => ({ ...ok, afterMs: random.integer(0, SLOW_MS) }),
  locked_out: mostly(1, { behaviour: refusal(401, 'Unauthorized') }, { behaviour: refusal(403, 'Forbidden') }),
  misdirected: mostly(0.8, { behaviour: { kind: 'answer', status: 404, ...HTML } }, { behaviour: { kind: 'answer', status: 302, headers: { location: '/login' } } }),
  small: (_, events) => (events > SMALL_REQUEST ? { behaviour: { kind: 'answer', status: 413, ...HTML } } : ok),
  talkative: mostly(0.5, { behaviour: { kind: 'answer', status: 200, body: '{"errors":[]}' } }, { behaviour: { kind: 'answer', status: 204 } }),
  refusing: mostly(1, { behaviour: refusal(400) }, { behaviour: refusal(422) }),
  garbled: mostly(0.6, { behaviour: { kind: 'raw', bytes: 'SSH-2.0-OpenSSH_9.6\r\n' } }, { behaviour: { kind: 'raw', bytes: 'HTTP/1.1 200 OK\r\ncontent-le' } }),
};

const BAD_MOODS: readonly [MoodName, ...MoodName[]] = ['rate_limited', 'failing', 'cutting', 'hanging', 'slow', 'locked_out', 'misdirected', 'small', 'talkative', 'garbled', 'refusing'];

/** A mood and how long it lasts: until so many requests or so many milliseconds, whichever is first. */
export interface Phase {
  readonly mood: MoodName;
  readonly requests: number;
  readonly milliseconds: number;
}

/** How much longer a good phase lasts: a refused event takes many requests. */
const GOOD_FACTOR = 4;

/**
 * Phases without end: bad moods with good ones between them, so that work gets done.
 * @param longest of a bad phase
 */
export function* phases(random: Random, longest: Omit<Phase, 'mood'>): Generator<Phase, never> {
  const lasting = (factor: number): Omit<Phase, 'mood'> => ({
    requests: factor * random.integer(1, longest.requests),
    milliseconds: factor * random.integer(1, longest.milliseconds),
  });
  for (;;) {
    yield { mood: 'well', ...lasting(GOOD_FACTOR) };
    yield { mood: random.pick(BAD_MOODS), ...lasting(1) };
  }
}
