import type { Clock } from '@vaxel/base'
import { type HttpDesk, type MailAccess, type MailAccount, MailboxFault, type MailChannelStore } from '@vaxel/core'

const askMs = 15_000
/** A token that ends sooner is not used any more. */
const marginMs = 120_000
const usualSeconds = 3600

/** Access tokens of mailboxes (RFC 6749 §6), kept sealed; one request at a time for each mailbox. */
export class MailTokens {
  readonly #store: Pick<MailChannelStore, 'secrets' | 'putAccount' | 'account'>
  readonly #http: HttpDesk
  readonly #clock: Clock
  readonly #asking = new Map<string, Promise<MailAccess>>()

  constructor(options: {
    store: Pick<MailChannelStore, 'secrets' | 'putAccount' | 'account'>
    http: HttpDesk
    clock: Clock
  }) {
    this.#store = options.store
    this.#http = options.http
    this.#clock = options.clock
  }

  /**
   * A mailbox with secrets that can be used now. Throws {@link MailboxFault}.
   * @param isRefused the server did not take the token that we had
   */
  access(account: MailAccount, isRefused = false): Promise<MailAccess> {
    const asking = this.#asking.get(account.id)
    if (asking) return asking
    const asked = this.#access(account, isRefused).finally(() => this.#asking.delete(account.id))
    this.#asking.set(account.id, asked)
    return asked
  }

  async #access(account: MailAccount, isRefused: boolean): Promise<MailAccess> {
    const access = { account, secrets: this.#store.secrets(account.id) }
    const fresh = await this.renewed(access, isRefused)
    // What it was changed to meanwhile is not written over.
    if (fresh !== access && this.#store.account(account.companyId, account.id) === account)
      await this.#store.putAccount(account, fresh.secrets)
    return fresh
  }

  /** The same access, or one with a new token. Keeps nothing. */
  async renewed(access: MailAccess, isRefused = false): Promise<MailAccess> {
    const { account, secrets } = access
    const { login } = account
    if (login.kind !== 'oauth' || login.tokenUrl === undefined || secrets.refreshToken === undefined) return access
    const isGood = secrets.accessToken !== undefined && (secrets.expiresAtMs ?? 0) > this.#clock.now() + marginMs
    if (isGood && !isRefused) return access
    const answer = await this.#http.ask({
      url: login.tokenUrl,
      form: {
        grant_type: 'refresh_token',
        refresh_token: secrets.refreshToken,
        ...(login.clientId === undefined ? {} : { client_id: login.clientId }),
        ...(secrets.clientSecret === undefined ? {} : { client_secret: secrets.clientSecret }),
        ...(login.scope === undefined ? {} : { scope: login.scope }),
      },
      timeLimitMs: askMs,
    })
    if (answer.kind === 'timeOut') throw new MailboxFault('token', 'the token server does not answer')
    if (answer.kind === 'failed') throw new MailboxFault('token', `the token server refuses: ${answer.reason}`)
    const given = answer.body as { access_token?: unknown; refresh_token?: unknown; expires_in?: unknown } | undefined
    if (typeof given?.access_token !== 'string' || /[^\x21-\x7e]/.test(given.access_token))
      throw new MailboxFault('token', 'the answer of the token server holds no token')
    const seconds = typeof given.expires_in === 'number' ? given.expires_in : usualSeconds
    return {
      account,
      secrets: {
        ...secrets,
        accessToken: given.access_token,
        // One that was used up is worthless (RFC 6749 §10.4).
        ...(typeof given.refresh_token === 'string' ? { refreshToken: given.refresh_token } : {}),
        expiresAtMs: this.#clock.now() + seconds * 1000,
      },
    }
  }
}
