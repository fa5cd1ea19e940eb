import { availableParallelism } from 'node:os';

// Lambda runs in UTC, and so do the vectors: a time without a zone is read in the process's own.
process.env.TZ = 'UTC';

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  // Many tests wait for servers and processes of their own: more of them run at once than there are cores.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // What a worker has loaded for its tests is never given back: the later ones of a long run would spend their time on collecting garbage.
  workerIdleMemoryLimit: '1GB',
  // Generous: on a loaded machine a slow test is no failed one, and a hang still ends.
  testTimeout: 30_000,
  // Jest strips the types itself.
  transform: {},
};
