import { sippScenario, sippSdp, sippSend } from '@vaxel/testkit'

const request = (method: string, uri: string, more: string): string => `${method} ${uri} SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: <sip:[caller]@demo.vaxel.test>;tag=[call_number]a
${more}`

/** A registration with digest: 401, then 200. */
export const register = sippScenario(
  [
    sippSend(
      request(
        'REGISTER',
        'sip:demo.vaxel.test',
        `To: <sip:[caller]@demo.vaxel.test>
Call-ID: [call_id]
CSeq: 1 REGISTER
Contact: <sip:[caller]@[local_ip]:[contact_port]>;expires=600
User-Agent: SIPp
Content-Length: 0`,
      ),
      'retrans="500"',
    ),
    '<recv response="401" auth="true"/>',
    sippSend(
      request(
        'REGISTER',
        'sip:demo.vaxel.test',
        `To: <sip:[caller]@demo.vaxel.test>
Call-ID: [call_id]
CSeq: 2 REGISTER
Contact: <sip:[caller]@[local_ip]:[contact_port]>;expires=600
[authentication]
User-Agent: SIPp
Content-Length: 0`,
      ),
      'retrans="500"',
    ),
    '<recv response="200"/>',
  ].join('\n'),
)

const invite = (cseq: number, more = ''): string =>
  sippSend(
    `${request(
      'INVITE',
      'sip:[service]@[remote_ip]:[remote_port]',
      `To: <sip:[service]@demo.vaxel.test>
Call-ID: [call_id]
CSeq: ${cseq} INVITE
Contact: <sip:[caller]@[local_ip]:[local_port]>
User-Agent: SIPp${more}
Content-Type: application/sdp
Content-Length: [len]`,
    )}

${sippSdp}`,
    'retrans="500"',
  )

const finish = `<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="200" rrs="true"/>
${sippSend(
  `ACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
[routes]
From: <sip:[caller]@demo.vaxel.test>;tag=[call_number]a
To: <sip:[service]@demo.vaxel.test>[peer_tag_param]
Call-ID: [call_id]
CSeq: [cseq] ACK
Content-Length: 0`,
)}
${sippSend(
  `BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
[routes]
From: <sip:[caller]@demo.vaxel.test>;tag=[call_number]a
To: <sip:[service]@demo.vaxel.test>[peer_tag_param]
Call-ID: [call_id]
CSeq: 9 BYE
Content-Length: 0`,
  'retrans="500"',
)}
<recv response="200"/>`

/** A call with digest: INVITE, 407, ACK, INVITE, 180, 200, ACK, BYE, 200. */
export const callWithDigest = sippScenario(
  [
    invite(1),
    '<recv response="407" auth="true"/>',
    sippSend(
      request(
        'ACK',
        'sip:[service]@[remote_ip]:[remote_port]',
        `To: <sip:[service]@demo.vaxel.test>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Content-Length: 0`,
      ),
    ),
    invite(2, '\n[authentication]'),
    finish,
  ].join('\n'),
)

/** The same without digest, for a proxy that asks for none. */
export const callWithoutDigest = sippScenario([invite(1), finish].join('\n'))

/** Answers every call at once: 180, 200, then 200 to BYE. */
export const answer = sippScenario(`<recv request="INVITE" crlf="true" rrs="true"/>
${sippSend(`SIP/2.0 180 Ringing
[last_Via:]
[last_Record-Route:]
[last_From:]
[last_To:];tag=[call_number]b
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
Content-Length: 0`)}
${sippSend(
  `SIP/2.0 200 OK
[last_Via:]
[last_Record-Route:]
[last_From:]
[last_To:];tag=[call_number]b
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
Content-Type: application/sdp
Content-Length: [len]

${sippSdp}`,
  'retrans="500"',
)}
<recv request="ACK" crlf="true" rtd="true"/>
<recv request="BYE"/>
${sippSend(`SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0`)}`)
