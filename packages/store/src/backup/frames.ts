import { ByteQueue } from './byte-queue.ts'
import { type FrameKind, mostFrameBytes } from './backup-format.ts'

export interface Frame {
  readonly kind: FrameKind
  readonly payload: Buffer
}

export function toFrame(kind: FrameKind, payload: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head[0] = kind
  head.writeUInt32BE(payload.length, 1)
  return Buffer.concat([head, payload])
}

export const jsonFrame = (kind: FrameKind, value: unknown): Buffer => toFrame(kind, Buffer.from(JSON.stringify(value)))

/** Throws for an end within a frame and for one that is longer than any. */
export async function* framesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const queue = new ByteQueue()
  let head: { kind: number; length: number } | undefined
  for await (const bytes of source) {
    queue.push(bytes)
    for (;;) {
      if (head === undefined) {
        if (queue.length < 5) break
        const read = queue.take(5)
        head = { kind: read[0]!, length: read.readUInt32BE(1) }
        if (head.length > mostFrameBytes) throw new Error('a frame is longer than any')
      }
      if (queue.length < head.length) break
      yield { kind: head.kind as FrameKind, payload: queue.take(head.length) }
      head = undefined
    }
  }
  if (head !== undefined || queue.length > 0) throw new Error('it ends within a frame')
}
