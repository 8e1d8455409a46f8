import type { CodecName, Direction } from '@vaxel/core'

const formats: Readonly<Record<CodecName, readonly [payloadType: number, map: string]>> = {
  PCMU: [0, 'PCMU/8000'],
  PCMA: [8, 'PCMA/8000'],
  G722: [9, 'G722/8000'],
  opus: [111, 'opus/48000/2'],
}

/** A session description with one audio stream. */
export interface AudioDescription {
  readonly address: string
  readonly codecs: readonly CodecName[]
  readonly direction: Direction
  readonly version?: number
  /** Without telephone-event, digits come by INFO. */
  readonly hasEvents?: boolean
}

export function writeSdp(audio: AudioDescription): string {
  const { address, codecs, direction, version = 1, hasEvents = true } = audio
  const types = codecs.map((codec) => formats[codec][0])
  return [
    'v=0',
    `o=- 1 ${version} IN IP4 ${address}`,
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio 40000 RTP/AVP ${[...types, ...(hasEvents ? [101] : [])].join(' ')}`,
    ...codecs.map((codec) => `a=rtpmap:${formats[codec].join(' ')}`),
    ...(hasEvents ? ['a=rtpmap:101 telephone-event/8000'] : []),
    `a=${direction}`,
    '',
  ].join('\r\n')
}

export function readSdp(text: string): AudioDescription | undefined {
  if (!/^m=audio [1-9]/m.test(text)) return undefined
  const codecs = [...text.matchAll(/^a=rtpmap:\d+ (\w+)\//gm)].map((m) => m[1]).filter((n) => n !== 'telephone-event')
  return {
    address: /^c=IN IP4 (\S+)/m.exec(text)?.[1] ?? '0.0.0.0',
    codecs: codecs.filter((name): name is CodecName => name !== undefined && name in formats),
    direction: (/^a=(sendrecv|sendonly|recvonly|inactive)/m.exec(text)?.[1] ?? 'sendrecv') as Direction,
    hasEvents: text.includes('telephone-event'),
  }
}

/** The same direction, as the other side says it (RFC 3264 §6.1). */
export function mirrored(direction: Direction): Direction {
  return direction === 'sendonly' ? 'recvonly' : direction === 'recvonly' ? 'sendonly' : direction
}
