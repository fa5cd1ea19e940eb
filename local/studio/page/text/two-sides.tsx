import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';

import { useIsNarrow } from '../parts/narrow.ts';
import { CONTEXT_LINES, DiffView } from './diff-view.tsx';
import type { DiffViewProps } from './diff-view.tsx';
import { count } from './figures.ts';
import { hunks, lineDiff } from './line-diff.ts';
import { sideRows } from './side-rows.ts';
import type { Piece, SideRow } from './side-rows.ts';
import { visibleLines } from './visible.ts';

/** Two texts beside each other, line by line; as one where there is no room for two. */
export function TwoSides(props: DiffViewProps) {
  return useIsNarrow() ? <DiffView {...props} /> : <Sides {...props} />;
}

function Sides({ label, before, after, beforeName, afterName }: DiffViewProps) {
  const rows = useMemo(() => sideRows(hunks(lineDiff(before, after), CONTEXT_LINES)), [before, after]);
  return (
    <div class="diff" role="region" aria-label={label} tabIndex={0}>
      <table class="sides">
        <caption class="visually-hidden">{label}, line by line</caption>
        <thead>
          <tr>
            <th scope="col" class="diff-removed">
              − {beforeName}
            </th>
            <th scope="col" class="diff-added">
              + {afterName}
            </th>
          </tr>
        </thead>
        <tbody>
          {before === after && <Wide>No difference.</Wide>}
          {rows.map((row, index) => (
            <Row key={index} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { readonly row: SideRow }) {
  if (row.kind === 'gap') return <Wide>{count(row.lines, 'line')} the same</Wide>;
  if (row.kind === 'same') {
    return (
      <tr>
        <Same text={row.text} />
        <Same text={row.text} />
      </tr>
    );
  }
  return (
    <tr>
      <Changed kind="removed" pieces={row.before} />
      <Changed kind="added" pieces={row.after} />
    </tr>
  );
}

function Wide({ children }: { readonly children: ComponentChildren }) {
  return (
    <tr>
      <td colSpan={2} class="diff-gap">
        {children}
      </td>
    </tr>
  );
}

function Same({ text }: { readonly text: string }) {
  return (
    <td class="diff-line">
      <bdi>{visibleLines(text)}</bdi>
    </td>
  );
}

/** A sign and a word besides the colour; what differs within the line is underlined as well. */
function Changed({ kind, pieces }: { readonly kind: 'removed' | 'added'; readonly pieces: readonly Piece[] | undefined }) {
  if (pieces === undefined) {
    return (
      <td class="diff-line diff-none">
        <span class="visually-hidden">no such line</span>
      </td>
    );
  }
  return (
    <td class={`diff-line diff-${kind}`}>
      <span class="diff-mark" aria-hidden="true">
        {kind === 'removed' ? '−' : '+'}
      </span>
      <span class="visually-hidden">{kind}: </span>
      <bdi>{pieces.map(({ text, isChanged }) => (isChanged ? <mark class="diff-piece">{visibleLines(text)}</mark> : visibleLines(text)))}</bdi>
    </td>
  );
}
