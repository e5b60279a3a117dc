const [OPEN, CLOSE, COMMA, QUOTE, ESCAPE] = ['[', ']', ',', '"', '\\'].map((sign) =>
  sign.charCodeAt(0),
) as [number, number, number, number, number];
const [OPEN_OBJECT, CLOSE_OBJECT] = ['{', '}'].map((sign) => sign.charCodeAt(0)) as [
  number,
  number,
];
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** The text is no list of objects, or one of them is too large. */
export class NoListOfObjects extends Error {}

/** The objects of a JSON list, one after the other: the whole list is never in memory. */
export async function* jsonItems(
  source: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<Record<string, unknown>> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let parts: Buffer[] = [];
  let kept = 0;
  let state: 'before' | 'first' | 'item' | 'after' | 'next' | 'end' = 'before';
  let depth = 0;
  let [isText, isEscaped] = [false, false];

  const parsed = (): Record<string, unknown> => {
    try {
      return JSON.parse(decoder.decode(Buffer.concat(parts))) as Record<string, unknown>;
    } catch (error) {
      throw new NoListOfObjects('An item is no JSON', { cause: error });
    } finally {
      parts = [];
      kept = 0;
    }
  };

  for await (const part of source) {
    let from = 0;
    for (let at = 0; at < part.length; at++) {
      const sign = part[at]!;
      if (state !== 'item') {
        if (BLANKS.has(sign)) continue;
        if (state === 'before' && sign === OPEN) state = 'first';
        else if ((state === 'first' || state === 'after') && sign === CLOSE) state = 'end';
        else if (state === 'after' && sign === COMMA) state = 'next';
        else if ((state === 'first' || state === 'next') && sign === OPEN_OBJECT) {
          [state, depth, from] = ['item', 1, at];
        } else throw new NoListOfObjects('Not a list of objects');
      } else if (isText) {
        if (isEscaped) isEscaped = false;
        else if (sign === ESCAPE) isEscaped = true;
        else if (sign === QUOTE) isText = false;
      } else if (sign === QUOTE) isText = true;
      else if (sign === OPEN_OBJECT || sign === OPEN) depth++;
      else if ((sign === CLOSE_OBJECT || sign === CLOSE) && --depth === 0) {
        parts.push(part.subarray(from, at + 1));
        if (kept + at + 1 - from > maxBytes) throw new NoListOfObjects('An item is too large');
        yield parsed();
        state = 'after';
      }
    }
    if (state !== 'item') continue;
    parts.push(part.subarray(from));
    kept += part.length - from;
    if (kept > maxBytes) throw new NoListOfObjects('An item is too large');
  }
  if (state !== 'end') throw new NoListOfObjects('The list has no end');
}
