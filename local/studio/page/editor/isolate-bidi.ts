import { syntaxTree } from '@codemirror/language';
import { RangeSetBuilder } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { Decoration, Direction, EditorView, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, ViewUpdate } from '@codemirror/view';

const ISOLATE = Decoration.mark({ class: 'cm-isolated', bidiIsolate: Direction.LTR, attributes: { dir: 'ltr' } });

/** Keeps the writing direction of each text to itself, so that none can rearrange the JSON around it. */
export const isolateBidi: Extension = ViewPlugin.define((view) => new Isolates(view), {
  decorations: (isolates) => isolates.found,
  provide: (plugin) => EditorView.bidiIsolatedRanges.of((view) => view.plugin(plugin)?.found ?? Decoration.none),
});

class Isolates {
  found: DecorationSet;

  constructor(view: EditorView) {
    this.found = stringsOf(view);
  }

  update({ docChanged, viewportChanged, startState, state, view }: ViewUpdate): void {
    if (docChanged || viewportChanged || syntaxTree(startState) !== syntaxTree(state)) this.found = stringsOf(view);
  }
}

function stringsOf(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        if ((node.name === 'String' || node.name === 'PropertyName') && node.from < node.to) builder.add(node.from, node.to, ISOLATE);
      },
    });
  }
  return builder.finish();
}
