/** Of one size are kept at most so many that nobody uses. */
const mostSpare = 32
const mostSizes = 4

const spare = new Map<number, Buffer[]>()

/**
 * A buffer for what is on its way to the disk, with memory of its own. A few are used again and again: they stay in the processor's cache, and are no work for the
 * garbage collector. What was in it is still there.
 */
export function takeBuffer(bytes: number): Buffer {
  return spare.get(bytes)?.pop() ?? Buffer.from(new ArrayBuffer(bytes))
}

/** Nobody uses it any more. */
export function giveBack(buffer: Buffer): void {
  let list = spare.get(buffer.length)
  if (!list) {
    if (spare.size >= mostSizes) spare.clear()
    spare.set(buffer.length, (list = []))
  }
  if (list.length < mostSpare) list.push(buffer)
}
