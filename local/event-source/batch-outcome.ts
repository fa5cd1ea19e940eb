import { isNativeError } from 'node:util/types';
import type { Invocation } from '../function/invocation.ts';

/** What becomes of a batch: these messages are deleted, those stay in the queue until their visibility ends. */
export interface BatchOutcome {
  readonly delete: readonly string[];
  readonly keep: readonly string[];
  /** Why the whole batch stays although the function didn't name it, as a sentence. */
  readonly problem?: string;
}

/**
 * Reads a function's answer to a batch by the rules of ReportBatchItemFailures
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html): nothing returned, or an empty or null list,
 * means that all succeeded; an error, or an answer that can't be understood, that all failed.
 * Where AWS doesn't say, as for an object with other keys only, the batch counts as failed: a message kept too long comes
 * back, one deleted too early is lost.
 */
export function batchOutcome(invocation: Invocation, messageIds: readonly string[]): BatchOutcome {
  if (invocation.kind === 'threw') return allFailed(messageIds, `The function threw ${nameOf(invocation.error)}.`);
  if (invocation.kind === 'timed_out') {
    return allFailed(messageIds, `The function was still running after ${invocation.timeoutSeconds} s.`);
  }
  const failures = failedIds(invocation.value);
  if (failures.kind === 'unreadable') return allFailed(messageIds, failures.problem);

  const known = new Set(messageIds);
  const stranger = failures.ids.find((id) => !known.has(id));
  if (stranger !== undefined) return allFailed(messageIds, `The function named ${stranger}, which is not in the batch.`);
  const failed = new Set(failures.ids);
  return { delete: messageIds.filter((id) => !failed.has(id)), keep: messageIds.filter((id) => failed.has(id)) };
}

function allFailed(messageIds: readonly string[], problem: string): BatchOutcome {
  return { delete: [], keep: messageIds, problem };
}

type FailedIds = { readonly kind: 'read'; readonly ids: readonly string[] } | { readonly kind: 'unreadable'; readonly problem: string };

function failedIds(value: unknown): FailedIds {
  const json = asJson(value);
  if (json.kind === 'unreadable') return json;
  const answer = json.value;
  if (answer === null) return { kind: 'read', ids: [] };
  if (typeof answer !== 'object' || Array.isArray(answer)) return unreadable('The function returned neither an object nor nothing.');
  if (!('batchItemFailures' in answer)) {
    const isEmpty = Object.keys(answer).length === 0;
    return isEmpty ? { kind: 'read', ids: [] } : unreadable('The function returned an object without batchItemFailures.');
  }
  const list: unknown = answer.batchItemFailures;
  if (list === null) return { kind: 'read', ids: [] };
  if (!Array.isArray(list)) return unreadable('batchItemFailures is not a list.');
  const ids = list.map(itemIdentifierOf).filter((id) => id !== undefined);
  if (ids.length < list.length) return unreadable('An entry of batchItemFailures has no itemIdentifier.');
  return { kind: 'read', ids };
}

/** What crosses the wire is JSON, whatever the function returned. */
function asJson(value: unknown): { readonly kind: 'json'; readonly value: unknown } | Extract<FailedIds, { kind: 'unreadable' }> {
  try {
    return { kind: 'json', value: JSON.parse(JSON.stringify(value) ?? 'null') };
  } catch (error) {
    return unreadable(`The function's answer can't be written as JSON: ${nameOf(error)}.`);
  }
}

function itemIdentifierOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null || !('itemIdentifier' in entry)) return undefined;
  const id: unknown = entry.itemIdentifier;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function unreadable(problem: string): Extract<FailedIds, { kind: 'unreadable' }> {
  return { kind: 'unreadable', problem };
}

/** The kind of error only: its message may quote a body. */
function nameOf(error: unknown): string {
  return isNativeError(error) ? error.name : 'something that is no Error';
}
