import type { RecordingFile } from '@vaxel/core'

const mostSteps = 800

/** How loud a sound is over its time. A base 64 byte a step: the loudest sample of it, 0 to 255 by the root, so that quiet speech is seen. */
export interface Peaks {
  readonly left: string
  readonly right: string
}

/**
 * Reads a WAV file of 16-bit PCM as recordings are, piece by piece.
 * @returns undefined when it is another kind of file
 */
export async function measurePeaks(file: RecordingFile): Promise<Peaks | undefined> {
  const head = await readPart(file, 0, 58)
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (head.length < 58 || view.getUint16(20, true) !== 1 || view.getUint16(34, true) !== 16) return undefined
  const channels = view.getUint16(22, true)
  const frameBytes = 2 * channels
  const frames = Math.floor((file.sizeBytes - 58) / frameBytes)
  const steps = Math.min(mostSteps, frames)
  if (steps === 0) return { left: '', right: '' }
  const [left, right] = [new Uint8Array(steps), new Uint8Array(steps)]
  let frame = 0
  let rest = Buffer.alloc(0)
  for await (const piece of file.read(58, 58 + frames * frameBytes)) {
    const bytes = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece])
    const whole = bytes.length - (bytes.length % frameBytes)
    for (let at = 0; at < whole; at += frameBytes, frame++) {
      const step = Math.floor((frame * steps) / frames)
      raise(left, step, bytes.readInt16LE(at))
      raise(right, step, bytes.readInt16LE(channels === 2 ? at + 2 : at))
    }
    rest = bytes.subarray(whole)
  }
  return { left: Buffer.from(left).toString('base64'), right: Buffer.from(right).toString('base64') }
}

function raise(peaks: Uint8Array, step: number, sample: number): void {
  const level = Math.round(Math.sqrt(Math.min(32_767, Math.abs(sample)) / 32_767) * 255)
  if (level > (peaks[step] ?? 255)) peaks[step] = level
}

async function readPart(file: RecordingFile, start: number, end: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of file.read(start, Math.min(end, file.sizeBytes))) pieces.push(piece)
  return Buffer.concat(pieces)
}
