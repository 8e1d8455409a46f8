import { type Api, ApiFault } from '../api/api.ts'
import type { Me } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'

export type SessionState =
  | { readonly name: 'unknown' }
  /** The server did not say who is there. */
  | { readonly name: 'unreachable' }
  /** Logged in, but not where people of the company may be. */
  | { readonly name: 'outside' }
  | { readonly name: 'loggedOut' }
  /** Logged in, but a password of one's own or a second factor must come first. */
  | { readonly name: 'incomplete'; readonly me: Me }
  | { readonly name: 'loggedIn'; readonly me: Me }
  /** The login has ended while the page was open: everything stays as it is until the same person is back. */
  | { readonly name: 'expired'; readonly me: Me }

/** Whether somebody was logged in here; the login itself is in a cookie that no script can read. */
export interface LoginSign {
  get(): boolean
  set(isThere: boolean): void
}

/** What a login does to the page around it. */
export interface SessionPage {
  readonly sign: LoginSign
  readonly goTo: (url: string) => void
  /** Loads it anew: somebody else has come, and nothing of who was here may stay. */
  readonly startAnew: () => void
  /** Whoever was here is told nothing in this browser any more. */
  readonly endMessages: () => Promise<void>
}

/** Who is logged in at this page. */
export class Session {
  readonly state: Value<SessionState>
  readonly #state = new Cell<SessionState>({ name: 'unknown' })
  readonly #api: Api
  readonly #sign: LoginSign
  readonly #page: SessionPage

  constructor(api: Api, page: SessionPage) {
    this.#api = api
    this.#sign = page.sign
    this.#page = page
    this.state = this.#state
  }

  /** Whether somebody is logged in already. */
  async resume(): Promise<void> {
    if (!this.#sign.get()) return this.#state.set({ name: 'loggedOut' })
    try {
      this.#show(await this.#api.call('readMe'))
    } catch (error) {
      if (error instanceof ApiFault && error.status === 401) return this.#leave()
      const isOutside = error instanceof ApiFault && error.code === 'API_OUTSIDE_NETWORKS'
      this.#state.set({ name: isOutside ? 'outside' : 'unreachable' })
    }
  }

  /** Somebody has logged in. */
  entered(me: Me): void {
    this.#sign.set(true)
    const before = this.#state.get()
    if (before.name === 'expired' && before.me.user.id !== me.user.id) return this.#page.startAnew()
    this.#show(me)
  }

  /** What the login needed first may have been done. */
  async refresh(): Promise<void> {
    this.#show(await this.#api.call('readMe'))
  }

  async logOut(): Promise<void> {
    await this.#page.endMessages().catch(() => {})
    const url = await this.#api.call('readSsoLogout').then(
      (answer) => answer.url,
      () => undefined,
    )
    await this.#api.call('endSession').catch(() => {})
    this.#leave()
    if (url !== undefined) this.#page.goTo(url)
  }

  /** The server does not know this login any more. */
  ended(): void {
    const before = this.#state.get()
    if (before.name === 'expired') return
    if (before.name === 'loggedIn') this.#state.set({ name: 'expired', me: before.me })
    else this.#leave()
  }

  /** Whoever is asked to log in again does not want to. */
  leave(): void {
    this.#page.endMessages().catch(() => {})
    this.#leave()
  }

  #show(me: Me): void {
    this.#state.set(me.needs ? { name: 'incomplete', me } : { name: 'loggedIn', me })
  }

  #leave(): void {
    this.#sign.set(false)
    this.#state.set({ name: 'loggedOut' })
  }
}
