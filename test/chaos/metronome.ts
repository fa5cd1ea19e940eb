import { setTimeout as sleep } from 'node:timers/promises';

import { refusal, startMetronomeStandIn, stores } from '../helpers/metronome-stand-in.ts';
import type { ArrivedEvent, ArrivedRequest, Behaviour, MetronomeStandIn } from '../helpers/metronome-stand-in.ts';
import { createMoodSchedule } from './mood-schedule.ts';
import { MOODS, phases } from './moods.ts';
import type { MoodName, Phase } from './moods.ts';
import { POISON } from './planned-event.ts';
import { createRandom } from './random.ts';

/** A Metronome that misbehaves on a schedule. */
export interface ChaosMetronome {
  readonly standIn: MetronomeStandIn;
  /** How many requests came in each mood. */
  readonly requestsByMood: ReadonlyMap<MoodName, number>;
  /** Transaction ids that came again with other content than before: whichever came first would be billed. */
  readonly changed: ReadonlySet<string>;
  /** How many usage events were stored before and came again. */
  ignoredAgain(): number;
  /** Refuses every token but this one from now on. */
  takeOnly(token: string): void;
  /** Runs this once, when events are stored next and the client hasn't heard of it yet; then cuts the connection. */
  whenNextStored(run: () => Promise<void>): void;
  /** No more bad moods and interruptions. */
  calmDown(): void;
}

export interface ChaosMetronomeOptions {
  readonly seed: number;
  readonly token: string;
  readonly longestPhase: Omit<Phase, 'mood'>;
}

/** Metronome of the seed's moods, on 127.0.0.1; takes this token. */
export async function startChaosMetronome({ seed, token, longestPhase }: ChaosMetronomeOptions): Promise<ChaosMetronome> {
  const random = createRandom(seed, 'answers');
  const schedule = createMoodSchedule(phases(createRandom(seed, 'moods'), longestPhase));
  const seen = new Map<string, string>();
  const changed = new Set<string>();
  let stored = 0;
  let onStored: (() => Promise<void>) | undefined;
  let validToken = token;

  async function decide(request: ArrivedRequest): Promise<Behaviour> {
    for (const event of request.events) remember(event);
    if (request.headers.authorization !== `Bearer ${validToken}`) return refusal(403, 'Unauthorized');
    const { behaviour, afterMs = 0 } = MOODS[schedule.moodNow(Date.now())](random, request.events.length);
    if (afterMs > 0) await sleep(afterMs);
    if (!stores(behaviour)) return behaviour;
    if (request.events.some(isPoison)) return refusal(400, 'An event of this request is invalid.');
    stored += request.events.length;
    if (onStored === undefined) return behaviour;
    const interrupt = onStored;
    onStored = undefined;
    await interrupt();
    return { kind: 'cut', stores: true };
  }

  function remember(event: ArrivedEvent): void {
    const id = String(event['transaction_id']);
    const content = JSON.stringify(event);
    const before = seen.get(id);
    if (before === undefined) seen.set(id, content);
    else if (before !== content) changed.add(id);
  }

  const standIn = await startMetronomeStandIn(decide);
  return {
    standIn,
    requestsByMood: schedule.requestsByMood,
    changed,
    ignoredAgain: () => stored - standIn.billed.size,
    takeOnly: (next) => {
      validToken = next;
    },
    whenNextStored: (run) => {
      onStored = run;
    },
    calmDown: () => {
      onStored = undefined;
      schedule.calmDown();
    },
  };
}

/** True if Metronome refuses the event, in whatever company it comes. */
function isPoison({ properties, event_type }: ArrivedEvent): boolean {
  return typeof properties === 'object' && properties !== null && POISON in properties && properties[POISON] === event_type;
}
