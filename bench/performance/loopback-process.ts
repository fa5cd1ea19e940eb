import { startLoopback } from './loopback.ts';

const url = await startLoopback();
process.send?.(url);
process.on('disconnect', () => process.exit());
