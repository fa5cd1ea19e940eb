import type { Settings } from '../../lib/config.ts';
import { ALTERNATIVES } from './alternatives.ts';
import type { CostInput } from './input.ts';
import type { Line } from './line.ts';
import { costLines } from './lines.ts';
import type { Costed } from './lines.ts';
import { notesOn, warningsOn } from './notes.ts';
import { PRICES, usdFor } from './prices.ts';
import { singleReceivesFor } from './receives.ts';
import type { StackParts } from './stack-parts.ts';
import { trafficOf } from './traffic.ts';
import type { Traffic } from './traffic.ts';

/** A service beside the bridge, with what it lists for the same traffic. */
export interface Beside {
  readonly name: string;
  readonly usd: number;
  readonly covers: string;
  readonly price: string;
  readonly source: string;
  readonly read: string;
}

/** What a month costs. Dollars throughout. */
export interface CostSheet {
  readonly input: CostInput;
  readonly settings: Settings;
  readonly traffic: Traffic;
  readonly lines: readonly Line[];
  /** A month. */
  readonly usd: number;
  /** Of it, what is there whatever comes in. */
  readonly standingUsd: number;
  /** The sum if each receive from the queue brought one event, and not ten: nobody promises either. */
  readonly oneByOneUsd: number;
  readonly alternatives: readonly Beside[];
  /** What won't work as it is set. */
  readonly warnings: readonly string[];
  /** How it was reckoned. */
  readonly notes: readonly string[];
}

export function costSheet(input: CostInput, settings: Settings, parts: StackParts): CostSheet {
  const traffic = trafficOf(input, settings, parts);
  const costed: Costed = { input, settings, parts, traffic };
  const lines = costLines(costed);
  const usd = sumOf(lines);
  const moreReceives = Math.max(0, singleReceivesFor(traffic.events, input.eventBytes) - traffic.runs.receives);
  return {
    input,
    settings,
    traffic,
    lines,
    usd,
    standingUsd: sumOf(lines.filter(({ isStanding }) => isStanding)),
    oneByOneUsd: usd + usdFor(PRICES.sqsRequest, moreReceives),
    alternatives: ALTERNATIVES.map(({ name, covers, price, source, read, usdPerMonth }) => ({ name, usd: usdPerMonth(traffic), covers, price, source, read })),
    warnings: warningsOn(costed),
    notes: notesOn(costed),
  };
}

export function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}

/** A month's dollars for each million events of it. */
export function perMillion(usd: number, { events }: Pick<Traffic, 'events'>): number {
  return (usd / events) * 1_000_000;
}
