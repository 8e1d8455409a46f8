import { readFileSync, writeFileSync } from 'node:fs'

export interface Wav {
  readonly rateHz: number
  /** One array a channel, −1 to 1. */
  readonly channels: readonly Float32Array[]
  readonly durationMs: number
}

/** Reads 16-bit PCM; takes what is there when the writer was stopped before it could complete the header. */
export function readWav(path: string): Wav {
  return parseWav(readFileSync(path), path)
}

/** As {@link readWav}, of a file's bytes. @param path for what is said when it is none */
export function parseWav(file: Buffer, path: string): Wav {
  if (file.toString('latin1', 0, 4) !== 'RIFF') throw new Error(`${path} is no WAV file`)
  let rateHz = 8000
  let count = 1
  let bits = 16
  let samples: Buffer = Buffer.alloc(0)
  for (let at = 12; at + 8 <= file.length; ) {
    const kind = file.toString('latin1', at, at + 4)
    const size = file.readUInt32LE(at + 4)
    if (kind === 'fmt ') {
      count = file.readUInt16LE(at + 10)
      rateHz = file.readUInt32LE(at + 12)
      bits = file.readUInt16LE(at + 22)
    }
    if (kind === 'data') {
      samples = file.subarray(at + 8, size === 0 ? file.length : Math.min(file.length, at + 8 + size))
      break
    }
    at += 8 + size + (size % 2)
  }
  if (bits !== 16) throw new Error(`${path} has ${bits} bits a sample; 16 are read`)
  const frames = Math.floor(samples.length / (2 * count))
  const channels = Array.from({ length: count }, (_, channel) =>
    Float32Array.from({ length: frames }, (_, i) => samples.readInt16LE(2 * (i * count + channel)) / 32768),
  )
  return { rateHz, channels, durationMs: (frames / rateHz) * 1000 }
}

/** Writes one channel of 16-bit PCM. */
export function writeWav(path: string, rateHz: number, samples: Float32Array): void {
  const file = Buffer.alloc(44 + 2 * samples.length)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(36 + 2 * samples.length, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rateHz, 24)
  file.writeUInt32LE(rateHz * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(2 * samples.length, 40)
  samples.forEach((value, i) =>
    file.writeInt16LE(Math.max(-32768, Math.min(32767, Math.round(value * 32767))), 44 + 2 * i),
  )
  writeFileSync(path, file)
}

/** A sine at a level in dBov (0 = full scale). */
export function sine(rateHz: number, toneHz: number, seconds: number, levelDbov = -10): Float32Array {
  const peak = 10 ** (levelDbov / 20)
  return Float32Array.from(
    { length: Math.round(rateHz * seconds) },
    (_, i) => peak * Math.sin((2 * Math.PI * toneHz * i) / rateHz),
  )
}
