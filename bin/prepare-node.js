// Loaded before the TypeScript, which an older Node could only fail over in its own words.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`This needs Node 24, which npm ci brings along, and runs on ${process.versions.node}: run "npm ci" (with install scripts allowed), then this again.\n`);
  process.exit(1);
}

// Kept from one start to the next: reading the TypeScript anew takes longer than most commands do. Beside the packages, so that
// "npm ci" clears it and nobody but the owner of the project writes there; a folder that can't be written is done without.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/bridge', import.meta.url)));
