import { WEBHOOK_SIZES } from '../capacity.ts';

/** A part of the bridge, or of what it stands on, and where its end is. */
export interface Saturation {
  readonly part: string;
  readonly limit: string;
  /** Events a second at which it is reached, for each of `WEBHOOK_SIZES`. */
  readonly eventsPerSecond: readonly string[];
  readonly movedBy: string;
  /** Alarms by their ids, and graphs of the dashboard by their titles. */
  readonly alarms: readonly string[];
  readonly graphs: readonly string[];
  readonly alsoSeen?: string;
}

/** The same words for each size of webhook, or other ones. */
export function perSize(told: (size: number) => string): readonly string[] {
  return WEBHOOK_SIZES.map(told);
}
