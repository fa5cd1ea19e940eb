/** Counts per message, since the data folder began. */
export interface Counts {
  readonly accepted: number;
  readonly fates: { readonly delivered: number; readonly filtered: number; readonly quarantined: number };
  readonly quarantine: Readonly<Record<string, number>>;
}

/** What the tally knows of a message: nothing until it has a fate, and the reason of a quarantined one. */
export interface Standing {
  readonly fate: string | null;
  readonly reason: string | null;
}

/** Counts that follow the tally's rows, so that nobody has to count a million of them to say how many there are. */
export interface RunningCounts {
  /** So many messages more of a standing, or fewer. */
  add(standing: Standing, messages: number): void;
  counts(): Counts;
}

export function createRunningCounts(): RunningCounts {
  const fates = { delivered: 0, filtered: 0, quarantined: 0 };
  const quarantine = new Map<string, number>();
  let accepted = 0;
  return {
    add({ fate, reason }, messages) {
      accepted += messages;
      if (fate === 'delivered' || fate === 'filtered' || fate === 'quarantined') fates[fate] += messages;
      if (fate === 'quarantined') quarantine.set(String(reason), (quarantine.get(String(reason)) ?? 0) + messages);
    },
    counts: () => ({ accepted, fates: { ...fates }, quarantine: Object.fromEntries([...quarantine].filter(([, messages]) => messages > 0)) }),
  };
}
