import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { EVENT_MARKER, SECRET_MARKER } from './planted.ts';
import { linesWithMarkers } from './traces.ts';

/** Each shows that the run came through a place whose words could hold an event or a secret. */
const WAYPOINTS = [
  'webhook_refused_for_good credential_mismatch batch_needs_token wrong_token_beside_valid_signature send_message_failed events_not_stored ingest_failed ingest_crashed',
  'event_quarantined events_returned metronome_answer metronome_answer_with_body metronome_no_answer metronome_token_unusable metronome_token_not_set mappings_unusable forward_failed',
  'not_json not_an_event missing_field invalid_field timestamp_invalid timestamp_too_old timestamp_in_future too_many_properties refused_by_metronome',
  'token_refused rate_limited metronome_unavailable configuration ledger_unavailable CloudWatchMetrics',
].flatMap((names) => names.split(' '));

describe('what both functions say', () => {
  const folder = temporaryFolder();
  let output = '';
  let answers: readonly Readonly<Record<string, unknown>>[] = [];

  beforeAll(async () => {
    const answersFile = join(folder.path, 'answers.json');
    const child = spawn(process.execPath, [join(import.meta.dirname, 'planted-run.ts'), answersFile], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [[status], out, err] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
    output = out + err;
    if (status !== 0) throw new Error(output);
    answers = JSON.parse(readFileSync(answersFile, 'utf8'));
  }, 120_000);

  afterAll(() => folder.remove());

  it.each(WAYPOINTS)('is searched in a run that comes through %s', (word) => {
    // Not by toContain: a failure would print the whole run.
    expect(output.includes(`"${word}"`)).toBe(true);
  });

  it('holds nothing of an event and nothing of a secret', () => {
    expect(linesWithMarkers(output)).toEqual([]);
  });

  it('answers the sender with neither', () => {
    const statuses = new Set(answers.flatMap(({ statusCode }) => statusCode ?? []));

    expect([...statuses].toSorted()).toEqual([200, 401, 405, 413, 503]);
    expect(linesWithMarkers(JSON.stringify(answers))).toEqual([]);
  });
});

describe('the search itself', () => {
  it.each([EVENT_MARKER, SECRET_MARKER, Buffer.from(`{"a":"${EVENT_MARKER}"}`).toString('base64'), Buffer.from(SECRET_MARKER).toString('hex')])('finds %s', (planted) => {
    expect(linesWithMarkers(`a line\n{"message":"${planted}"}\n`)).toHaveLength(1);
  });
});
