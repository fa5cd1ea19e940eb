import { useMemo } from 'preact/hooks';

import { count } from './figures.ts';
import { hunks, lineDiff } from './line-diff.ts';
import { visibleLines } from './visible.ts';

export interface DiffViewProps {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly beforeName: string;
  readonly afterName: string;
}

export const CONTEXT_LINES = 3;
const MARKS = { same: ' ', removed: '−', added: '+' } as const;
const WORDS = { same: '', removed: 'removed: ', added: 'added: ' } as const;

/** Two texts as one, line by line; what differs carries a sign besides its colour. */
export function DiffView({ label, before, after, beforeName, afterName }: DiffViewProps) {
  const shown = useMemo(() => hunks(lineDiff(before, after), CONTEXT_LINES), [before, after]);
  return (
    <div class="diff" role="region" aria-label={label} tabIndex={0}>
      <p class="diff-names">
        <span class="diff-removed">− {beforeName}</span> <span class="diff-added">+ {afterName}</span>
      </p>
      {before === after && <p class="faint">No difference.</p>}
      {shown.map((line, index) =>
        line.kind === 'gap' ? (
          <div key={index} class="diff-gap">
            {count(line.lines, 'line')} the same
          </div>
        ) : (
          <div key={index} class={`diff-line diff-${line.kind}`}>
            <span class="diff-mark" aria-hidden="true">
              {MARKS[line.kind]}
            </span>
            <span class="visually-hidden">{WORDS[line.kind]}</span>
            <bdi>{visibleLines(line.text)}</bdi>
          </div>
        ),
      )}
    </div>
  );
}
