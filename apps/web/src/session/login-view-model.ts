import { type Api, ApiFault, type ReplyOf } from '../api/api.ts'
import type { Me, PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { BrowserPasskeys } from './passkeys.ts'

export type Factor = 'code' | 'recovery-code' | 'passkey'

/** Where the login stands. */
export type LoginStep =
  | { readonly name: 'password' }
  | {
      readonly name: 'second-factor'
      readonly ticket: string
      readonly factors: readonly Factor[]
      readonly by: Factor
    }

export interface LoginState {
  readonly step: LoginStep
  readonly isBusy: boolean
  /** What was refused last. */
  readonly fault: unknown
  /** Nothing can be tried for so long from when it was said. */
  readonly blockedForMs: number | undefined
  /** Passkeys work in this browser, at this address. */
  readonly hasPasskeys: boolean
  /** The provider of whoever logs in with the domain that was typed. */
  readonly provider: string | undefined
}

type Answer = ReplyOf<'loginWithPassword'>

const lookUpDelayMs = 300

/** The course of a login at a browser. */
export class LoginViewModel {
  readonly state: Value<LoginState>
  readonly #state = new Cell<LoginState>({
    step: { name: 'password' },
    isBusy: false,
    fault: undefined,
    blockedForMs: undefined,
    hasPasskeys: false,
    provider: undefined,
  })
  readonly #api: Api
  readonly #clock: PageClock
  readonly #loadPasskeys: () => Promise<BrowserPasskeys>
  readonly #onDone: (me: Me) => void
  #domain: string | undefined
  #stopLookUp = () => {}
  #isOver = false

  constructor(options: {
    api: Api
    clock: PageClock
    loadPasskeys: () => Promise<BrowserPasskeys>
    onDone: (me: Me) => void
  }) {
    this.#api = options.api
    this.#clock = options.clock
    this.#loadPasskeys = options.loadPasskeys
    this.#onDone = options.onDone
    this.state = this.#state
  }

  /** Offers passkeys where the login is typed, if the browser can. */
  async start(): Promise<void> {
    try {
      const [ways, passkeys] = await Promise.all([this.#api.call('readLoginWays'), this.#loadPasskeys()])
      const hasPasskeys = ways.passkey && passkeys.isSupported
      this.#set({ hasPasskeys })
      if (!hasPasskeys || !(await passkeys.canAutofill()) || this.#isOver) return
      const { ticket, options } = await this.#api.call('askForPasskey', { body: {} })
      const passkey = await passkeys.ask(options, true)
      await this.#try(() => this.#api.call('loginWithPasskey', { body: { ticket, passkey } }))
    } catch {
      // Nobody has chosen one; the button is there.
    }
  }

  /** Nobody sees it any more. */
  async stop(): Promise<void> {
    this.#isOver = true
    this.#stopLookUp()
    const { hasPasskeys } = this.#state.get()
    if (hasPasskeys) (await this.#loadPasskeys()).cancel()
  }

  /** What is typed says which company's provider there may be. */
  typed(login: string): void {
    const domain = /@([a-z0-9][a-z0-9.-]*\.[a-z0-9-]{2,})$/i.exec(login.trim())?.[1]?.toLowerCase()
    if (domain === this.#domain) return
    this.#domain = domain
    this.#stopLookUp()
    if (domain === undefined) return this.#set({ provider: undefined })
    this.#stopLookUp = this.#clock.startTimer(lookUpDelayMs, () => void this.#lookUp(domain))
  }

  async withPassword(login: string, password: string): Promise<void> {
    await this.#try(() => this.#api.call('loginWithPassword', { body: { login: login.trim(), password } }))
  }

  /** A passkey alone, or as the second factor. */
  async withPasskey(): Promise<void> {
    const { step } = this.#state.get()
    await this.#try(async () => {
      const body = step.name === 'second-factor' ? { ticket: step.ticket } : {}
      const { ticket, options } = await this.#api.call('askForPasskey', { body })
      const passkey = await (await this.#loadPasskeys()).ask(options)
      return this.#api.call('loginWithPasskey', { body: { ticket, passkey } })
    })
  }

  async withCode(code: string): Promise<void> {
    const { step } = this.#state.get()
    if (step.name !== 'second-factor') return
    await this.#try(() => this.#api.call('loginWithCode', { body: { ticket: step.ticket, code: code.trim() } }))
  }

  /** @returns where to send the browser; undefined when it was refused */
  async withProvider(login: string, returnTo: string): Promise<string | undefined> {
    const domain = this.#domain
    if (domain === undefined) return undefined
    this.#set({ isBusy: true, fault: undefined })
    try {
      return (await this.#api.call('startSso', { body: { domain, login: login.trim(), returnTo } })).url
    } catch (error) {
      this.#refused(error)
      return undefined
    }
  }

  chooseFactor(by: Factor): void {
    const { step } = this.#state.get()
    if (step.name === 'second-factor') this.#set({ step: { ...step, by }, fault: undefined })
  }

  back(): void {
    this.#set({ step: { name: 'password' }, fault: undefined })
  }

  async #lookUp(domain: string): Promise<void> {
    const ways = await this.#api.call('readLoginWays', { query: { domain } }).catch(() => undefined)
    if (this.#domain === domain) this.#set({ provider: ways?.sso?.provider })
  }

  async #try(attempt: () => Promise<Answer>): Promise<void> {
    if (this.#state.get().isBusy) return
    this.#set({ isBusy: true, fault: undefined })
    try {
      const answer = await attempt()
      if (answer.step === 'done') {
        this.#set({ isBusy: false })
        return this.#onDone(answer.me)
      }
      const { ticket, factors } = answer
      const by =
        factors.includes('passkey') && this.#state.get().hasPasskeys
          ? 'passkey'
          : (factors.find((f) => f !== 'passkey') ?? 'passkey')
      this.#set({ isBusy: false, step: { name: 'second-factor', ticket, factors, by } })
    } catch (error) {
      this.#refused(error)
    }
  }

  #refused(error: unknown): void {
    const waitSeconds = error instanceof ApiFault ? error.retryAfterSeconds : undefined
    const isOver = error instanceof ApiFault && error.code === 'SESSION_LOGIN_EXPIRED'
    this.#set({
      isBusy: false,
      fault: error,
      ...(isOver ? { step: { name: 'password' } } : {}),
      ...(waitSeconds === undefined ? {} : { blockedForMs: waitSeconds * 1000 }),
    })
    if (waitSeconds !== undefined)
      this.#clock.startTimer(waitSeconds * 1000, () => this.#set({ blockedForMs: undefined, fault: undefined }))
  }

  #set(patch: Partial<LoginState>): void {
    this.#state.update((state) => ({ ...state, ...patch }))
  }
}
