import { compileMapping, compileTrigger } from '../../lambda/mapping/index.ts';
import { alternate } from './alternate.ts';
import type { Contender, Effort } from './alternate.ts';
import { benchEvents } from './events.ts';
import type { BenchEvent } from './events.ts';
import { answerJob } from './fresh-process.ts';
import { MAPPING_CASES } from './mapping-cases.ts';
import type { MappingCaseName, MappingDefinition } from './mapping-cases.ts';
import { loadPeers } from './peers.ts';
import { mustBeSame } from './same-answer.ts';

export interface MappingJob {
  readonly case: MappingCaseName;
  readonly eventBytes: number;
  /** `map`: the mapping alone. Else the triggers too, which the peer reads once, or for each event as the hosted destination does. */
  readonly peerReads: 'map' | 'once' | 'each event';
  readonly effort: Effort;
}

type MapEvent = (event: BenchEvent) => unknown;

/** So many events in turns, so that no branch is always the same. */
const EVENTS = 40;

function ours(definitions: readonly MappingDefinition[], withTriggers: boolean): MapEvent {
  const compiled = definitions.map(({ trigger, mapping }) => ({ matches: compileTrigger(trigger), map: compileMapping(mapping) }));
  const [first] = compiled;
  if (!withTriggers && first !== undefined) return first.map;
  return (event) => compiled.find(({ matches }) => matches(event))?.map(event);
}

function theirs(definitions: readonly MappingDefinition[], peerReads: MappingJob['peerReads']): MapEvent {
  const { transform, parseFql, validate } = loadPeers();
  const mapping = definitions[0]?.mapping;
  if (peerReads === 'map') return (event) => transform(mapping, event);
  const subscriptions = definitions.map((definition) => ({ ...definition, subscription: parseFql(definition.trigger) }));
  if (peerReads === 'once') {
    return (event) => {
      const found = subscriptions.find(({ subscription }) => validate(subscription, event));
      return found && transform(found.mapping, event);
    };
  }
  return (event) => {
    const found = definitions.find(({ trigger }) => validate(parseFql(trigger), event));
    return found && transform(found.mapping, event);
  };
}

function contender(map: MapEvent, events: readonly BenchEvent[]): Contender {
  return {
    run(times) {
      let kept: unknown;
      for (let left = times; left > 0; left -= events.length) {
        for (const event of left < events.length ? events.slice(0, left) : events) kept = map(event);
      }
      // Looked at, so that no compiler leaves the work out.
      if (kept === undefined) throw new Error('Nothing was mapped.');
    },
  };
}

answerJob(async ({ case: name, eventBytes, peerReads, effort }: MappingJob) => {
  const { title, definitions, expected } = MAPPING_CASES[name];
  const events = benchEvents(EVENTS, eventBytes, Date.now());
  const sides = { 'the bridge': ours(definitions, peerReads !== 'map'), 'actions-core': theirs(definitions, peerReads) };
  for (const [side, map] of Object.entries(sides)) {
    for (const event of events) mustBeSame(`${side}, for the ${title},`, map(event), expected(event));
  }
  return alternate(contender(sides['the bridge'], events), contender(sides['actions-core'], events), effort);
});
