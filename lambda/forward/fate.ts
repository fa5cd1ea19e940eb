/** Why an event can't be right without a person. Closed: alarms, the ledger and the operator's tool know each by name. */
export type Reason =
  | 'not_json'
  | 'not_an_event'
  | 'mapping_failed'
  | 'missing_field'
  | 'invalid_field'
  | 'timestamp_invalid'
  | 'timestamp_too_old'
  | 'timestamp_in_future'
  | 'id_too_long'
  | 'too_many_properties'
  | 'too_large'
  | 'duplicate_transaction_id'
  | 'refused_by_metronome'
  | 'retry_expired';

/** A fault of the event itself, with what a billing engineer needs to mend it. */
export interface Fault {
  readonly reason: Reason;
  readonly field?: string;
  /** One sentence. May quote Metronome, so it goes to the ledger and never to a log. */
  readonly detail?: string;
}

/** Why an event goes back to the queue: nothing of its own, and a later try may succeed. */
export type ReturnCause =
  | 'configuration'
  | 'token_not_set'
  | 'token_refused'
  | 'rate_limited'
  | 'metronome_unavailable'
  | 'unproven_refusal'
  | 'split_limit'
  | 'deadline'
  | 'ledger_unavailable'
  | 'internal';

/** How one event ends in one invocation. */
export type Fate =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'filtered' }
  | ({ readonly kind: 'quarantined' } & Fault)
  | { readonly kind: 'returned'; readonly cause: ReturnCause };

/** What became of one usage event. */
export type Verdict =
  | { readonly kind: 'delivered'; readonly status: number }
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string }
  | { readonly kind: 'returned'; readonly cause: ReturnCause; readonly status?: number };
