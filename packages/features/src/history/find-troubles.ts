import { hostOfAddress, type LegId } from '@vaxel/base'
import type { CallRecord, LegRecord, TracedMessage } from '@vaxel/core'
import { isPrivateAddress } from '@vaxel/sip'
import { algSigns } from './alg-signs.ts'

/** Something about a call's network that a person should know, in words. */
export interface Trouble {
  /** Stable word. */
  readonly code: 'sip-alg' | 'no-audio-from' | 'no-audio-heard' | 'lossy' | 'peer-lost' | 'no-ack'
  readonly legId?: LegId
  readonly text: string
  /** What to do about it. */
  readonly advice: string
}

interface WholeCall {
  readonly call: CallRecord
  readonly legs: readonly LegRecord[]
  readonly messages: readonly TracedMessage[]
}

/** From where on loss is heard as such (RFC 7294 §2 would say: with concealment). */
const notableLossRatio = 0.03
/** So many INVITEs without an answer are more than bad luck (RFC 3261 §17.1.1.2: 3.5 s). */
const unansweredTries = 4
/** Shorter talks say nothing. */
const leastTalkMs = 2000

const algAdvice =
  'Switch the SIP ALG ("SIP helper", "VoIP passthrough") of the router off, or let the phone use TLS, which it cannot rewrite.'

/**
 * What went wrong between a call's phones and us, as far as its record and messages tell: audio that never came, loss,
 * a gateway that rewrote messages. Pure; the call may still go on.
 */
export function findTroubles({ call, legs, messages }: WholeCall): Trouble[] {
  return legs.flatMap((leg) => [
    ...gatewayOf(leg, messages),
    ...silenceOf(leg, legs, messages),
    ...lossOf(leg),
    ...endOf(call, leg),
    ...unanswered(leg, messages),
  ])
}

function gatewayOf(leg: LegRecord, messages: readonly TracedMessage[]): Trouble[] {
  if (leg.trunkId !== undefined) return []
  const signs = algSigns(messages.filter(({ sipCallId }) => sipCallId === leg.sipCallId))
  if (signs.length === 0) return []
  const text = `A router's SIP ALG seems to have rewritten messages of ${leg.party.number}. ${signs.join(' ')}`
  return [{ code: 'sip-alg', legId: leg.id, text, advice: algAdvice }]
}

function silenceOf(leg: LegRecord, legs: readonly LegRecord[], messages: readonly TracedMessage[]): Trouble[] {
  const { answeredAtMs, endedAtMs, quality, party } = leg
  if (answeredAtMs === undefined || endedAtMs === undefined || !quality) return []
  const talkMs = endedAtMs - answeredAtMs
  if (talkMs < leastTalkMs) return []
  const seconds = Math.round(talkMs / 1000)
  const others = legs.filter((other) => other !== leg && (other.quality?.received.packets ?? 0) > 0)
  if (quality.received.packets === 0) {
    const oneWay = others.length > 0 ? 'One-way audio: ' : ''
    const where = mediaAddressOf(leg, messages)
    const refused = quality.refusedPackets ?? 0
    const told =
      (where === undefined ? '' : ` It said that its audio comes from ${where}.`) +
      (refused === 0 ? '' : ` ${refused} packets came from elsewhere, or without its key, and were not believed.`)
    const from = leg.remoteAddress === undefined ? undefined : hostOfAddress(leg.remoteAddress)
    const behindNat = where !== undefined && from !== undefined && isPrivateAddress(where) && !isPrivateAddress(from)
    return [
      {
        code: 'no-audio-from',
        legId: leg.id,
        text: `${oneWay}no packet from ${party.number} since it answered, ${seconds} s.${told}`,
        advice: behindNat
          ? 'Its router or firewall lets no RTP out to our media ports (UDP), or sends it from another address than its signalling; open them, or let the phone use SRTP, which we believe from anywhere.'
          : 'Open our media ports (UDP) in the firewall on its side, and see that its microphone is on and it is not muted without sending.',
      },
    ]
  }
  if (quality.sent.packets > 0 && quality.sent.lossRatio >= 0.99)
    return [
      {
        code: 'no-audio-heard',
        legId: leg.id,
        text: `One-way audio: ${party.number} reports that none of our packets arrives.`,
        advice: 'Open UDP from our media ports towards the phone in the firewall on its side.',
      },
    ]
  return []
}

function lossOf({ id, party, quality }: LegRecord): Trouble[] {
  const towards = [
    ['from', quality?.received.lossRatio],
    ['to', quality?.sent.lossRatio],
  ] as const
  return towards
    .filter(([, ratio]) => ratio !== undefined && ratio >= notableLossRatio && ratio < 0.99)
    .map(([way, ratio]) => ({
      code: 'lossy',
      legId: id,
      text: `${(ratio! * 100).toFixed(1)} % of the packets ${way} ${party.number} were lost on the way.`,
      advice: "Look at the phone's line: Wi-Fi, a full uplink, no priority for voice.",
    }))
}

const closedAdvice =
  'A router forgot the way (its UDP time-out), got another address, or its SIP ALG put a wrong one into Contact; let the phone use TCP or TLS.'

/** Ends that mean that our messages did not arrive. */
function endOf(call: CallRecord, { id, party, termination }: LegRecord): Trouble[] {
  const reason = termination?.reason ?? call.termination?.reason
  if (termination === undefined || (reason !== 'no-ack' && reason !== 'peer-lost')) return []
  const what = reason === 'no-ack' ? 'The answer to' : 'What we sent to'
  return [
    {
      code: reason,
      legId: id,
      text: `${what} ${party.number} did not arrive, or nothing came back: the way to it is closed.`,
      advice: closedAdvice,
    },
  ]
}

/** An INVITE that was sent again and again, and to which not even 100 came back. */
function unanswered({ id, party, sipCallId, role }: LegRecord, messages: readonly TracedMessage[]): Trouble[] {
  const own = messages.filter((message) => message.sipCallId === sipCallId)
  const sent = own.filter(({ direction, text }) => direction === 'out' && text.startsWith('INVITE '))
  if (role !== 'callee' || sent.length < unansweredTries || own.some(({ direction }) => direction === 'in')) return []
  const text = `Nothing came back from ${party.number} at ${sent.at(-1)!.remote}: the way to it is closed.`
  return [{ code: 'peer-lost', legId: id, text, advice: closedAdvice }]
}

function mediaAddressOf(leg: LegRecord, messages: readonly TracedMessage[]): string | undefined {
  const described = messages.filter(
    ({ direction, sipCallId, text }) => direction === 'in' && sipCallId === leg.sipCallId && /^c=IN/m.test(text),
  )
  return /^c=IN IP[46] ([^\s/]+)/m.exec(described.at(-1)?.text ?? '')?.[1]
}
