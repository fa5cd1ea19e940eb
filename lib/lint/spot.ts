import { placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** One place that a rule objects to. */
export interface Spot {
  /** Index of the mapping in the file. */
  readonly mapping: number;
  /** The place inside the mapping's entry, such as `mapping.properties`. */
  readonly path: string;
  /** One plain sentence: what is written, and what it does. */
  readonly message: string;
  /** What to write instead. */
  readonly suggestion: string;
}

/** A spot in the mapping that is looked at. */
export type OwnSpot = Omit<Spot, 'mapping'>;

/** What is wrong, and what to write instead. */
export type Advice = readonly [message: string, suggestion: string];

/** @param keys lead from the mapping's fields to the place */
export function spotAt({ definition }: Subject, keys: readonly string[], [message, suggestion]: Advice): OwnSpot {
  return { path: placeOf(definition.mapping, keys), message, suggestion };
}

export function triggerSpot(message: string, suggestion: string): OwnSpot {
  return { path: 'trigger', message, suggestion };
}
