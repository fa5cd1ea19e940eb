/** The same bytes, with at least so many in the first chunk if there are so many at all. */
export async function* withHead(stream: AsyncIterable<Buffer>, headBytes: number): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of stream) {
    if (head === undefined) yield chunk;
    else if (head.length + chunk.length < headBytes) head = Buffer.concat([head, chunk]);
    else {
      yield Buffer.concat([head, chunk]);
      head = undefined;
    }
  }
  if (head !== undefined) yield head;
}
