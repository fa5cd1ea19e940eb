/** A value of one period; undefined if there is none. */
export type Value = number | undefined;

const TOKEN = /\s*([A-Za-z_]\w*|\d+(?:\.\d+)?|[<>=!]=|[<>(),-])/gy;

/**
 * What CloudWatch makes of an expression in one period, for the few forms the alarms use: numbers, metrics, differences,
 * comparisons, AND, OR, IF and FILL. What is missing makes the whole missing, unless it is filled.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function metricMath(expression: string, valueOf: (metric: string) => Value): Value {
  const matches = [...expression.matchAll(TOKEN)];
  if (matches.map(([whole]) => whole).join('') !== expression) throw new SyntaxError(`${expression} has a sign that is not known here`);
  const tokens = matches.map(([, token = '']) => token);
  let at = 0;

  const take = (expected?: string): string => {
    const token = tokens[at] ?? 'the end';
    if (expected !== undefined && token !== expected) throw new SyntaxError(`expected ${expected} in ${expression}, found ${token}`);
    at += 1;
    return token;
  };

  const chain = (word: string, operand: () => Value, join: (left: number, right: number) => boolean): Value => {
    let left = operand();
    while (tokens[at] === word) {
      take(word);
      left = both(left, operand(), join);
    }
    return left;
  };

  const any = (): Value => chain('OR', all, (left, right) => left > 0 || right > 0);
  const all = (): Value => chain('AND', comparison, (left, right) => left > 0 && right > 0);

  function comparison(): Value {
    const left = difference();
    const compare = COMPARISONS.get(tokens[at] ?? '');
    if (compare === undefined) return left;
    take();
    return both(left, difference(), compare);
  }

  function difference(): Value {
    let left = primary();
    while (tokens[at] === '-') {
      take();
      const right = primary();
      left = left === undefined || right === undefined ? undefined : left - right;
    }
    return left;
  }

  function primary(): Value {
    const token = take();
    if (/^\d/.test(token)) return Number(token);
    if (token !== 'IF' && token !== 'FILL') return valueOf(token);
    take('(');
    const first = any();
    take(',');
    const second = any();
    if (token === 'FILL') {
      take(')');
      return first ?? second;
    }
    take(',');
    const third = any();
    take(')');
    if (first === undefined) return undefined;
    return first > 0 ? second : third;
  }

  const value = any();
  if (at < tokens.length) throw new SyntaxError(`${expression} goes on after its end`);
  return value;
}

const COMPARISONS: ReadonlyMap<string, (left: number, right: number) => boolean> = new Map([
  ['>', (left, right) => left > right],
  ['<', (left, right) => left < right],
  ['>=', (left, right) => left >= right],
  ['<=', (left, right) => left <= right],
  ['==', (left, right) => left === right],
]);

function both(left: Value, right: Value, holds: (left: number, right: number) => boolean): Value {
  if (left === undefined || right === undefined) return undefined;
  return holds(left, right) ? 1 : 0;
}
