/** Bytes before the samples: RIFF, fmt (18 bytes), fact, data (WAVE, Multimedia Programming Interface 1.0). */
export const wavHeaderBytes = 58

/** What a recording is written as: 16-bit PCM, or A-law at half the size. */
export type RecordingCoding = 'pcm16' | 'alaw'

/**
 * The header of a recording.
 * @param dataBytes of the samples written so far; a file cut short after them is whole
 */
export function makeWavHeader(
  coding: RecordingCoding,
  sampleRate: number,
  dataBytes: number,
  channels: 1 | 2 = 2,
): Uint8Array {
  const header = new Uint8Array(wavHeaderBytes)
  const view = new DataView(header.buffer)
  const bytesPerSample = coding === 'pcm16' ? 2 : 1
  writeTag(view, 0, 'RIFF')
  view.setUint32(4, wavHeaderBytes - 8 + dataBytes, true)
  writeTag(view, 8, 'WAVE')
  writeTag(view, 12, 'fmt ')
  view.setUint32(16, 18, true)
  view.setUint16(20, coding === 'pcm16' ? 1 : 6, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * channels * bytesPerSample, true)
  view.setUint16(32, channels * bytesPerSample, true)
  view.setUint16(34, 8 * bytesPerSample, true)
  writeTag(view, 38, 'fact')
  view.setUint32(42, 4, true)
  view.setUint32(46, dataBytes / (channels * bytesPerSample), true)
  writeTag(view, 50, 'data')
  view.setUint32(54, dataBytes, true)
  return header
}

function writeTag(view: DataView, at: number, tag: string): void {
  for (let i = 0; i < 4; i++) view.setUint8(at + i, tag.charCodeAt(i))
}
