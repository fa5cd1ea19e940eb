import { PRICES, usdFor } from './prices.ts';
import type { PriceName } from './prices.ts';

/** One thing on the bill of a month. */
export interface Line {
  /** A stable name, for machines. */
  readonly id: string;
  readonly title: string;
  readonly price: PriceName;
  /** How much of what the price is for. */
  readonly units: number;
  readonly usd: number;
  /** True for what costs the same if nothing comes in. */
  readonly isStanding: boolean;
}

/** What grows with the traffic. */
export function line(id: string, title: string, price: PriceName, units: number): Line {
  return { id, title, price, units, usd: usdFor(PRICES[price], units), isStanding: false };
}

/** What is there anyway. */
export function standing(id: string, title: string, price: PriceName, units: number): Line {
  return { ...line(id, title, price, units), isStanding: true };
}
