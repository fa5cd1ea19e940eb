// Lambda runs in UTC, and so do the vectors: a time without a zone is read in the process's own.
process.env.TZ = 'UTC';

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  // Jest strips the types itself.
  transform: {},
};
