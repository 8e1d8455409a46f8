import { attributesOf, type MediaDescription } from './session-description.ts'

/** One payload format of a media description: `a=rtpmap` and `a=fmtp` joined (RFC 8866 §6.6, §6.15). */
export interface PayloadFormat {
  /** 0 to 127. */
  readonly payloadType: number
  /** As written, e.g. `PCMA`, `opus`, `telephone-event`; compare without case. */
  readonly encoding: string
  /** RTP clock rate as written (8000 for G722, RFC 3551 §4.5.2). */
  readonly rateHz: number
  readonly channels: number
  /** Value of `a=fmtp` without the format; `''` where there is none. */
  readonly parameters: string
}

/** Static payload types for audio that may stand without an rtpmap (RFC 3551 §6). */
const staticFormats: Readonly<Record<number, readonly [encoding: string, rateHz: number]>> = {
  0: ['PCMU', 8000],
  3: ['GSM', 8000],
  4: ['G723', 8000],
  8: ['PCMA', 8000],
  9: ['G722', 8000],
  13: ['CN', 8000],
  15: ['G728', 8000],
  18: ['G729', 8000],
}

/**
 * The formats of an RTP media description in its order of preference. Formats that are not payload types,
 * dynamic ones without a readable rtpmap, and repetitions are left out.
 */
export function payloadFormatsOf(media: MediaDescription): PayloadFormat[] {
  const maps = new Map<number, [encoding: string, rateHz: number, channels: number]>()
  for (const value of attributesOf(media, 'rtpmap')) {
    const match = /^(\d{1,3})\s+([^\s/]{1,64})\s*\/\s*(\d{1,7})(?:\s*\/\s*(\d{1,3}))?/.exec(value)
    if (match && !maps.has(Number(match[1])))
      maps.set(Number(match[1]), [match[2]!, Number(match[3]), Number(match[4] ?? 1)])
  }
  const parameters = new Map<number, string>()
  for (const value of attributesOf(media, 'fmtp')) {
    const match = /^(\d{1,3})\s+(\S.*)$/.exec(value)
    if (match && !parameters.has(Number(match[1]))) parameters.set(Number(match[1]), match[2]!)
  }
  const formats: PayloadFormat[] = []
  const seen = new Set<number>()
  for (const text of media.formats) {
    const payloadType = /^\d{1,3}$/.test(text) ? Number(text) : 128
    if (payloadType > 127 || seen.has(payloadType)) continue
    seen.add(payloadType)
    const [encoding, rateHz, channels = 1] = maps.get(payloadType) ?? staticFormats[payloadType] ?? []
    if (encoding === undefined || !rateHz) continue
    formats.push({ payloadType, encoding, rateHz, channels, parameters: parameters.get(payloadType) ?? '' })
  }
  return formats
}

/** One parameter of an `a=fmtp` value, name without case. @example fmtpParameter('minptime=10;useinbandfec=1', 'useinbandfec') // '1' */
export function fmtpParameter(parameters: string, name: string): string | undefined {
  for (const part of parameters.split(';')) {
    const equals = part.indexOf('=')
    if (equals > 0 && part.slice(0, equals).trim().toLowerCase() === name) return part.slice(equals + 1).trim()
  }
  return undefined
}
