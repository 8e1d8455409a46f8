import { Cell, type Value } from '../base/cell.ts'
import type { Me } from '../app/app.ts'
import { type Api, ApiFault } from '../api/api.ts'

export type SessionState =
  | { readonly name: 'unknown' }
  | { readonly name: 'loggedOut' }
  | { readonly name: 'loggedIn'; readonly me: Me }

/** Where the token of this tab is kept over a reload. */
export interface TokenPlace {
  get(): string | undefined
  set(token: string | undefined): void
}

/** Who is logged in at this page. */
export class Session {
  readonly state: Value<SessionState>
  readonly #state = new Cell<SessionState>({ name: 'unknown' })
  readonly #api: Api
  readonly #place: TokenPlace

  constructor(api: Api, place: TokenPlace) {
    this.#api = api
    this.#place = place
    this.state = this.#state
  }

  /** Whether somebody is logged in already. */
  async resume(): Promise<void> {
    if (this.#place.get() === undefined) return this.ended()
    try {
      this.#state.set({ name: 'loggedIn', me: await this.#api.call('readMe') })
    } catch (error) {
      if (error instanceof ApiFault && error.status === 401) return this.ended()
      throw error
    }
  }

  /** Rejects with the server's refusal. */
  async logIn(login: string, password: string): Promise<void> {
    const { token } = await this.#api.call('createSession', { body: { login, password } })
    this.#place.set(token)
    this.#state.set({ name: 'loggedIn', me: await this.#api.call('readMe') })
  }

  async logOut(): Promise<void> {
    await this.#api.call('endSession').catch(() => {})
    this.ended()
  }

  /** The server does not know this login any more. */
  ended(): void {
    this.#place.set(undefined)
    this.#state.set({ name: 'loggedOut' })
  }
}
