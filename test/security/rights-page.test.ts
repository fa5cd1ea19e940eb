import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { PROJECT } from '../helpers/project.ts';
import { commandRights } from './command-rights.ts';
import { grantedRights } from './granted-rights.ts';

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const granted = new Set(grantedRights(read('docs/security.md')));

describe('docs/security.md', () => {
  it.each([
    ['README.md', 1],
    ['docs/operations.md', 12],
  ])('gives the rights that the commands of %s need', (page, least) => {
    const needed = commandRights(read(page));

    expect(needed.size).toBeGreaterThan(least);
    expect([...needed].filter((action) => !granted.has(action))).toEqual([]);
  });
});

describe('commandRights', () => {
  it.each([
    ['aws secretsmanager put-secret-value --secret-id x', ['secretsmanager:PutSecretValue']],
    ['aws logs tail x --since 1h', ['logs:FilterLogEvents']],
    ['aws s3 cp --recursive s3://x y', ['s3:ListBucket', 's3:GetObject']],
    ['aws lambda wait function-updated --function-name x', ['lambda:GetFunctionConfiguration']],
    ['aws --version; the aws.amazon.com page', []],
  ])('finds those of %s', (text, rights) => {
    expect([...commandRights(text)]).toEqual(rights);
  });
});
