import type { ConditionView } from '../../api.ts';
import { Hostile, HostileWhole } from '../parts/hostile.tsx';

interface TriggerProps {
  readonly trigger: string;
  readonly condition: ConditionView | undefined;
}

/** The trigger as a tree: which condition holds, and what the event has there. One that can't be read stays as it is written. */
export function Trigger({ trigger, condition }: TriggerProps) {
  if (condition === undefined) {
    return (
      <p class="mono small">
        <HostileWhole text={trigger} />
      </p>
    );
  }
  return (
    <ul class="conditions" aria-label="Trigger">
      <Condition condition={withoutEmptyLevels(condition)} />
    </ul>
  );
}

/** All of one is that one. */
function withoutEmptyLevels(condition: ConditionView): ConditionView {
  const [only, ...others] = condition.children;
  return only === undefined || others.length > 0 ? condition : withoutEmptyLevels(only);
}

function Condition({ condition: { text, holds, actual, children } }: { readonly condition: ConditionView }) {
  const isGroup = children.length > 0;
  return (
    <li class={holds ? 'condition condition-holds' : 'condition condition-fails'}>
      <span class="condition-mark" aria-hidden="true">
        {holds ? '✓' : '✕'}
      </span>
      <span class="visually-hidden">{holds ? 'holds: ' : "doesn't hold: "}</span>
      <span class="mono">
        <Hostile text={isGroup ? groupText(text) : text} maxChars={400} />
      </span>
      {!isGroup && (
        <span class="condition-actual">
          {actual === undefined ? (
            <span class="faint">the event has nothing there</span>
          ) : (
            <>
              <span class="faint">the event has </span>
              <span class="mono">
                <Hostile text={actual} maxChars={120} />
              </span>
            </>
          )}
        </span>
      )}
      {isGroup && (
        <ul class="conditions">
          {children.map((child, index) => (
            <Condition key={index} condition={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

function groupText(text: string): string {
  if (text === 'and') return 'all of';
  return text === 'or' ? 'any of' : text;
}
