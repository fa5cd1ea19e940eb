const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];
/** The longest mark. */
export const MARK_BYTES = UTF8_MARK.length;

export function isUtf16(head: Buffer): boolean {
  return UTF16_MARKS.some((mark) => head.subarray(0, mark.length).equals(mark));
}

/** The bytes without the mark that some editors put before UTF-8. */
export function withoutMark(head: Buffer): Buffer {
  return head.subarray(0, UTF8_MARK.length).equals(UTF8_MARK) ? head.subarray(UTF8_MARK.length) : head;
}
