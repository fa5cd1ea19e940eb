import type { LiveCounts, LiveFate } from '../../api.ts';
import { figure } from '../text/figures.ts';
import { hourAndMinute } from '../text/moment.ts';
import { counts } from './feed.ts';

type Minute = LiveCounts['lastMinutes'][number];

/** From the bottom up. */
const STACK = ['delivered', 'filtered', 'returned', 'quarantined'] as const satisfies readonly LiveFate[];
const SHOWN_MINUTES = 30;
const WIDTH = 240;
const HEIGHT = 36;
const STEP = WIDTH / SHOWN_MINUTES;
const GAP = 2;

/** The last half hour, a bar for each minute. Everything in it is told in words as well. */
export function Chart() {
  const minutes = (counts.value?.lastMinutes ?? []).slice(-SHOWN_MINUTES);
  const most = Math.max(1, ...minutes.map(sumOf));
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} preserveAspectRatio="none" role="img" aria-label={wordsFor(minutes)}>
        <line x1="0" y1={HEIGHT - 0.5} x2={WIDTH} y2={HEIGHT - 0.5} class="chart-axis" />
        {minutes.map((minute, index) => (
          <Bar key={minute.at} minute={minute} x={WIDTH - (minutes.length - index) * STEP} most={most} />
        ))}
      </svg>
      <figcaption>
        <span>last {SHOWN_MINUTES} min</span>
        <span>most {figure(minutes.length === 0 ? 0 : Math.max(...minutes.map(sumOf)))}/min</span>
      </figcaption>
    </figure>
  );
}

function Bar({ minute, x, most }: { readonly minute: Minute; readonly x: number; readonly most: number }) {
  let y = HEIGHT;
  return (
    <g>
      <title>{`${hourAndMinute(minute.at)}: ${partsOf(minute)}`}</title>
      <rect x={x} y={0} width={STEP} height={HEIGHT} class="chart-touch" />
      {STACK.map((fate) => {
        // What happened at all can be seen.
        const height = minute[fate] === 0 ? 0 : Math.max(1.5, (minute[fate] / most) * (HEIGHT - 2));
        y -= height;
        return <rect key={fate} x={x + GAP / 2} y={y} width={STEP - GAP} height={height} class={`bar-${fate}`} />;
      })}
    </g>
  );
}

function sumOf(minute: Minute): number {
  return STACK.reduce((sum, fate) => sum + minute[fate], 0);
}

function partsOf(minute: Minute): string {
  const parts = STACK.filter((fate) => minute[fate] > 0).map((fate) => `${figure(minute[fate])} ${fate}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

function wordsFor(minutes: readonly Minute[]): string {
  const sums = STACK.map((fate) => `${figure(minutes.reduce((sum, minute) => sum + minute[fate], 0))} ${fate}`);
  return `Events of the last ${SHOWN_MINUTES} minutes: ${sums.join(', ')}.`;
}
