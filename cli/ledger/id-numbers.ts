import { hash } from 'node:crypto';

import { OperatorError } from '../operator/operator-error.ts';
import { createColumn } from './column.ts';

/** Numbers ids from 0 in the order they come, tens of millions of them: what is known of an id can then stand in columns. */
export interface IdNumbers {
  /**
   * The id's number, a new one if it never came before.
   * @throws OperatorError if there are more of them than can be numbered
   */
  add(id: string): number;
  /** Undefined if it never came. */
  find(id: string): number | undefined;
  /** The id of a number that was given. */
  idOf(number: number): string;
  size(): number;
}

type Words = readonly [number, number, number, number];

const FIRST_SLOTS = 1_024;
/** A slot is found with the bit operations of JavaScript, which know 31 bits without a sign. */
const MAX_SLOTS = 2 ** 31;
/** At most two thirds of the slots are taken. */
export const MAX_IDS = Math.floor((MAX_SLOTS * 2) / 3);
/** So, as SQS makes them; other ids, of an emulator, take more memory. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID takes 16 bytes and a place in a table at most two thirds full: about 24 bytes, where its text in a Map takes 100. */
export function createIdNumbers(maxSlots: number = MAX_SLOTS): IdNumbers {
  const words = createColumn(Uint32Array);
  const otherIds = new Map<number, string>();
  /** A number plus 1, or 0 where there is none. */
  let slots = new Uint32Array(FIRST_SLOTS);
  let size = 0;

  const wordsOf = (number: number): Words => [words.get(number * 4), words.get(number * 4 + 1), words.get(number * 4 + 2), words.get(number * 4 + 3)];
  const isAt = (number: number, [first, second, third, fourth]: Words): boolean =>
    words.get(number * 4) === first && words.get(number * 4 + 1) === second && words.get(number * 4 + 2) === third && words.get(number * 4 + 3) === fourth;

  /** Where the key stands, or would. */
  function slotOf(key: Words): number {
    let slot = (key[0] ^ key[3]) & (slots.length - 1);
    for (let taken = slots[slot] ?? 0; taken !== 0 && !isAt(taken - 1, key); taken = slots[slot] ?? 0) slot = (slot + 1) & (slots.length - 1);
    return slot;
  }

  function grow(): void {
    if (slots.length * 2 > maxSlots) throw new OperatorError(`There are over ${(size - 1).toLocaleString('en-US')} messages in this time, too many to keep apart. Choose a shorter one.`);
    slots = new Uint32Array(slots.length * 2);
    for (let number = 0; number < size; number += 1) slots[slotOf(wordsOf(number))] = number + 1;
  }

  return {
    size: () => size,
    find(id) {
      const taken = slots[slotOf(wordsIn(id))] ?? 0;
      return taken === 0 ? undefined : taken - 1;
    },
    idOf: (number) => otherIds.get(number) ?? uuidOf(wordsOf(number)),
    add(id) {
      const key = wordsIn(id);
      const slot = slotOf(key);
      const taken = slots[slot] ?? 0;
      if (taken !== 0) return taken - 1;
      for (const [index, word] of key.entries()) words.set(size * 4 + index, word);
      if (!UUID.test(id)) otherIds.set(size, id);
      size += 1;
      slots[slot] = size;
      if (size * 3 > slots.length * 2) grow();
      return size - 1;
    },
  };
}

/** A UUID as it is; of any other id a digest, which no two of them share. */
function wordsIn(id: string): Words {
  const digits = Buffer.from(UUID.test(id) ? id.replaceAll('-', '') : hash('sha256', id), 'hex');
  return [digits.readUInt32BE(0), digits.readUInt32BE(4), digits.readUInt32BE(8), digits.readUInt32BE(12)];
}

function uuidOf(words: Words): string {
  const digits = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
}
