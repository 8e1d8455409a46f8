import { sippSdp, sippSend } from '@vaxel/testkit'
import { requestOf, respond, respondInDialog, response } from './sipp-phone.ts'

/** Header fields of the INVITE, for what is said in its dialog after other requests have come. */
const kept = [
  ['Via', 6],
  ['From', 7],
  ['To', 8],
  ['CSeq', 9],
] as const

const inviteKept = [
  '<recv request="INVITE" rrs="true" timeout="30000"><action>',
  ...kept.map(
    ([name, variable]) =>
      `<ereg regexp=".*" search_in="hdr" header="${name}:" check_it="true" assign_to="${variable}"/>`,
  ),
  '</action></recv>',
].join('\n')

const contact = (user: string): string => `Contact: <sip:${user}@[local_ip]:[local_port];transport=[transport]>`

/** NOTIFY without a subscription, of that event and no other. */
export const toldTo = (event: 'talk' | 'hold', user: string): string[] => [
  `<recv request="NOTIFY" timeout="30000"><action><ereg regexp="^ *${event} *$" search_in="hdr" header="Event:" check_it="true" assign_to="10"/></action></recv>`,
  respondInDialog('200 OK', user),
]

/** Rings, says by which events it can be driven, and answers once it is told to talk. */
export const answersWhenTold = (user: string): string[] => [
  inviteKept,
  respond('180 Ringing', user, ['Allow-Events: talk, hold, conference']),
  ...toldTo('talk', user),
  sippSend(
    [
      'SIP/2.0 200 OK',
      'Via:[$6]',
      'From:[$7]',
      'To:[$8];tag=[pid]U[call_number]',
      '[last_Call-ID:]',
      'CSeq:[$9]',
      contact(user),
      'Allow-Events: talk, hold, conference',
      'Content-Type: application/sdp',
      'Content-Length: [len]',
      '',
      sippSdp,
    ].join('\n'),
    'retrans="500"',
  ),
  requestOf('ACK'),
]

const inDialog = (method: string, cseq: number, user: string, body = ''): string =>
  sippSend(
    [
      `${method} [next_url] SIP/2.0`,
      `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK[pid]-d${cseq}${method}`,
      'Max-Forwards: 70',
      'From:[$8];tag=[pid]U[call_number]',
      'To:[$7]',
      '[last_Call-ID:]',
      `CSeq: ${cseq} ${method}`,
      contact(user),
      ...(body ? ['Content-Type: application/sdp'] : []),
      'Content-Length: [len]',
      ...(body ? ['', body] : []),
    ].join('\n'),
  )

/** Holds or goes on by its own re-INVITE, as it does when its key is pressed. */
export const reinvites = (user: string, cseq: number, direction: 'sendonly' | 'sendrecv'): string[] => [
  inDialog('INVITE', cseq, user, `${sippSdp}\na=${direction}`),
  '<recv response="100" optional="true"/>',
  response(200),
  inDialog('ACK', cseq, user),
]

/** sipp wants each variable to be used. */
export const allUsed = '<Reference variables="10"/>'
