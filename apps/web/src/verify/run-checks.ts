import type { SiteReport } from '@vaxel/site'
import { Cell, type Value } from '../base/cell.ts'
import { conclude } from './conclude/conclude.ts'
import { type People, provableHere, requirementsFor } from './conclude/requirements.ts'
import type { Row } from './conclude/row.ts'
import type { DevicesFound, Found, PageAddress, Timed } from './found.ts'
import { makeReport } from './make-report.ts'
import { isRefused, type Refused, type VerifyPorts } from './ports.ts'
import { readBrowser } from './steps/browser-version.ts'
import { runSteps } from './run-steps.ts'

/** What the person said before the check. */
export interface Wish {
  /** VLAN or other part of the site. */
  readonly segment: string
  readonly people: People
  /** UDP ports to try beside, as the verify page of another vendor does. */
  readonly extraPorts: readonly number[]
  /** Token of a site's link: the report is sent to whoever made it. */
  readonly invitation?: string
}

export type Sent = 'no' | 'sending' | 'sent' | Refused

export type RunState =
  | { readonly name: 'idle' }
  | { readonly name: 'running'; readonly rows: readonly Row[]; readonly share: number; readonly first?: FirstWord }
  | { readonly name: 'refused'; readonly by: Refused['refused'] }
  | { readonly name: 'done'; readonly rows: readonly Row[]; readonly report: SiteReport; readonly sent: Sent }

/** What can be said before everything is known: whether sound gets through at all. */
export type FirstWord = 'sound-passes' | 'sound-passes-by-relay'

export interface RunOptions {
  readonly ports: VerifyPorts
  readonly page: PageAddress
  readonly userAgent: string
  /** Of the page, for the report. */
  readonly version: string
}

/** One check of this PC's network, from the first question to the report. It holds nothing once it is done. */
export class CheckRun {
  readonly state: Value<RunState>
  readonly #state = new Cell<RunState>({ name: 'idle' })
  readonly #options: RunOptions
  #found: Found | undefined
  #wish: Wish | undefined
  #startedAt = ''
  /** Rises with each start: what an earlier run still brings is not heard. */
  #number = 0

  constructor(options: RunOptions) {
    this.#options = options
    this.state = this.#state
  }

  /** Runs the whole check; resolves when the report is there, or cannot be. */
  async start(wish: Wish): Promise<void> {
    const { ports, page, userAgent } = this.#options
    const number = ++this.#number
    this.#wish = wish
    this.#found = undefined
    this.#startedAt = this.#time()
    this.#state.set({ name: 'running', rows: [], share: 0 })
    const session = await ports.http.startCheck(wish.invitation)
    if (number !== this.#number) return
    if (isRefused(session)) return this.#state.set({ name: 'refused', by: session.refused })
    const all = await ports.http.readRequirements(session)
    if (number !== this.#number) return
    // Without the catalogue everything is tried all the same; only nobody can say what it means.
    const requirements = isRefused(all) ? [] : provableHere(requirementsFor(all, wish.people), session.ports)
    let found: Found = {
      page,
      session,
      requirements,
      segment: wish.segment,
      browser: this.#now({ version: readBrowser(userAgent), hasWebRtc: ports.peers.isThere }),
      trials: {},
      extraPorts: wish.extraPorts.filter((port) => !session.ports.sample.includes(port)),
      relays: {},
      areRelaysDone: false,
      areTrialsDone: false,
    }
    this.#found = found
    await runSteps(ports, session, {
      found: () => found,
      add: (more, share) => {
        found = { ...found, ...more }
        if (number !== this.#number) return
        const { devices } = this.#found ?? {}
        this.#found = { ...found, ...(devices ? { devices } : {}) }
        this.#show(share)
      },
    })
    ports.http.endCheck(session)
    if (number === this.#number) await this.#finish()
  }

  /** The page is left: what the server holds for a check that still runs is free again. */
  leave(): void {
    if (this.#state.get().name !== 'running') return
    if (this.#found) this.#options.ports.http.endCheck(this.#found.session)
    this.#number++
    // A browser may show the page again as it was: it can be begun anew.
    this.#state.set({ name: 'idle' })
  }

  /** Microphone and speaker were tried, before or after the end. */
  addDevices(devices: DevicesFound): void {
    if (!this.#found) return
    this.#found = { ...this.#found, devices: this.#now({ ...this.#found.devices, ...devices }) }
    const state = this.#state.get()
    if (state.name === 'running') this.#show(state.share)
    if (state.name === 'done') {
      const { report, rows } = this.#report()
      this.#state.set({ name: 'done', report, rows, sent: 'no' })
    }
  }

  /** Sends the report by the link with which the page was opened. */
  async send(): Promise<void> {
    const state = this.#state.get()
    if (state.name !== 'done' || !this.#found || this.#wish?.invitation === undefined || state.sent === 'sending')
      return
    const number = this.#number
    this.#state.set({ ...state, sent: 'sending' })
    const answer = await this.#options.ports.http.sendReport(this.#wish.invitation, state.report)
    const now = this.#state.get()
    if (number !== this.#number || now.name !== 'done') return
    // Devices tried meanwhile made another report.
    if (now.report === state.report) this.#state.set({ ...now, sent: isRefused(answer) ? answer : 'sent' })
  }

  #show(share: number): void {
    const found = this.#found!
    const first = firstWord(found)
    this.#state.set({ name: 'running', rows: conclude(found), share, ...(first ? { first } : {}) })
  }

  async #finish(): Promise<void> {
    const { report, rows } = this.#report()
    this.#state.set({ name: 'done', report, rows, sent: 'no' })
    if (this.#wish?.invitation !== undefined) await this.send()
  }

  #report(): { report: SiteReport; rows: readonly Row[] } {
    const found = this.#found!
    const rows = conclude(found)
    const { ports, version, userAgent } = this.#options
    const report = makeReport(found, rows, {
      nowMs: ports.clock.now(),
      startedAt: this.#startedAt,
      version,
      on: userAgent,
    })
    return { report, rows }
  }

  #time(): string {
    return new Date(this.#options.ports.clock.now()).toISOString()
  }

  #now<T extends object>(value: T): Timed<T> {
    const at = this.#time()
    return { ...value, startedAt: at, endedAt: at }
  }
}

function firstWord(found: Found): FirstWord | undefined {
  if (found.shared?.reached.kind === 'echo') return 'sound-passes'
  return Object.values(found.relays).some((one) => one?.reached.kind === 'echo') ? 'sound-passes-by-relay' : undefined
}
