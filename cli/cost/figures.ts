const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const DECIMAL = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const DOLLARS = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const FINE = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', minimumFractionDigits: 4 });
const COARSE = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });
/** From so many dollars on cents say nothing. */
const COARSE_FROM = 10_000;
const PERCENT = new Intl.NumberFormat('en-US', { style: 'percent', minimumFractionDigits: 1 });

export function whole(amount: number): string {
  return WHOLE.format(amount);
}

export function decimal(amount: number): string {
  return DECIMAL.format(amount);
}

/** `$1,234.56` */
export function dollars(usd: number): string {
  return DOLLARS.format(usd);
}

/** `$0.0123`: of a million events, where cents would hide the half of it. Of very few events it comes to thousands: `$12,345`. */
export function fineDollars(usd: number): string {
  return (usd < COARSE_FROM ? FINE : COARSE).format(usd);
}

export function percent(part: number): string {
  return PERCENT.format(part);
}
