import type { FindingView } from '../../api.ts';
import { HostileWhole } from '../parts/hostile.tsx';

interface FindingListProps {
  readonly findings: readonly FindingView[];
  readonly show?: (finding: FindingView) => void;
  readonly acknowledge?: (rule: string) => void;
}

/** What the linter found, each with what to write instead. */
export function FindingList({ findings, show, acknowledge }: FindingListProps) {
  if (findings.length === 0) return null;
  return (
    <ul class="findings" aria-label="Findings">
      {findings.map((finding, index) => (
        <li key={index} class={finding.acknowledged ? 'finding finding-known' : `finding finding-${finding.severity}`}>
          <p>
            <span class={finding.acknowledged ? 'tag' : `tag tag-${finding.severity}`}>{finding.acknowledged ? 'acknowledged' : finding.severity}</span>{' '}
            <span class="mono small">{finding.rule}</span>
          </p>
          <p>
            <HostileWhole text={finding.message} />
          </p>
          <p>
            <HostileWhole text={finding.suggestion} />
          </p>
          <p class="finding-foot">
            {show !== undefined && (
              <button type="button" class="button button-small" onClick={() => show(finding)}>
                Show the place
              </button>
            )}
            {acknowledge !== undefined && !finding.acknowledged && (
              <button type="button" class="button button-small" onClick={() => acknowledge(finding.rule)}>
                Acknowledge
              </button>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
