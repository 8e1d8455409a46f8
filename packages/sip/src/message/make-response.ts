import { HeaderList } from './header-list.ts'
import { reasonPhrase } from './reason-phrase.ts'
import { type SipRequest, SipResponse } from './sip-message.ts'

const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'] as const

/**
 * A response with what RFC 3261 §8.2.6.2 copies from the request: every Via, From, To, Call-ID, CSeq, and Timestamp for 100.
 * A To tag is not made here; a reason phrase cannot break the line.
 */
export function makeResponse(request: SipRequest, status: number, reason?: string): SipResponse {
  const names: string[] = []
  const values: string[] = []
  for (const name of copied) {
    for (const value of request.headers.getAll(name)) {
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
