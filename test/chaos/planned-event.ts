import type { Reason } from '../../lambda/forward/fate.ts';

/** A usage event as Metronome must hold it in the end. */
export interface ExpectedUsage {
  readonly transaction_id: string;
  readonly customer_id: string;
  readonly timestamp: string;
  readonly event_type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** An event of the run, and what must become of it whatever happens on its way. */
export interface PlannedEvent {
  /** In its text somewhere, so that it is found again in the ledger. */
  readonly id: string;
  /** The event as it travels. */
  readonly text: string;
  readonly fate: 'delivered' | 'filtered' | 'quarantined';
  /** Why it is quarantined. */
  readonly reason?: Reason;
  readonly usage: readonly ExpectedUsage[];
}

const ID = /chaos-\d+-\d+/;

export function eventId(seed: number, index: number): string {
  return `chaos-${seed}-${index}`;
}

/** The id of the planned event in a text; undefined if none is there. */
export function idIn(text: string): string | undefined {
  return ID.exec(text)?.[0];
}

/** Properties that say which of its usage events Metronome refuses: the one of this type. */
export const POISON = 'poison';
