// Loaded before the TypeScript, which an older Node could only fail over in its own words.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`This needs Node 24, which npm ci brings along, and runs on ${process.versions.node}: run "npm ci" (with install scripts allowed), then this again.\n`);
  process.exit(1);
}
