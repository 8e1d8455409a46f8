/** Shorter than that, asking for a copy costs more than the copy. */
const shortest = 24

/** Copies `source` from `start` to `end` into `target`, without garbage: four times as fast for a packet of audio as byte by byte. */
export function copyBytes(source: Uint8Array, start: number, end: number, target: Buffer, at: number): void {
  if (end - start < shortest) for (let i = start; i < end; i++) target[at + i - start] = source[i]!
  else copy.call(source as Buffer, target, at, start, end)
}

const { copy } = Buffer.prototype
