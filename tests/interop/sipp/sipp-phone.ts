// Scenarios of a plain phone, played by sipp. Steps are joined into one scenario; see https://sipp.readthedocs.io/.
import type { Platform, SippOptions } from '@vaxel/testkit'
import { Sipp, sippSdp, sippSend } from '@vaxel/testkit'

export type Transport = 'udp' | 'tcp'

export interface SippPhone {
  readonly platform: Platform
  readonly user: string
  readonly port: number
  readonly transport?: Transport
  readonly password?: string
}

const contact = (user: string): string => `<sip:${user}@[local_ip]:[local_port];transport=[transport]>`
/** The branch is of our own making, as CANCEL and the ACK of a failure carry the INVITE's (RFC 3261 §9.1, §17.1.1.3). */
export const via = (cseq: number, method: string): string =>
  `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK[pid]-[call_number]-${cseq}${method}`

const running = new Set<Sipp>()

/** Ends every scenario that still runs, so that a failed test leaves its ports to the next. */
export async function stopAll(): Promise<void> {
  for (const sipp of running) await sipp.stop()
  running.clear()
}

/** Runs one scenario of a phone. */
export function play(phone: SippPhone, scenario: string, more: Partial<SippOptions> = {}): Sipp {
  const { platform, user } = phone
  const sipp = Sipp.start({
    remote: platform.sip,
    localPort: phone.port,
    transport: phone.transport ?? 'udp',
    username: user,
    password: phone.password ?? `sip-${user}`,
    scenario,
    ...more,
    more: ['-auth_uri', `${more.service ?? user}@${platform.sip}`, ...(more.more ?? [])],
  })
  running.add(sipp)
  return sipp
}

/** A request outside a dialog. */
export function request(
  method: string,
  user: string,
  to: string,
  cseq: number,
  headers: readonly string[] = [],
  body = '',
): string {
  return sippSend(
    [
      `${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0`,
      via(cseq, method),
      'Max-Forwards: 70',
      `From: <sip:${user}@demo.vaxel.test>;tag=[pid]T[call_number]`,
      `To: <sip:${to}@demo.vaxel.test>`,
      'Call-ID: [call_id]',
      `CSeq: ${cseq} ${method}`,
      `Contact: ${contact(user)}`,
      ...headers,
      ...(body ? ['Content-Type: application/sdp'] : []),
      'Content-Length: [len]',
      ...(body ? ['', body] : []),
    ].join('\n'),
    'retrans="500"',
  )
}

/** A request inside the dialog of the call that this phone made. */
export function inDialog(
  method: string,
  user: string,
  to: string,
  cseq: number,
  headers: readonly string[] = [],
  body = '',
): string {
  return sippSend(
    [
      `${method} [next_url] SIP/2.0`,
      via(cseq, method),
      '[routes]',
      'Max-Forwards: 70',
      `From: <sip:${user}@demo.vaxel.test>;tag=[pid]T[call_number]`,
      `To: <sip:${to}@demo.vaxel.test>[peer_tag_param]`,
      'Call-ID: [call_id]',
      `CSeq: ${cseq} ${method}`,
      `Contact: ${contact(user)}`,
      ...headers,
      ...(body ? ['Content-Type: application/sdp'] : []),
      'Content-Length: [len]',
      ...(body ? ['', body] : []),
    ].join('\n'),
    method === 'ACK' ? '' : 'retrans="500"',
  )
}

/** An answer to the request that came last. */
export function respond(status: string, user: string, headers: readonly string[] = [], body = ''): string {
  return sippSend(
    [
      `SIP/2.0 ${status}`,
      '[last_Via:]',
      '[last_From:]',
      status.startsWith('100') ? '[last_To:]' : '[last_To:];tag=[pid]U[call_number]',
      '[last_Call-ID:]',
      '[last_CSeq:]',
      '[last_Record-Route:]',
      `Contact: ${contact(user)}`,
      ...headers,
      ...(body ? ['Content-Type: application/sdp'] : []),
      'Content-Length: [len]',
      ...(body ? ['', body] : []),
    ].join('\n'),
    /^2/.test(status) && body ? 'retrans="500"' : '',
  )
}

/** An answer inside the dialog: the To tag is there already. */
export function respondInDialog(status: string, user: string, headers: readonly string[] = [], body = ''): string {
  return sippSend(
    [
      `SIP/2.0 ${status}`,
      '[last_Via:]',
      '[last_From:]',
      '[last_To:]',
      '[last_Call-ID:]',
      '[last_CSeq:]',
      `Contact: ${contact(user)}`,
      ...headers,
      ...(body ? ['Content-Type: application/sdp'] : []),
      'Content-Length: [len]',
      ...(body ? ['', body] : []),
    ].join('\n'),
  )
}

export const receive = (what: string): string => `<recv ${what} timeout="30000"/>`
export const response = (status: number, more = ''): string => receive(`response="${status}" ${more}`)
export const maybe = (status: number): string => `<recv response="${status}" optional="true"/>`
export const requestOf = (method: string, more = ''): string => receive(`request="${method}" ${more}`)
export const pause = (ms: number): string => `<pause milliseconds="${ms}"/>`

export const registerScenario = (user: string, expires = 600): string =>
  [
    request('REGISTER', user, user, 1, [`Expires: ${expires}`]),
    response(401, 'auth="true"'),
    request('REGISTER', user, user, 2, [`Expires: ${expires}`, '[authentication]']),
    response(200),
  ].join('\n')

/** Registers the phone; it is then reached at its port. */
export async function register(phone: SippPhone): Promise<void> {
  await play(phone, registerScenario(phone.user), { service: phone.user }).succeed()
}

/** INVITE with the answer to the challenge, up to and without the final response. */
export const inviteSteps = (
  user: string,
  to: string,
  headers: readonly string[] = [],
  body: string = sippSdp,
): string[] => [
  request('INVITE', user, to, 1, headers, body),
  maybe(100),
  response(407, 'auth="true"'),
  sippAck(user, to, 1),
  request('INVITE', user, to, 2, [...headers, '[authentication]'], body),
  maybe(100),
  maybe(180),
  maybe(183),
]

/** Calls, hangs up half a second after the answer, and waits for the answer to that. */
export const callSteps = (user: string, to: string, headers: readonly string[] = []): string[] => [
  ...inviteSteps(user, to, headers),
  response(200, 'rrs="true"'),
  inDialog('ACK', user, to, 2),
  pause(500),
  inDialog('BYE', user, to, 3),
  response(200),
]

/** ACK for a failure: same branch as the INVITE (RFC 3261 §17.1.1.3). */
export function sippAck(user: string, to: string, cseq: number): string {
  return sippSend(
    [
      'ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0',
      via(cseq, 'INVITE'),
      'Max-Forwards: 70',
      `From: <sip:${user}@demo.vaxel.test>;tag=[pid]T[call_number]`,
      `To: <sip:${to}@demo.vaxel.test>[peer_tag_param]`,
      'Call-ID: [call_id]',
      `CSeq: ${cseq} ACK`,
      'Content-Length: 0',
    ].join('\n'),
  )
}

/** Answers a call after ringing and waits for the caller's BYE. */
export const answerSteps = (user: string): string[] => [
  requestOf('INVITE', 'rrs="true"'),
  respond('180 Ringing', user),
  pause(100),
  respond('200 OK', user, [], sippSdp),
  requestOf('ACK'),
]

export const hangsUpWhenAsked = (user: string): string[] => [requestOf('BYE'), respondInDialog('200 OK', user)]

/** As `requestOf('INVITE')`, keeping who calls, for a later request of this side. */
export const inviteKeepingFrom =
  '<recv request="INVITE" rrs="true" timeout="30000"><action><ereg regexp="tag=.*" search_in="hdr" header="From:" check_it="true" assign_to="5"/></action></recv>'

export const scenario = (...steps: readonly (string | readonly string[])[]): string => steps.flat().join('\n')
