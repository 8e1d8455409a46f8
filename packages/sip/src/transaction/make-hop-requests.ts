import { SipRequest, type SipResponse } from '../message/sip-message.ts'

/** The ACK of a failure, within the INVITE's own transaction: its branch, route set and Request-URI (RFC 3261 §17.1.1.3). */
export function makeFailureAck(invite: SipRequest, response: SipResponse): SipRequest {
  const ack = new SipRequest('ACK', invite.uri)
  const headers = ack.headers
  headers.append('Via', invite.headers.get('Via')!)
  headers.append('Max-Forwards', '70')
  for (const route of invite.headers.getAll('Route')) headers.append('Route', route)
  headers.append('From', invite.headers.get('From')!)
  headers.append('To', response.headers.get('To')!)
  headers.append('Call-ID', invite.callId)
  headers.append('CSeq', `${invite.cseq.number} ACK`)
  return ack
}

/** The CANCEL of an INVITE: same branch, Request-URI, route set, Call-ID, From, To and CSeq number (§9.1). */
export function makeCancel(invite: SipRequest): SipRequest {
  const cancel = new SipRequest('CANCEL', invite.uri)
  const headers = cancel.headers
  headers.append('Via', invite.headers.get('Via')!)
  headers.append('Max-Forwards', '70')
  for (const route of invite.headers.getAll('Route')) headers.append('Route', route)
  headers.append('From', invite.headers.get('From')!)
  headers.append('To', invite.headers.get('To')!)
  headers.append('Call-ID', invite.callId)
  headers.append('CSeq', `${invite.cseq.number} CANCEL`)
  return cancel
}
