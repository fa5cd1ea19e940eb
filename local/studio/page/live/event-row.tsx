import type { LiveEvent } from '../../api.ts';
import { FateMark } from '../parts/fate.tsx';
import { Hostile } from '../parts/hostile.tsx';
import { span } from '../text/figures.ts';
import { clockOrDay, dayAndClock } from '../text/moment.ts';
import { reasonText } from './reason-text.ts';

interface EventRowProps {
  readonly event: LiveEvent;
  /** In pixels from the list's top. */
  readonly top: number;
  readonly position: number;
  readonly count: number;
  readonly isOpen: boolean;
  readonly isActive: boolean;
  readonly choose: () => void;
}

export function rowId(seq: number): string {
  return `event-${seq}`;
}

export function ListHead() {
  return (
    <div class="list-head row" aria-hidden="true">
      <span class="cell-time">Time</span>
      <span class="cell-fate">Fate</span>
      <span class="cell-type">Type</span>
      <span class="cell-name">Event</span>
      <span class="cell-customer">Customer</span>
      <span class="cell-reason">Reason</span>
      <span class="cell-mapping">Mapping</span>
      <span class="cell-lag">Lag</span>
    </div>
  );
}

/** Its place is set through the object model: an inline style in the page's text would be refused by its security policy. */
export function EventRow({ event, top, position, count, isOpen, isActive, choose }: EventRowProps) {
  const { seq, at, acceptedAt, fate, type, name, customer, mappings, receiveCount } = event;
  return (
    <div
      id={rowId(seq)}
      class={isActive ? 'row row-active' : 'row'}
      role="option"
      aria-selected={isOpen}
      aria-posinset={position}
      aria-setsize={count}
      style={{ transform: `translateY(${top}px)` }}
      onClick={choose}
    >
      <span class="cell-time" title={dayAndClock(at)}>
        {clockOrDay(at, Date.now())}
      </span>
      <span class="cell-fate">
        <FateMark fate={fate} />
        {receiveCount > 1 && (
          <span class="again" title={`Received ${receiveCount} times`}>
            ×{receiveCount}
          </span>
        )}
      </span>
      <span class="cell-type">
        <Hostile text={type} />
      </span>
      <span class="cell-name">
        <Hostile text={name} />
      </span>
      <span class="cell-customer">
        <Hostile text={customer} />
      </span>
      <span class="cell-reason">
        <Hostile text={reasonText(event)} />
      </span>
      <span class="cell-mapping">
        <Hostile text={mappings.join(', ')} />
      </span>
      <span class="cell-lag" title="From accepted to this fate">
        {span(at - acceptedAt)}
      </span>
    </div>
  );
}
