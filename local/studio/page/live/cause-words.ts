import type { ReturnCause } from '../../../../lambda/forward/fate.ts';

/** Why an event went back to the queue, and what a person may do about it. */
const WORDS: Readonly<Record<ReturnCause, string>> = {
  metronome_unavailable: "Metronome didn't answer, or with an error of its own. If it stays, look at Metronome's status page.",
  rate_limited: "Metronome asked to slow down. If it stays, lower metronomeEventsPerSecond, or have Metronome raise the account's rate.",
  token_refused: 'Metronome refuses the token. Start the bridge with the right METRONOME_API_TOKEN.',
  token_not_set: 'There is no token for Metronome. Start the bridge with METRONOME_API_TOKEN.',
  configuration: 'A setting is wrong: look at METRONOME_BASE_URL, at the mappings, and at what npm start printed.',
  unproven_refusal: 'Metronome refused it and took no other event of the run, so nothing proves that this one is at fault. If it stays, ask Metronome.',
  ledger_unavailable: "The ledger couldn't be written, and no event is done with before it stands there. Look at what npm start printed.",
  deadline: "The run's time was up before its turn. It follows in one of the next.",
  split_limit: 'So many events were refused at once that the run had no time to find the guilty ones. It follows in one of the next.',
  internal: 'A fault of the bridge. Report it, with what npm start printed.',
};

/** A sentence or two; undefined for what is no cause of a return. */
export function causeWords(reason: string | undefined): string | undefined {
  return Object.entries(WORDS).find(([cause]) => cause === reason)?.[1];
}
