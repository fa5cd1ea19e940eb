import type { Template } from 'aws-cdk-lib/assertions';

import { metricMath } from './metric-math.ts';
import type { Value } from './metric-math.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** A metric's values, each with how many minutes ago it was written. */
export type Samples = readonly (readonly [minutesAgo: number, value: number])[];

interface MetricStat {
  readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: readonly Dimension[] };
  readonly Period: number;
  readonly Stat: string;
}

interface Dimension {
  readonly Name: string;
  readonly Value: unknown;
}

/** An alarm as the template holds it. */
export interface AlarmProperties {
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly unknown[];
  readonly OKActions: readonly unknown[];
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly Dimension[];
  readonly Statistic?: string;
  readonly Period?: number;
  readonly Metrics?: readonly { readonly Id: string; readonly Expression?: string; readonly MetricStat?: MetricStat; readonly ReturnData?: boolean }[];
}

/** A template's alarms by their own ids, without the hash that CDK appends. */
export function alarmsIn(template: Template): ReadonlyMap<string, AlarmProperties> {
  const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm'));
  return new Map(alarms.map(([logicalId, alarm]) => [/^BridgeAlarms(\w+)[0-9A-F]{8}$/.exec(logicalId)?.[1] ?? logicalId, alarm['Properties']]));
}

/** CloudWatch looks at more periods than it is told to; AWS names no number, its own examples have two. */
const MORE_PERIODS = 2;
/** Dimensions that only say whose metric it is. */
const OWNERS = new Set(['service', 'stack', 'QueueName', 'FunctionName', 'ApiId']);

/**
 * The state that CloudWatch gives an alarm.
 * @param samplesOf by metric, with the value of its own dimension: `Returned{cause=token_refused}`
 * @param before the state until now, which missing data may maintain
 */
export function stateOf(alarm: AlarmProperties, samplesOf: Readonly<Record<string, Samples>>, before: AlarmState = 'OK'): AlarmState {
  const points = Array.from({ length: alarm.EvaluationPeriods + MORE_PERIODS }, (_, ago) => pointOf(alarm, samplesOf, ago)).toReversed();
  return stateOfPoints(alarm, points.map((value) => (value === undefined ? undefined : breaches(alarm, value))), before);
}

/**
 * The state by whether each period breaches, oldest first, undefined for a period without data.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function stateOfPoints(alarm: Pick<AlarmProperties, 'EvaluationPeriods' | 'DatapointsToAlarm' | 'TreatMissingData'>, points: readonly (boolean | undefined)[], before: AlarmState): AlarmState {
  const { EvaluationPeriods: periods, DatapointsToAlarm: needed = periods, TreatMissingData: missing } = alarm;
  const real = points.filter((point) => point !== undefined).slice(-periods);
  const breaching = real.filter(Boolean).length;
  const filled = periods - real.length;
  if (filled === 0 || missing === 'notBreaching') return breaching >= needed ? 'ALARM' : 'OK';
  if (missing === 'breaching') return breaching + filled >= needed ? 'ALARM' : 'OK';
  // Whatever the missing ones were, the real ones decide.
  if (breaching >= needed) return 'ALARM';
  if (breaching + filled < needed) return 'OK';
  if (missing === 'ignore') return before;
  if (real.length === 0) return 'INSUFFICIENT_DATA';
  return breaching > 0 && breaching === real.length ? 'ALARM' : 'OK';
}

function pointOf(alarm: AlarmProperties, samplesOf: Readonly<Record<string, Samples>>, ago: number): Value {
  const { MetricName, Statistic = '', Period = 0, Dimensions = [], Metrics = [] } = alarm;
  if (MetricName !== undefined) return statistic(Statistic, within(samplesOf[keyOf(MetricName, Dimensions)], Period, ago));
  const expression = Metrics.find(({ Expression, ReturnData }) => Expression !== undefined && ReturnData !== false)?.Expression;
  if (expression === undefined) throw new TypeError('the alarm has neither a metric nor an expression');
  return metricMath(expression, (id) => {
    const stat = Metrics.find(({ Id }) => Id === id)?.MetricStat;
    if (stat === undefined) throw new TypeError(`the alarm has no metric ${id}`);
    return statistic(stat.Stat, within(samplesOf[keyOf(stat.Metric.MetricName, stat.Metric.Dimensions ?? [])], stat.Period, ago));
  });
}

function keyOf(name: string, dimensions: readonly Dimension[]): string {
  const own = dimensions.filter(({ Name }) => !OWNERS.has(Name)).map(({ Name, Value }) => `${Name}=${String(Value)}`);
  return own.length === 0 ? name : `${name}{${own.join(',')}}`;
}

function within(samples: Samples = [], periodSeconds: number, ago: number): readonly number[] {
  return samples.filter(([minutesAgo]) => Math.floor((minutesAgo * 60) / periodSeconds) === ago).map(([, value]) => value);
}

function statistic(name: string, values: readonly number[]): Value {
  if (values.length === 0) return undefined;
  if (name === 'Sum') return values.reduce((sum, value) => sum + value, 0);
  if (name === 'Maximum') return Math.max(...values);
  throw new TypeError(`no alarm uses ${name} yet`);
}

function breaches({ ComparisonOperator, Threshold }: AlarmProperties, value: number): boolean {
  if (ComparisonOperator === 'GreaterThanOrEqualToThreshold') return value >= Threshold;
  if (ComparisonOperator === 'LessThanThreshold') return value < Threshold;
  throw new TypeError(`no alarm uses ${ComparisonOperator} yet`);
}
