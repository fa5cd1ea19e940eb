import type { TryView } from '../../api.ts';
import { reasonText } from '../live/reason-text.ts';
import { FateMark } from '../parts/fate.tsx';
import { Hostile } from '../parts/hostile.tsx';
import { count } from '../text/figures.ts';
import { DeletedOutcome } from './deleted-outcome.tsx';
import { MappingOutcome } from './mapping-outcome.tsx';

export function OutcomeView({ outcome }: { readonly outcome: TryView }) {
  const { fate, savedFate, mappings, deleted } = outcome;
  return (
    <div aria-live="polite" class="outcome">
      <p class="verdict">
        Would be <FateMark fate={fate} />
        {reasonText(outcome) !== '' && (
          <span class="mono">
            <Hostile text={reasonText(outcome)} />
          </span>
        )}
        {savedFate !== fate && (
          <span class="tag tag-warning">
            with the saved mappings: <FateMark fate={savedFate} />
          </span>
        )}
        {deleted.length > 0 && <span class="tag tag-warning">{count(deleted.length, 'mapping')} deleted</span>}
      </p>
      {mappings.map((mapping, index) => (
        <MappingOutcome key={index} tried={mapping} />
      ))}
      {deleted.map((mapping) => (
        <DeletedOutcome key={mapping.mapping} deleted={mapping} />
      ))}
    </div>
  );
}
