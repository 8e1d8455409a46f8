import type { CodecName } from '@vaxel/core'
import type { Codec } from './codec.ts'
import { G711Codec } from './g711.ts'
import { G722Codec } from './g722.ts'
import { OpusCodec, type OpusSampleRate } from './opus.ts'

/**
 * A new codec by its name.
 * @param opusSampleRate the rate at which an Opus codec is to give and take samples; the others have their own
 */
export function createCodec(name: CodecName, opusSampleRate: OpusSampleRate = 48000): Codec {
  if (name === 'PCMA' || name === 'PCMU') return new G711Codec(name)
  if (name === 'G722') return new G722Codec()
  return new OpusCodec({ sampleRate: opusSampleRate })
}
