import { METRONOME_MAX_PROPERTIES, METRONOME_MAX_REQUEST_BYTES, METRONOME_MAX_TRANSACTION_ID_CHARS } from '../../../../lambda/limits.ts';
import { byteLength, figure, size } from '../text/figures.ts';

/** How near the usage event is to what Metronome takes. */
export function Limits({ json }: { readonly json: string }) {
  const { transaction_id: id, properties } = readUsage(json);
  return (
    <ul class="limits" aria-label="Limits">
      {id !== undefined && <Limit name="transaction_id" value={[...id].length} most={METRONOME_MAX_TRANSACTION_ID_CHARS} unit="characters" />}
      {properties !== undefined && <Limit name="properties" value={properties} most={METRONOME_MAX_PROPERTIES} unit="entries" />}
      <li>
        <span class="faint">size</span> {size(byteLength(json))} <span class="faint">of {size(METRONOME_MAX_REQUEST_BYTES)}</span>
      </li>
    </ul>
  );
}

interface LimitProps {
  readonly name: string;
  readonly value: number;
  readonly most: number;
  readonly unit: string;
}

function Limit({ name, value, most, unit }: LimitProps) {
  return (
    <li class={value > most ? 'limit-over' : undefined}>
      <span class="faint">{name}</span> {figure(value)}{' '}
      <span class="faint">
        of {figure(most)} {unit}
      </span>
    </li>
  );
}

/** As far as it is a usage event. */
function readUsage(json: string): { readonly transaction_id?: string | undefined; readonly properties?: number | undefined } {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) return {};
  const { transaction_id: id, properties } = value as { readonly transaction_id?: unknown; readonly properties?: unknown };
  return {
    transaction_id: typeof id === 'string' ? id : undefined,
    properties: typeof properties === 'object' && properties !== null ? Object.keys(properties).length : undefined,
  };
}
