import type { ComponentChildren } from 'preact';

import type { EventDetail } from '../../api.ts';
import { JsonView } from '../json/json-view.tsx';
import { CopyButton } from '../parts/copy.tsx';
import { HostileWhole } from '../parts/hostile.tsx';
import { byteLength, size, span } from '../text/figures.ts';
import { dayAndClock } from '../text/moment.ts';
import { openInTry } from '../try/chosen.ts';
import { LaterRun } from './later-run.tsx';
import { Runs } from './runs.tsx';
import { UsageCard } from './usage-card.tsx';
import { Why } from './why.tsx';

interface EventBodyProps {
  readonly detail: EventDetail;
  /** Shows another run of the event. */
  readonly choose: (seq: number) => void;
}

/** All that is known of one event. */
export function EventBody({ detail, choose }: EventBodyProps) {
  const { event, usage, mappingVersion, runs } = detail;
  return (
    <>
      <LaterRun detail={detail} choose={choose} />
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
      <Runs runs={runs} current={event.seq} choose={choose} />
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
