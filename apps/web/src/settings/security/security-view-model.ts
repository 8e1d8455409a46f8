import type { Api, ReplyOf } from '../../api/api.ts'
import type { EventStreamClient } from '../../api/event-stream.ts'
import { Cell, type Value } from '../../base/cell.ts'

export type Security = ReplyOf<'readMySecurity'>
export type LoginSession = ReplyOf<'listMySessions'>['items'][number]

export interface SecurityState {
  readonly security: Security | undefined
  readonly sessions: readonly LoginSession[] | undefined
}

/** My ways in and my logins. */
export class SecurityViewModel {
  readonly state: Value<SecurityState>
  readonly #state = new Cell<SecurityState>({ security: undefined, sessions: undefined })
  readonly #api: Api

  constructor(api: Api) {
    this.#api = api
    this.state = this.#state
  }

  async load(): Promise<void> {
    const [security, sessions] = await Promise.all([this.#api.call('readMySecurity'), this.#api.call('listMySessions')])
    this.#state.set({ security, sessions: sessions.items })
  }

  /** Loads anew whenever the connection comes back. @returns stops */
  follow(events: Pick<EventStreamClient, 'onLive'>, onFault: (fault: unknown) => void): () => void {
    this.load().catch(onFault)
    return events.onLive(() => void this.load().catch(onFault))
  }

  async endSession(sessionId: string): Promise<void> {
    await this.#api.call('endMySession', { params: { sessionId } })
    await this.load()
  }

  async endOthers(): Promise<void> {
    await this.#api.call('endMyOtherSessions')
    await this.load()
  }

  async removeCodes(): Promise<void> {
    await this.#api.call('removeCodes')
    await this.load()
  }

  async renamePasskey(passkeyId: string, name: string): Promise<void> {
    await this.#api.call('renamePasskey', { params: { passkeyId }, body: { name } })
    await this.load()
  }

  async removePasskey(passkeyId: string): Promise<void> {
    await this.#api.call('removePasskey', { params: { passkeyId } })
    await this.load()
  }

  async newRecoveryCodes(): Promise<readonly string[]> {
    const { codes } = await this.#api.call('makeRecoveryCodes')
    await this.load()
    return codes
  }
}
