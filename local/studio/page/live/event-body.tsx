import type { ComponentChildren } from 'preact';

import type { EventDetail } from '../../api.ts';
import { JsonView } from '../json/json-view.tsx';
import { CopyButton } from '../parts/copy.tsx';
import { HostileWhole } from '../parts/hostile.tsx';
import { byteLength, size, span } from '../text/figures.ts';
import { dayAndClock } from '../text/moment.ts';
import { openInTry } from '../try/chosen.ts';
import { Runs } from './runs.tsx';
import { UsageCard } from './usage-card.tsx';

/** All that is known of one event. */
export function EventBody({ detail }: { readonly detail: EventDetail }) {
  const { event, usage, mappingVersion, runs } = detail;
  return (
    <>
      {event.reason !== undefined && <Why detail={detail} />}
      <dl class="facts">
        <Fact name="Time">{dayAndClock(event.at)}</Fact>
        <Fact name="Accepted">
          {dayAndClock(event.acceptedAt)} <span class="faint">({span(event.at - event.acceptedAt)} before)</span>
        </Fact>
        <Fact name="messageId">
          <HostileWhole text={event.messageId} />
        </Fact>
        <Fact name="Customer">
          <HostileWhole text={event.customer} />
        </Fact>
        <Fact name="SQS id">
          <HostileWhole text={event.sqsMessageId} />
        </Fact>
        <Fact name="Mappings">
          <span class="mono">{mappingVersion.slice(0, 12)}</span>
        </Fact>
      </dl>
      <section class="part">
        <h3>Usage events</h3>
        {usage.length === 0 && <p class="faint">{noUsage(detail)}</p>}
        {usage.map((one, index) => (
          <UsageCard key={index} usage={one} />
        ))}
      </section>
      <RawEvent detail={detail} />
      <Runs runs={runs} current={event.seq} />
    </>
  );
}

function RawEvent({ detail }: { readonly detail: EventDetail }) {
  const { event, raw, encoding, faultPath } = detail;
  const text = encoding === 'text' ? raw : undefined;
  return (
    <section class="part">
      <div class="part-head">
        <h3>{text === undefined ? 'Raw bytes, base64' : 'Raw event'}</h3>
        <span class="faint">{size(byteLength(text ?? raw))}</span>
        <CopyButton what="the raw event" text={text ?? raw} />
        {text !== undefined && (
          <button type="button" class="button button-small" onClick={() => openInTry(text, event.name ?? event.messageId ?? 'an event')}>
            Open in Try
          </button>
        )}
      </div>
      <JsonView label="Raw event" text={text ?? raw} faultPath={faultPath} />
    </section>
  );
}

function Why({ detail: { event, usage, faultPath } }: { readonly detail: EventDetail }) {
  const kind = event.fate === 'returned' ? 'notice-info' : 'notice-warning';
  const sentence = usage.find(({ reason }) => reason === event.reason)?.detail;
  return (
    <div class={`notice ${kind}`}>
      <p>
        <strong class="mono">{event.reason}</strong>
        {event.field !== undefined && (
          <>
            {' in '}
            <strong class="mono">
              <HostileWhole text={event.field} />
            </strong>
          </>
        )}
        {faultPath !== undefined && <span> (marked in the raw event)</span>}
      </p>
      {sentence !== undefined && (
        <p>
          <HostileWhole text={sentence} />
        </p>
      )}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function noUsage({ event }: EventDetail): string {
  if (event.fate === 'filtered') return 'None: no enabled mapping has a trigger that matches. Open it in Try to see which condition failed.';
  if (event.fate === 'returned') return 'None in this run: the event went back to the queue before one was made, and comes again.';
  return 'None was made.';
}
