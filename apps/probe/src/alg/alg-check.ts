import type { CheckResult } from '@vaxel/site'
import type { StunClient } from '../nat/stun-client.ts'
import { beginCheck, type CheckPlace, endpointText } from '../path/check-sheet.ts'
import type { Endpoint } from '../path/datagram-socket.ts'
import { askMirror, type MirrorAsk, type MirrorFound } from './ask-mirror.ts'
import { type Change, compareRequests } from './compare-requests.ts'

export interface AlgCheck extends CheckPlace {
  readonly mirror: MirrorAsk
  readonly stun: StunClient
  /** UDP and TCP. */
  readonly sip: Endpoint
  /** TLS. */
  readonly sips: Endpoint
}

/**
 * Looks for a SIP application layer gateway: an INVITE as a telephone sends it, over UDP and TCP, to a mirror. By TLS, where no
 * gateway can read, the same must come through unchanged; that it does proves that silence elsewhere is not the server's.
 */
export async function checkAlg(check: AlgCheck): Promise<CheckResult[]> {
  const { mirror, sip, sips } = check
  const ends = (['udp', 'tcp', 'tls'] as const).map((protocol) =>
    beginCheck(check, 'sip-alg', `SIP ${protocol.toUpperCase()} ${endpointText(protocol === 'tls' ? sips : sip)}`),
  )
  const [udp, tcp, tls, udpAnswers] = await Promise.all([
    askMirror(mirror, 'udp', sip),
    askMirror(mirror, 'tcp', sip),
    askMirror(mirror, 'tls', sips),
    answersStun(check, sip),
  ])
  // Bytes under the server's MAC, by whatever way: the mirror is there, and silence is not its own.
  const isThere = [udp, tcp, tls].some((found) => found.kind === 'answered' && found.answer.kind === 'mirrored')
  const knownGood = isThere || (tls.kind === 'no-connection' ? 'not-tested' : false)
  const byTls = judge('TLS', tls, knownGood, tls.kind !== 'no-connection')
  return [
    ends[0]!(judge('UDP', udp, knownGood, udpAnswers)),
    ends[1]!(judge('TCP', tcp, knownGood, tcp.kind !== 'no-connection')),
    // That it came through is the control of the others; a request that did not is a finding of its own.
    ...(byTls.outcome === 'fail' ? [ends[2]!(byTls)] : []),
  ]
}

/** Whether anything but SIP comes through that port: the SIP port answers STUN keep-alives too (RFC 5626 §3.5.2). */
async function answersStun({ stun }: AlgCheck, sip: Endpoint): Promise<boolean> {
  return await stun.withSocket(sip.address, async (socket) => (await stun.ask(socket, { to: sip })) !== undefined)
}

type Ended = Parameters<ReturnType<typeof beginCheck>>[0]

function judge(protocol: string, found: MirrorFound, knownGood: boolean | 'not-tested', isPortOpen: boolean): Ended {
  const controls = { knownGood, closed: 'not-tested' as const }
  if (found.kind !== 'answered') {
    if (!isPortOpen)
      return {
        outcome: 'inconclusive',
        finding: { key: 'alg-port-closed', values: { protocol } },
        faultOwner: 'customer-firewall',
      }
    // Without the control it may be the mirror that is not there.
    return {
      outcome: knownGood === false ? 'inconclusive' : 'fail',
      finding: { key: knownGood === false ? 'alg-no-mirror' : 'alg-swallowed', values: { protocol } },
      faultOwner: knownGood === false ? 'unknown' : 'customer-firewall',
      controls,
    }
  }
  const { answer, sent, server } = found
  if (answer.kind === 'foreign' && knownGood === false)
    // The service itself answers so to whom it does not know.
    return { outcome: 'inconclusive', finding: { key: 'alg-no-mirror', values: { protocol } }, controls }
  if (answer.kind === 'foreign')
    return {
      outcome: 'fail',
      finding: { key: 'alg-foreign-answer', values: { protocol, status: answer.status } },
      faultOwner: 'customer-firewall',
      evidence: { status: String(answer.status), ...(answer.server && { server: answer.server.slice(0, 100) }) },
    }
  const changes = [
    ...compareRequests(sent, answer.request),
    ...(answer.note.contact !== undefined && answer.note.contact !== answer.contact
      ? [change('Contact (answer)', answer.note.contact, answer.contact)]
      : []),
  ]
  const evidence = { 'seen as': endpointText(answer.note.from), server: endpointText(server) }
  if (changes.length === 0)
    return {
      outcome: 'pass',
      finding: { key: 'alg-none', values: { protocol } },
      evidence,
      // Its own bytes came back under the server's MAC: that needs no other control.
    }
  return {
    outcome: 'fail',
    finding: { key: 'alg-changed', values: { protocol, fields: changes.map(({ field }) => field).join(', ') } },
    faultOwner: 'customer-firewall',
    evidence: { ...evidence, ...Object.fromEntries(changes.slice(0, 20).map((one) => [one.field, told(one)])) },
  }
}

const change = (field: string, sent: string, received: string | undefined): Change => ({
  field,
  sent,
  ...(received !== undefined && { received }),
})

const told = ({ sent, received }: Change): string => `${short(sent) ?? '(nothing)'} → ${short(received) ?? '(nothing)'}`

const short = (text: string | undefined): string | undefined =>
  text === undefined || text.length <= 200 ? text : `${text.slice(0, 200)}…`
