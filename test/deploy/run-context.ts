import type { Credentials } from '../helpers/segment.ts';
import type { Books } from './books.ts';
import type { Clients } from './clients.ts';
import type { ScriptedMetronome } from './metronome.ts';
import type { DeployedStack } from './stack.ts';

/** What every step after the deployment works with. */
export interface Run {
  readonly stack: DeployedStack;
  readonly clients: Clients;
  readonly metronome: ScriptedMetronome;
  readonly books: Books;
  /** Absolute path of the deployed mappings. */
  readonly mappings: string;
  /** What Segment signs with. */
  credentials: Required<Credentials>;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** How long anything may take to come to rest, in milliseconds: an emulator's queue counts exactly, those of AWS are late. */
  readonly patienceMs: number;
}
