import type { UsageView } from '../../api.ts';
import { JsonView } from '../json/json-view.tsx';
import { CopyButton } from '../parts/copy.tsx';
import { FateMark } from '../parts/fate.tsx';
import { Hostile, HostileWhole } from '../parts/hostile.tsx';
import { reasonText } from './reason-text.ts';

/** One usage event: what was sent, and what Metronome said. */
export function UsageCard({ usage }: { readonly usage: UsageView }) {
  const { mapping, transactionId, verdict, status, detail, json } = usage;
  return (
    <article class="card">
      <div class="card-head">
        <FateMark fate={verdict} />
        <strong class="card-title">
          <Hostile text={mapping} maxChars={80} />
        </strong>
        {status !== undefined && <span class="tag">Metronome answered {status}</span>}
        {reasonText(usage) !== '' && <span class="tag mono">{reasonText(usage)}</span>}
        {json !== undefined && <CopyButton what="the usage event" text={json} />}
      </div>
      {detail !== undefined && (
        <p>
          <HostileWhole text={detail} />
        </p>
      )}
      {transactionId !== undefined && (
        <p class="small">
          <span class="faint">transaction_id</span> <HostileWhole text={transactionId} />
        </p>
      )}
      {json !== undefined && (
        <details open>
          <summary>As sent</summary>
          <JsonView label={`Usage event of ${mapping.slice(0, 80)}`} text={json} />
        </details>
      )}
    </article>
  );
}
