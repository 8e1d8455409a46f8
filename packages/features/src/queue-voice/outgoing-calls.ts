import { type CallId, type Clock, makeId, type Refusal, type Termination, TransientMap } from '@vaxel/base'
import type { CallState, OfferOutcome, QueueCalls, ServiceLine, VoiceService } from '@vaxel/core'

interface Expected {
  /** Undefined once somebody has answered: whoever is put through to a queue in the same call later is its customer. */
  serve: VoiceService | undefined
  readonly ended: (termination: Termination) => void
}

/** `callId` where somebody has to know it before; a new one if absent. */
type Wish = Omit<Parameters<QueueCalls['callOut']>[0], 'callId'> & { readonly callId?: CallId }

/** Calls that queues have made: what is said to whoever answers, and who is told when they are over. */
export class OutgoingCalls {
  readonly #clock: Clock
  readonly #calls: QueueCalls
  readonly #expected = new TransientMap<CallId, Expected>()

  constructor({ clock, calls }: { readonly clock: Clock; readonly calls: QueueCalls }) {
    this.#clock = clock
    this.#calls = calls
  }

  /**
   * Calls somebody.
   * @param expected `serve` once they have answered; `ended` in any case, once, also when nobody could be called
   * @returns the call, also when it has failed already
   */
  async call(
    { callId = makeId<CallId>(this.#clock.now()), ...wish }: Wish,
    expected: Readonly<Expected> & { readonly serve: VoiceService },
  ): Promise<CallId> {
    this.#expected.set(callId, { ...expected })
    const refused = await this.#calls.callOut({ ...wish, callId })
    if (refused && this.#expected.delete(callId))
      expected.ended({ blame: refused.blame, reason: reasonOf(refused), sip: refused.sip, text: refused.text })
    return callId
  }

  /** @returns what is said to whoever answered this call, once; undefined when it is none of ours, or has been said */
  takeService(line: ServiceLine): VoiceService | undefined {
    const expected = this.#expected.get(line.callId)
    const serve = expected?.serve
    if (expected) expected.serve = undefined
    return serve
  }

  changed(state: CallState): void {
    if (state.name !== 'ended') return
    const expected = this.#expected.get(state.call.id)
    if (!expected) return
    this.#expected.delete(state.call.id)
    expected.ended(state.termination)
  }
}

const noRoom = 'no-room'
const limits = new Set(['LIMIT_CALLS_AT_ONCE', 'LIMIT_CALLS_PER_MINUTE'])

/** Whoever cannot be called because there are too many calls already is reachable all the same. */
const reasonOf = ({ blame, code }: Refusal): string => (blame === 'us' || limits.has(code) ? noRoom : 'unreachable')

const declined = new Set(['declined', 'busy'])
const silent = new Set(['no-answer', 'unavailable', 'recalled', 'service-ended'])

/** What came of asking an agent who did not take it, by how the call to them ended. */
export function outcomeOfEnd({ reason, sip, text }: Termination): OfferOutcome {
  if (declined.has(reason)) return { kind: 'declined' }
  if (silent.has(reason) || reason.endsWith('hung-up')) return { kind: 'missed' }
  if (reason === noRoom) return { kind: 'failed', why: text ?? reason, isOurs: true }
  return { kind: 'failed', why: text ?? `${reason}${sip === undefined ? '' : ` (${sip})`}` }
}
