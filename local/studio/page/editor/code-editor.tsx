import { closeBrackets, closeBracketsKeymap, autocompletion, completionKeymap } from '@codemirror/autocomplete';
import type { CompletionSource } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { metaContent } from '../api/ask.ts';
import { isolateBidi } from './isolate-bidi.ts';
import { leastChange } from './least-change.ts';
import { COLOURS, THEME } from './theme.ts';

interface CodeEditorProps {
  readonly label: string;
  readonly text: string;
  readonly change: (text: string) => void;
  readonly diagnostics?: readonly Diagnostic[];
  readonly complete?: CompletionSource;
  /** A place to go to; each new object goes there once. */
  readonly goTo?: { readonly from: number; readonly to: number } | undefined;
  readonly hasLineNumbers?: boolean;
}

const NONE: readonly Diagnostic[] = [];

/** JSON to edit. Tab leaves it, as everywhere on the page. */
export function CodeEditor({ label, text, change, diagnostics = NONE, complete, goTo, hasLineNumbers = false }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(change);
  latest.current = change;

  useLayoutEffect(() => {
    if (place.current === null) return undefined;
    const told = EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current(update.state.doc.toString());
    });
    const extensions = [...extensionsFor(label, complete), told, hasLineNumbers ? lineNumbers() : []];
    const editor = new EditorView({ state: EditorState.create({ doc: text, extensions }), parent: place.current });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  // At once: after the next key it would be an older text than the editor's own, and the two would replace each other for ever.
  useLayoutEffect(() => {
    const editor = view.current;
    if (editor === undefined || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: leastChange(editor.state.doc.toString(), text) });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined) editor.dispatch(setDiagnostics(editor.state, diagnostics.map((one) => within(one, editor.state.doc.length))));
  }, [diagnostics]);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || goTo === undefined) return;
    const { from, to } = within(goTo, editor.state.doc.length);
    editor.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
    editor.focus();
  }, [goTo]);

  return <div class="code" ref={place} />;
}

function extensionsFor(label: string, complete: CompletionSource | undefined): readonly Extension[] {
  return [
    EditorView.cspNonce.of(metaContent('studio-nonce')),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    EditorView.lineWrapping,
    history(),
    json(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSpecialChars(),
    isolateBidi,
    autocompletion(complete === undefined ? {} : { override: [complete] }),
    syntaxHighlighting(COLOURS),
    THEME,
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
  ];
}

/** What was found in a text that has meanwhile become shorter. */
function within<T extends { readonly from: number; readonly to: number }>(place: T, length: number): T {
  return Object.assign({}, place, { from: Math.min(place.from, length), to: Math.min(Math.max(place.from, place.to), length) });
}
