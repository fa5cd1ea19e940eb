import type { Evaluate } from './path.ts';

interface Member {
  readonly name: string;
  readonly evaluate: Evaluate;
}

/** A closure that builds an object of the members that are defined, in any order: for the root, where none is seen. */
export function objectOf(members: readonly Member[]): Evaluate {
  return usageFieldsOf(members) ?? anyObjectOf(members, false);
}

/**
 * A closure that builds an object of the members in their order, of the undefined ones only with `keepsUndefined`. Few
 * members become a literal: at five it takes half the time of an object that grows member by member.
 */
export function anyObjectOf(members: readonly Member[], keepsUndefined: boolean): Evaluate {
  const names = members.map(({ name }) => name);
  const [a, b, c, d, e] = members.map(({ evaluate }) => evaluate);
  const [nameA = '', nameB = '', nameC = '', nameD = '', nameE = ''] = names;
  const grown = (...values: readonly unknown[]): unknown => grow(names, values, keepsUndefined);
  switch (members.length) {
    case 2:
      if (!a || !b) break;
      return (event) => {
        const [x, y] = [a(event), b(event)];
        return x === undefined || y === undefined ? grown(x, y) : { [nameA]: x, [nameB]: y };
      };
    case 3:
      if (!a || !b || !c) break;
      return (event) => {
        const [x, y, z] = [a(event), b(event), c(event)];
        return x === undefined || y === undefined || z === undefined ? grown(x, y, z) : { [nameA]: x, [nameB]: y, [nameC]: z };
      };
    case 4:
      if (!a || !b || !c || !d) break;
      return (event) => {
        const [x, y, z, v] = [a(event), b(event), c(event), d(event)];
        const isWhole = x !== undefined && y !== undefined && z !== undefined && v !== undefined;
        return isWhole ? { [nameA]: x, [nameB]: y, [nameC]: z, [nameD]: v } : grown(x, y, z, v);
      };
    case 5:
      if (!a || !b || !c || !d || !e) break;
      return (event) => {
        const [x, y, z, v, w] = [a(event), b(event), c(event), d(event), e(event)];
        const isWhole = x !== undefined && y !== undefined && z !== undefined && v !== undefined && w !== undefined;
        return isWhole ? { [nameA]: x, [nameB]: y, [nameC]: z, [nameD]: v, [nameE]: w } : grown(x, y, z, v, w);
      };
  }
  return (event) => grow(names, members.map(({ evaluate }) => evaluate(event)), keepsUndefined);
}

function grow(names: readonly string[], values: readonly unknown[], keepsUndefined: boolean): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index];
    if (value !== undefined || keepsUndefined) object[name] = value;
  }
  return object;
}

/**
 * The same for exactly the five fields of a usage event, as nearly every mapping has them at its root: a literal is built
 * twice as fast as an object that grows member by member. Undefined when the members are others.
 */
function usageFieldsOf(members: readonly Member[]): Evaluate | undefined {
  const byName = new Map(members.map(({ name, evaluate }) => [name, evaluate]));
  const transactionId = byName.get('transaction_id');
  const customerId = byName.get('customer_id');
  const timestamp = byName.get('timestamp');
  const eventType = byName.get('event_type');
  const properties = byName.get('properties');
  if (members.length !== 5 || !transactionId || !customerId || !timestamp || !eventType || !properties) return undefined;
  return (event) => {
    const fields = {
      transaction_id: transactionId(event),
      customer_id: customerId(event),
      timestamp: timestamp(event),
      event_type: eventType(event),
      properties: properties(event),
    };
    return hasUndefined(fields) ? Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) : fields;
  };
}

function hasUndefined(fields: Readonly<Record<'transaction_id' | 'customer_id' | 'timestamp' | 'event_type' | 'properties', unknown>>): boolean {
  return (
    fields.transaction_id === undefined ||
    fields.customer_id === undefined ||
    fields.timestamp === undefined ||
    fields.event_type === undefined ||
    fields.properties === undefined
  );
}
