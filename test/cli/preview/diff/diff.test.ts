import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { DEFAULT_MAPPING } from '../../../lambda/forward/factories.ts';
import { eventText, mappingsText, previewWorld } from '../world.ts';

let world: ReturnType<typeof previewWorld>;

beforeEach(() => {
  world = previewWorld();
});

afterEach(() => {
  world.remove();
});

describe('bridge preview --diff', () => {
  it('says nothing changes when nothing does, and exits with 0', async () => {
    const { status, out } = await world.run('preview - --diff mappings.json', eventText('m-1', { context: {} }));

    expect({ status, out }).toEqual({ status: 0, out: 'mappings.json → mappings.json: 0 of 1 event would change\n' });
  });

  it('shows field by field what changes', async () => {
    world.put('new.json', mappingsText({ customer_id: { '@path': '$.userId' } }));

    const { status, out } = await world.run('preview - --mappings new.json --diff mappings.json', eventText('m-1'));

    expect(out).toContain('track "api_call"  stdin:1\n    calls\n      customer_id "customer-1" → "user-1"\n');
    expect(out).toContain('1 of 1 event would change');
    expect(status).toBe(0);
  });

  it('takes another transaction_id for an error', async () => {
    world.put('new.json', mappingsText({ transaction_id: { '@path': '$.userId' } }));

    const text = await world.run('preview - --mappings new.json --diff mappings.json', eventText('m-1'));
    const { status, lines } = await world.run('preview - --mappings new.json --diff mappings.json --json', eventText('m-1'));

    expect(text.out).toMatch(/ERROR: transaction_id "m-1" → "user-1".*ERROR: 1 usage event changes its\s+transaction_id\..*billed\s+under\s+both\s+ids\. Drain.*Never\s+replay\s+delivered\s+events\s+under\s+the\s+new\s+ids\.\n$/s);
    expect(lines()).toEqual([
      expect.objectContaining({ before: { fate: 'delivered' }, eventName: 'api_call', changes: [expect.objectContaining({ change: 'transaction_id', before: 'm-1', after: 'user-1', error: expect.any(String) })] }),
      {
        summary: expect.objectContaining({
          events: 1,
          changed: 1,
          transactionIdChanged: 1,
          usageEventsChangingId: 1,
          error: expect.stringMatching(/^1 usage event changes its transaction_id\. .* would be billed under both ids\. Drain the queue first: wait until it is empty/),
          fields: { transaction_id: 1 },
          before: { mappingsFile: 'mappings.json', mappingVersion: expect.any(String) },
          after: { mappingsFile: 'new.json', mappingVersion: expect.any(String) },
          asOf: 'own',
        }),
      },
    ]);
    expect([text.status, status]).toEqual([1, 1]);
  });

  it('counts each usage event that changes its transaction_id, and says how to deploy that', async () => {
    const file = (suffix: string) => JSON.stringify({ mappings: ['a', 'b'].map((name) => ({ name, trigger: 'type = "track"', mapping: { ...DEFAULT_MAPPING, transaction_id: { '@template': `${name}-{{messageId}}${suffix}` } } })) });
    world.put('old.json', file(''));
    world.put('new.json', file('-2'));
    const events = [eventText('m-1'), eventText('m-2'), eventText('m-3', { type: 'page' })].join('\n');

    const text = await world.run('preview - --mappings new.json --diff old.json', events);
    const { lines } = await world.run('preview - --mappings new.json --diff old.json --json', events);

    expect(text.out).toContain('          2 get another transaction_id: ERROR\n');
    expect(text.out.replaceAll('\n', ' ')).toContain('ERROR: 4 usage events change their transaction_id. Events that still wait in the queue, or were delivered already, if only in part, would be billed under both ids. Drain the queue first: wait until it is empty');
    expect(lines().at(-1)).toHaveProperty('summary', expect.objectContaining({ transactionIdChanged: 2, usageEventsChangingId: 4, error: expect.stringContaining('Drain the queue first') }));
    expect(text.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('speaks of draining only where a transaction_id changes', async () => {
    world.put('new.json', mappingsText({ customer_id: { '@path': '$.userId' } }));

    const text = await world.run('preview - --mappings new.json --diff mappings.json', eventText('m-1'));
    const { lines } = await world.run('preview - --mappings new.json --diff mappings.json --json', eventText('m-1'));

    expect(text.out).not.toContain('ERROR');
    expect(lines().at(-1)).toHaveProperty('summary', expect.not.objectContaining({ error: expect.anything() }));
  });

  it('shows what an event holds without letting it steer the terminal or forge a line', async () => {
    world.put('new.json', mappingsText({ customer_id: { '@path': '$.userId' } }));

    const { out } = await world.run('preview - --mappings new.json --diff mappings.json', eventText('m-1', { event: 'a\u001b[2J\n\u202eb', userId: 'c\u009b\n0 of 1 event' }));

    expect(out).toContain('track "a\\u001b[2J\\n\\u202eb"');
    expect(out).toContain('→ "c\\u009b\\n0 of 1 event"');
  });

  it('counts the events in which each field changes, and those with a usage event more or less', async () => {
    const mapping = (name: string, trigger: string, fields: object) => ({ name, trigger, mapping: { ...DEFAULT_MAPPING, ...fields } });
    const more = mapping('more', 'userId = "more"', { transaction_id: { '@template': '{{messageId}}-2' } });
    world.put('new.json', JSON.stringify({ mappings: [mapping('calls', 'type = "track" and userId != "less"', { customer_id: { '@path': '$.userId' }, properties: { '@flatten': { value: { '@path': '$.properties' }, separator: '.' } } }), more] }));
    const events = [eventText('m-1'), eventText('m-2', { properties: { a: { b: 1, c: 2 } } }), eventText('m-3', { userId: 'more' }), eventText('m-4', { userId: 'less' })].join('\n');

    const text = await world.run('preview - --mappings new.json --diff mappings.json', events);
    const { lines } = await world.run('preview - --mappings new.json --diff mappings.json --json', events);

    expect(text.out).toContain('      properties.a.b 1 → (none)\n');
    expect(text.out).toContain('      properties["a.b"] (none) → 1\n');
    expect(text.out).toContain('        1 no longer give a usage event that they gave\n          1 give one more usage event than before\n  events in which a field changes: customer_id 3, properties 1\n');
    expect(lines().at(-1)).toHaveProperty('summary', expect.objectContaining({ fields: { customer_id: 3, properties: 1 }, noLongerSent: 1, additionallySent: 1 }));
  });

  it('has no lines of zeros for nothing', async () => {
    expect(await world.run('preview none.json --diff mappings.json')).toMatchObject({ status: 1, out: 'Not read: none.json does not exist\nNo event was found.\n' });
  });

  it('exits with 1 when an event is newly quarantined', async () => {
    world.put('new.json', mappingsText({ customer_id: { '@path': '$.nothing' } }));

    const { status, out } = await world.run('preview - --mappings new.json --diff mappings.json', eventText('m-1'));

    expect(out).toMatch(/would be delivered → quarantined, missing_field: customer_id is missing/);
    expect(status).toBe(1);
  });
});
