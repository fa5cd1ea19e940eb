import { refusal, startMetronomeStandIn, stores, TAKEN } from '../helpers/metronome-stand-in.ts';
import type { ArrivedEvent, ArrivedRequest, Behaviour, MetronomeStandIn } from '../helpers/metronome-stand-in.ts';

/** A member of an event's properties, by which this Metronome knows how to treat it. */
export const MARK = 'mark';
export type Mark = 'refuse' | 'unavailable';

/** Metronome as the steps need it: takes what has the right token, unless told otherwise. */
export interface ScriptedMetronome extends MetronomeStandIn {
  /** Answers 401 to every other token from now on. */
  takeOnly(token: string): void;
  /** The next requests with the right token get these, one each. */
  stumble(troubles: readonly Behaviour[]): void;
  troublesLeft(): number;
  /** Takes events of this mark from now on: before, `refuse` was answered 400 and `unavailable` 503. */
  relent(mark: Mark): void;
  /** Requests that came with another token than the right one. */
  wrongTokens(): number;
  /** Transaction ids that came with different contents. */
  readonly changed: ReadonlySet<string>;
}

/** @param port on 127.0.0.1; 0 takes any free one */
export async function startScriptedMetronome(port: number): Promise<ScriptedMetronome> {
  const troubles: Behaviour[] = [];
  const marks = new Set<unknown>(['refuse', 'unavailable'] satisfies Mark[]);
  const contents = new Map<string, string>();
  const changed = new Set<string>();
  let validToken: string | undefined;
  let wrongTokens = 0;

  function remember(event: ArrivedEvent): void {
    const id = String(event['transaction_id']);
    const content = JSON.stringify(event);
    if ((contents.get(id) ?? content) !== content) changed.add(id);
    contents.set(id, content);
  }

  function decide({ headers, events }: ArrivedRequest): Behaviour {
    if (headers.authorization !== `Bearer ${validToken}`) {
      wrongTokens += 1;
      return refusal(401, 'Unauthorized');
    }
    for (const event of events) remember(event);
    const found = new Set(events.map(markOf).filter((mark) => marks.has(mark)));
    if (found.has('unavailable')) return refusal(503, 'Unavailable');
    // What is refused is not stored, whatever becomes of the answer.
    const [trouble = TAKEN] = troubles;
    if (found.has('refuse') && stores(trouble)) return refusal(400, 'An event of this request is invalid.');
    troubles.shift();
    return trouble;
  }

  const standIn = await startMetronomeStandIn(decide, port);
  return {
    ...standIn,
    takeOnly: (token) => {
      validToken = token;
    },
    stumble: (next) => void troubles.push(...next),
    troublesLeft: () => troubles.length,
    relent: (mark) => void marks.delete(mark),
    wrongTokens: () => wrongTokens,
    changed,
  };
}

function markOf({ properties }: ArrivedEvent): unknown {
  return typeof properties === 'object' && properties !== null && MARK in properties ? properties[MARK] : undefined;
}
