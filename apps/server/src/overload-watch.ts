import { performance } from 'node:perf_hooks'
import type { Clock, Logger, Timer } from '@vaxel/base'
import { type Company, type Directory, emergencyNumbersOf, OverloadControl, ownShortDials } from '@vaxel/core'
import { makeResponse, type SipRequest, type SipResponse } from '@vaxel/sip'

const everyMs = 50
/** Who looks at the warnings learns of what was refused in the last few minutes. */
const warnedForMs = 300_000
/** Beyond so many nobody further is counted by name: those who send most are among the first. */
const mostNamed = 1_000
const reason = 'More calls at once than the server can take'

/** Whoever sends a new call. */
export interface CallSender {
  /** Whose share of what is let in it takes. */
  readonly source: string
  /** For whoever runs the server. */
  readonly name: string
  /** A carrier, whose calls are to people here and none of them an emergency call. */
  readonly isTrunk: boolean
}

export interface OverloadWatchOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Pick<Directory, 'companies'>
  /** How long what comes waits until it is read, milliseconds. */
  waitingMs(): number
  /** How long the main thread had nothing to do, from the beginning; for tests. */
  idleMs?(): number
}

/**
 * Refuses new calls while the machine cannot take them all, before anything is spent on them. What goes on goes on, and so
 * do emergency calls.
 */
export class OverloadWatch {
  readonly #options: OverloadWatchOptions
  readonly #control = new OverloadControl()
  #timer: Timer | undefined
  #idleMs = 0
  #isLimiting = false
  /** Refused in the time that is warned of. */
  #refused = 0
  /** Of the control, when calls were limited last. */
  #refusedBefore = 0
  /** Refused since calls are limited, by whose they were: for the log, as warnings are read by anyone. */
  readonly #refusedOf = new Map<string, number>()
  #refusedAtMs = Number.NEGATIVE_INFINITY
  /** Of all companies here, while calls are limited. */
  #emergencyNumbers: readonly string[] = []

  constructor(options: OverloadWatchOptions) {
    this.#options = options
    this.#arm()
  }

  /** The stateless answer to a new call that cannot be taken; undefined lets it in. */
  screen(request: SipRequest, from: CallSender): SipResponse | undefined {
    if (request.method !== 'INVITE' || request.to.tag !== undefined || request.headers.has('Replaces')) return undefined
    if (!from.isTrunk && this.#control.isLimiting && this.#mayBeEmergency(request)) return undefined
    if (this.admits(from)) return undefined
    const response = makeResponse(request, 503, reason)
    // Those who are refused do not all come again at once.
    response.headers.append('Retry-After', String(3 + (request.callId.charCodeAt(0) % 8)))
    response.headers.append('Reason', `SIP;cause=503;text="${reason}"`)
    return response
  }

  /** Whether one more call, of which nothing has come over the network, is let in; emergency calls are not asked about. */
  admits({ source, name }: Omit<CallSender, 'isTrunk'>): boolean {
    const nowMs = this.#options.clock.monotonicMs()
    if (this.#control.admits(source, nowMs)) return true
    this.#count(name, nowMs)
    return false
  }

  warnings(): readonly string[] {
    if (this.#options.clock.monotonicMs() - this.#refusedAtMs > warnedForMs) return []
    const calls = this.#refused === 1 ? 'a new call was' : `${this.#refused} new calls were`
    return [
      `The processor was full, and ${calls} refused (503). Calls that went on and emergency calls were not. Give the machine more processor, or let fewer calls come at once.`,
    ]
  }

  close(): void {
    this.#timer?.stop()
  }

  #count(name: string, nowMs: number): void {
    if (nowMs - this.#refusedAtMs > warnedForMs) this.#refused = 0
    this.#refusedAtMs = nowMs
    this.#refused++
    const before = this.#refusedOf.get(name)
    if (before !== undefined || this.#refusedOf.size < mostNamed) this.#refusedOf.set(name, (before ?? 0) + 1)
  }

  /** @example 'the trunk Carrier (812), 192.0.2.7 (3)' */
  #whose(): string {
    const most = [...this.#refusedOf].sort(([, a], [, b]) => b - a).slice(0, 3)
    return most.map(([name, count]) => `${name} (${count})`).join(', ')
  }

  /** One too many is let in rather than one that must go through refused: what it is exactly is known later. */
  #mayBeEmergency({ uri }: SipRequest): boolean {
    const written = /^[a-z]+:([^@;?]*)/i.exec(uri)?.[1] ?? ''
    const octets = (_: string, code: string) => String.fromCharCode(Number.parseInt(code, 16))
    // The # at the end is how some telephones say that the number is complete.
    const number = written.replace(/%([\da-f]{2})/gi, octets).replace(/[^\d+*#]|#$/g, '')
    // What a short dial stands for is looked up once it is known whose it is.
    if (number.startsWith(ownShortDials) && number.length <= ownShortDials.length + 4) return true
    // Two digits end one number in a hundred: they count behind a digit or two for an outside line alone.
    return this.#emergencyNumbers.some((one) => number.endsWith(one) && (one.length > 2 || number.length <= 4))
  }

  #arm(): void {
    const dueMs = this.#options.clock.monotonicMs() + everyMs
    this.#timer = this.#options.clock.startTimer(everyMs, () => {
      const nowMs = this.#options.clock.monotonicMs()
      const waitingMs = Math.max(nowMs - dueMs, this.#options.waitingMs())
      this.#control.note(this.#hasRested() ? 0 : waitingMs, nowMs)
      this.#tell()
      this.#arm()
    })
  }

  /** Who had nothing to do for a moment has no queue: what waits longer waits for a processor that others use, and fewer calls would not help. */
  #hasRested(): boolean {
    const idleMs = this.#options.idleMs?.() ?? performance.eventLoopUtilization().idle
    const hasRested = idleMs > this.#idleMs
    this.#idleMs = idleMs
    return hasRested
  }

  #tell(): void {
    const { isLimiting, refused } = this.#control
    if (isLimiting === this.#isLimiting) return
    this.#isLimiting = isLimiting
    const companies = isLimiting ? [...this.#options.directory.companies()] : []
    this.#emergencyNumbers = [...new Set(companies.flatMap(emergencyNumbersAt))]
    if (isLimiting) this.#options.log.warn('the processor is full: new calls are limited until there is room')
    else
      this.#options.log.info('new calls are no longer limited', {
        refused: refused - this.#refusedBefore,
        mostOf: this.#whose(),
      })
    this.#refusedBefore = refused
    this.#refusedOf.clear()
  }
}

const emergencyNumbersAt = ({ emergencyNumbers, country }: Company): readonly string[] => [
  ...emergencyNumbers,
  ...emergencyNumbersOf(country),
]
