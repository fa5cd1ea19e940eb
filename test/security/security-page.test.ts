import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { PROJECT } from '../helpers/project.ts';
import { RULES } from '../lib/helpers/template-rules.ts';
import { commandRights } from './command-rights.ts';
import { grantedRights } from './granted-rights.ts';

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const page = read('docs/security.md');
const claims = [...page.matchAll(/‹`(test\/[^`]+)`: "(.+?)"›/g)].map(([, file = '', words = '']) => ({ file, words }));

const granted = grantedRights(page);

const SERVICES: Readonly<Record<string, string>> = {
  '@aws-sdk/client-cloudformation': 'cloudformation',
  '@aws-sdk/client-cloudwatch': 'cloudwatch',
  '@aws-sdk/client-lambda': 'lambda',
  '@aws-sdk/client-s3': 's3',
  '@aws-sdk/client-secrets-manager': 'secretsmanager',
  '@aws-sdk/client-sqs': 'sqs',
};
/** Where the action's name isn't the command's. */
const ACTIONS: Readonly<Record<string, string>> = { ListObjectsV2: 'ListBucket' };
/** Asked of the local run alone. */
const LOCAL = new Set(['HeadBucket']);

/** What a file of the operator's tool asks AWS for, as IAM actions. */
function actionsIn(source: string): readonly string[] {
  return [...source.matchAll(/import \{([^}]+)\} from '(@aws-sdk\/client-[a-z0-9-]+)'/g)].flatMap(([, names = '', library = '']) =>
    [...names.matchAll(/\b(?:paginate)?([A-Z]\w+?)(?:Command)?\b/g)].flatMap(([whole, name = '']) => {
      if (!whole.endsWith('Command') && !whole.startsWith('paginate')) return [];
      const operation = name.replace(/Batch$/, '');
      return LOCAL.has(operation) ? [] : [`${SERVICES[library]}:${ACTIONS[operation] ?? operation}`];
    }),
  );
}

describe('docs/security.md', () => {
  it('makes claims', () => {
    expect(claims.length).toBeGreaterThan(45);
    expect(page.match(/`test\//g)).toHaveLength(claims.length);
  });

  it.each(claims)('$file shows: $words', ({ file, words }) => {
    expect(existsSync(join(PROJECT, file))).toBe(true);
    // A rule of the template is tested under its name, which the table of rules holds.
    const source = Object.hasOwn(RULES, words) ? read('test/lib/helpers/template-rules.ts') : read(file);

    expect(source.replaceAll("\\'", "'").includes(words)).toBe(true);
  });

  it('links to no page that is not there', () => {
    for (const [, path = ''] of page.matchAll(/\]\(([^)#:]+)\)/g)) expect(existsSync(join(PROJECT, 'docs', path))).toBe(true);
  });

  it("gives people every right that the operator's tool and the operator's page use, and no other", () => {
    const sources = readdirSync(join(PROJECT, 'cli'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const used = new Set(sources.flatMap((name) => actionsIn(read(join('cli', name)))));

    expect(new Set(granted)).toEqual(new Set([...used, ...commandRights(read('docs/operations.md'))]));
    expect(granted.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('acknowledges what lib acknowledges', () => {
    const rules = [...page.matchAll(/^\| `AwsSolutions-(\w+)`/gm)].map(([, rule]) => rule);
    const sources = readdirSync(join(PROJECT, 'lib')).filter((name) => name.endsWith('.ts')).map((name) => read(join('lib', name)));

    for (const rule of rules) expect(sources.some((source) => source.includes(`'${rule}'`) || source.includes(`\`${rule}[`))).toBe(true);
    expect(rules).toHaveLength(4);
  });
});
