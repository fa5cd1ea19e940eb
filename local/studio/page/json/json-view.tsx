import { useComputed, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

import { HostileWhole } from '../parts/hostile.tsx';
import { visible, visibleLines } from '../text/visible.ts';
import { jsonLines } from './lines.ts';
import type { JsonLine, LineToken } from './lines.ts';
import { isJson } from './scan.ts';

interface JsonViewProps {
  readonly label: string;
  readonly text: string;
  readonly faultPath?: string | undefined;
}

const FIRST_LINES = 300;
/** An event can be a megabyte of brackets; what is beyond is in the text that can be copied. */
const MOST_LINES = 10_000;
const FIRST_CHARS = 20_000;
const TOKEN_CHARS = 240;
const DEEPEST_INDENT = 24;

/** JSON in colours, digit for digit as it came; what is no JSON as the text it is. */
export function JsonView({ label, text, faultPath }: JsonViewProps) {
  const isWhole = useSignal(false);
  const isReadable = useMemo(() => isJson(text), [text]);
  if (!isReadable) return <PlainText label={label} text={text} />;
  return <Lines label={label} text={text} faultPath={faultPath} isWhole={isWhole.value} showAll={() => (isWhole.value = true)} />;
}

interface LinesProps extends JsonViewProps {
  readonly isWhole: boolean;
  readonly showAll: () => void;
}

function Lines({ label, text, faultPath, isWhole, showAll }: LinesProps) {
  const most = isWhole ? MOST_LINES : FIRST_LINES;
  const lines = useMemo(() => [...jsonLines(text, faultPath).take(most + 1)], [text, faultPath, most]);
  const isCut = lines.length > most;
  return (
    <div class="json" role="region" aria-label={label} tabIndex={0}>
      {lines.slice(0, most).map((line, index) => (
        <Line key={index} line={line} />
      ))}
      {isCut && !isWhole && (
        <button type="button" class="link" onClick={showAll}>
          Show more lines
        </button>
      )}
      {isCut && isWhole && <p class="faint">Only the first {most} lines are shown; copy it to see the rest.</p>}
    </div>
  );
}

function Line({ line: { depth, tokens, isFault } }: { readonly line: JsonLine }) {
  const indent = `json-line json-indent-${Math.min(depth, DEEPEST_INDENT)}`;
  return (
    <div class={isFault ? `${indent} json-fault` : indent}>
      {isFault && <span class="visually-hidden">at fault: </span>}
      {tokens.map((token, index) => (
        <Token key={index} token={token} />
      ))}
    </div>
  );
}

function Token({ token: { kind, text } }: { readonly token: LineToken }) {
  if (kind === 'punctuation') return <span class="json-punctuation">{text}</span>;
  return <span class={`json-${kind}`}>{text.length > TOKEN_CHARS ? <HostileWhole text={text} maxChars={TOKEN_CHARS} /> : <bdi>{visible(text)}</bdi>}</span>;
}

function PlainText({ label, text }: { readonly label: string; readonly text: string }) {
  const isWhole = useSignal(false);
  const shown = useComputed(() => (isWhole.value ? text : text.slice(0, FIRST_CHARS)));
  if (text === '') return <p class="faint">Empty: not one character.</p>;
  return (
    <div class="json" role="region" aria-label={label} tabIndex={0}>
      <pre class="wrap">
        <bdi>{visibleLines(shown.value)}</bdi>
      </pre>
      {text.length > FIRST_CHARS && !isWhole.value && (
        <button type="button" class="link" onClick={() => (isWhole.value = true)}>
          Show all
        </button>
      )}
    </div>
  );
}
