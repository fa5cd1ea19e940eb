import type { MappingTry } from '../../api.ts';
import { JsonView } from '../json/json-view.tsx';
import { reasonText } from '../live/reason-text.ts';
import { Hostile, HostileWhole } from '../parts/hostile.tsx';
import { Trigger } from './conditions.tsx';
import { Fields } from './fields.tsx';
import { Limits } from './limits.tsx';
import { SavedDifference } from './saved-difference.tsx';

/** What one mapping makes of the event, step by step: trigger, fields, limits, usage event. */
export function MappingOutcome({ tried }: { readonly tried: MappingTry }) {
  const { mapping, enabled, matched, trigger, condition, fields, json, fault, saved } = tried;
  return (
    <article class="card">
      <div class="card-head">
        <Match enabled={enabled} matched={matched} />
        <h3 class="card-title">
          <Hostile text={mapping} maxChars={100} />
        </h3>
      </div>
      <Trigger trigger={trigger} condition={condition} />
      {fault !== undefined && (
        <div class="notice notice-warning">
          <p>
            <strong class="mono">{reasonText(fault)}</strong>
          </p>
          {fault.detail !== undefined && (
            <p>
              <HostileWhole text={fault.detail} />
            </p>
          )}
        </div>
      )}
      {matched && fields.length > 0 && <Fields fields={fields} faulty={fault?.field} />}
      {json !== undefined && (
        <>
          <Limits json={json} />
          <details open={saved === undefined}>
            <summary>The usage event as it would be sent</summary>
            <JsonView label={`Usage event of ${mapping.slice(0, 80)}`} text={json} />
          </details>
        </>
      )}
      {saved !== undefined && <SavedDifference tried={tried} saved={saved} />}
    </article>
  );
}

function Match({ enabled, matched }: { readonly enabled: boolean; readonly matched: boolean }) {
  if (!enabled) return <span class="tag">off</span>;
  return matched ? <span class="tag tag-good">✓ matches</span> : <span class="tag tag-plain">✕ doesn't match</span>;
}
