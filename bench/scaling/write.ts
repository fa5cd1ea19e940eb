import { readFileSync, writeFileSync } from 'node:fs';

import { PAGE, withTables } from './page.ts';

writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8')));
process.stdout.write('Written: the tables of docs/scaling.md\n');
