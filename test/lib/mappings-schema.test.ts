import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import { MAPPINGS_SCHEMA } from '../../lib/mappings-schema.ts';
import { PROJECT, PROJECT_FOLDER } from '../helpers/project.ts';

describe('mappings.schema.json', () => {
  it('tells editors what the schema says', () => {
    const forEditors: unknown = JSON.parse(readFileSync(join(PROJECT, 'mappings.schema.json'), 'utf8'));

    expect(forEditors).toEqual(z.toJSONSchema(MAPPINGS_SCHEMA, { io: 'input' }));
  });

  it('is what mappings.json points at', () => {
    const { $schema }: { $schema: string } = JSON.parse(readFileSync(join(PROJECT_FOLDER, 'mappings.json'), 'utf8'));

    expect(join(PROJECT, $schema)).toBe(join(PROJECT, 'mappings.schema.json'));
  });
});
