import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App } from 'aws-cdk-lib';
import { CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';

import { isObject } from '../../lambda/json-value.ts';
import { BridgeStack } from '../../lib/bridge-stack.ts';
import type { Settings } from '../../lib/config.ts';

/** What of a deployed bridge is on the bill, whatever comes in. */
export interface StackParts {
  readonly memoryMb: { readonly ingest: number; readonly forward: number };
  readonly alarms: number;
  /** An alarm over two metrics costs as much as two. */
  readonly watchedMetrics: number;
  readonly dashboards: number;
  /** Those the stack makes; brought along, they are on another bill. */
  readonly secrets: number;
  readonly accessLogFormat: string;
}

/**
 * Counts in the stack itself, built with these settings but neither bundled nor written out.
 * @throws ConfigError if it can't be deployed
 */
export function stackParts(settings: Settings): StackParts {
  const outdir = mkdtempSync(join(tmpdir(), 'bridge-cost-'));
  try {
    return partsOf(new BridgeStack(new App({ outdir, autoSynth: false, analyticsReporting: false, context: { 'aws:cdk:bundling-stacks': [] } }), settings));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function partsOf(stack: BridgeStack): StackParts {
  const resources = stack.node.findAll();
  const alarms = resources.filter((part) => part instanceof CfnAlarm);
  const functions = resources.filter((part) => part instanceof CfnFunction);
  const memoryOf = (name: string): number => functions.find(({ node }) => node.path.includes(`/${name}/`))?.memorySize ?? absent(`the function ${name}`);
  return {
    memoryMb: { ingest: memoryOf('Ingest'), forward: memoryOf('Forward') },
    alarms: alarms.length,
    watchedMetrics: alarms.reduce((sum, { metrics }) => sum + watchedBy(stack.resolve(metrics)), 0),
    dashboards: resources.filter((part) => part instanceof CfnDashboard).length,
    secrets: resources.filter((part) => part instanceof CfnSecret).length,
    accessLogFormat: formatOf(stack.resolve(resources.find((part) => part instanceof CfnStage)?.accessLogSettings)),
  };
}

/** @param metrics of an alarm over an expression; undefined for one that watches a metric by its name */
function watchedBy(metrics: unknown): number {
  return Array.isArray(metrics) ? metrics.filter((metric) => isObject(metric) && metric['metricStat'] !== undefined).length : 1;
}

function formatOf(settings: unknown): string {
  return isObject(settings) && typeof settings['format'] === 'string' ? settings['format'] : absent('the access log');
}

function absent(part: string): never {
  throw new TypeError(`${part} is not in the stack`);
}
