import type { FieldView } from '../../api.ts';
import { HostileWhole } from '../parts/hostile.tsx';

interface FieldsProps {
  readonly fields: readonly FieldView[];
  readonly faulty: string | undefined;
}

/** Each field with what it came to, and from where. */
export function Fields({ fields, faulty }: FieldsProps) {
  return (
    <table class="table fields">
      <caption class="visually-hidden">Fields of the usage event</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Value</th>
          <th scope="col">From</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ field, value, sources }) => (
          <tr key={field} class={field === faulty ? 'field-faulty' : undefined}>
            <th scope="row" class="mono" data-name="Field">
              {field}
            </th>
            <td class="mono" data-name="Value">
              {value === undefined ? <span class="missing">nothing</span> : <HostileWhole text={value} maxChars={160} />}
            </td>
            <td data-name="From">
              <Sources sources={sources} value={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a source holds is told where the field's value isn't the same. */
function Sources({ sources, value: fieldValue }: Pick<FieldView, 'sources' | 'value'>) {
  if (sources.length === 0) return <span class="faint">a fixed value</span>;
  return (
    <ul class="plain">
      {sources.map(({ path, value }) => (
        <li key={path}>
          <span class="mono">
            <HostileWhole text={path} maxChars={120} />
          </span>{' '}
          {value === undefined && <span class="missing">not in the event</span>}
          {value !== undefined && value !== fieldValue && (
            <span class="mono faint">
              <HostileWhole text={value} maxChars={80} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
