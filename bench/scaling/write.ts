import { readFileSync, writeFileSync } from 'node:fs';

import { withTables } from '../markdown.ts';
import { PAGE, tables } from './page.ts';

writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), 'docs/scaling.md', tables()));
process.stdout.write('Written: the tables of docs/scaling.md\n');
