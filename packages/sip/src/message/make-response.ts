import { HeaderList } from './header-list.ts'
import { parseNameAddress } from './name-address.ts'
import { reasonPhrase } from './reason-phrase.ts'
import { isCallId, parseCSeq, type SipRequest, SipResponse } from './sip-message.ts'
import { parseVia } from './via.ts'

const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'] as const

const isSound: Record<(typeof copied)[number], (value: string) => boolean> = {
  Via: (value) => parseVia(value) !== undefined,
  From: (value) => parseNameAddress(value) !== undefined,
  To: (value) => parseNameAddress(value) !== undefined,
  'Call-ID': isCallId,
  CSeq: (value) => parseCSeq(value) !== undefined,
}

/**
 * A response with what RFC 3261 §8.2.6.2 copies from the request: every Via, From, To, Call-ID, CSeq, and Timestamp for 100.
 * A To tag is not made here; a reason phrase cannot break the line. Of a malformed request only sound values are copied, so that
 * nobody is made to say what a stranger wrote; the others are missing in the answer (RFC 4475 §3.3.1).
 */
export function makeResponse(request: SipRequest, status: number, reason?: string): SipResponse {
  const names: string[] = []
  const values: string[] = []
  for (const name of copied) {
    for (const value of request.headers.getAll(name)) {
      if (request.isExcused && (!isSound[name](value) || (name !== 'Via' && names.includes(name)))) continue
      names.push(name)
      values.push(value)
    }
  }
  const timestamp = status === 100 ? request.headers.get('Timestamp') : undefined
  if (timestamp !== undefined) {
    names.push('Timestamp')
    values.push(timestamp)
  }
  const phrase = reason === undefined ? reasonPhrase(status) : reason.replace(/[\r\n\0]+/g, ' ')
  const response = new SipResponse(status, phrase, new HeaderList(names, values))
  return request.isExcused ? response.excuse() : response
}
