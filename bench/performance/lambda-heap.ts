/** As the stack deploys the functions. */
export const MEMORY_MB = { forward: 512, ingest: 256 } as const;

/**
 * How Lambda limits Node's heap in a function of so much memory, for with less room more garbage has to be collected: 5 % of
 * it for new objects, 90 % for old ones. As its bootstrap script has it:
 * https://dev.to/wonderfulsoap/deep-dive-into-aws-lambda-3-official-nodejs-runtime-analysis-43je
 */
export function lambdaHeap(memoryMb: number): readonly string[] {
  return [`--max-semi-space-size=${Math.floor(memoryMb * 0.05)}`, `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`];
}
