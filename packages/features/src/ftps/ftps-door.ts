import { type Clock, type CompanyId, type Logger, type Refusal } from '@vaxel/base'
import { TooManyRequests, WrongLogin } from '@vaxel/contract'
import {
  type CallLedger,
  type Credentials,
  type Directory,
  type FileDoor,
  type FileVisitor,
  type FtpsAccount,
  type FtpsAccountStore,
  LoginLimiter,
  type RecordingFiles,
  type RecordingStore,
} from '@vaxel/core'
import { isInNetworks } from '@vaxel/site'
import { RecordingTree } from './recording-tree.ts'
import { RecordingVisitor } from './recording-visitor.ts'

const minuteMs = 60_000
const hourMs = 3_600_000
const mostRemembered = 10_000
/** Administrators are told at so many wrong passwords in a row, and at each doubling. */
const firstTold = 5

export interface FtpsDoorDependencies {
  readonly accounts: FtpsAccountStore
  readonly recordingStore: Pick<RecordingStore, 'list'>
  readonly recordings: RecordingFiles
  readonly credentials: Credentials
  readonly directory: Directory
  readonly ledger: CallLedger
  readonly clock: Clock
  readonly log: Logger
}

/**
 * Who may come in over FTPS. An account that is not there, has ended or comes from elsewhere is refused in the same words and after the same work
 * as a wrong password. Guessing is slowed down by login and by address.
 */
export class FtpsDoor implements FileDoor {
  readonly #around: FtpsDoorDependencies
  readonly #limiter: LoginLimiter
  readonly #told = new Map<string, number>()

  constructor(dependencies: FtpsDoorDependencies) {
    this.#around = dependencies
    this.#limiter = new LoginLimiter(dependencies.clock)
  }

  async logIn(login: string, password: string, address: string): Promise<FileVisitor | Refusal> {
    const key = `ftps ${login.trim().toLowerCase()}`
    const waitMs = this.#limiter.waitMs(key, address)
    if (waitMs > 0)
      return TooManyRequests('Too many wrong logins; try again later.', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
    const { account, companyId } = this.#find(login)
    const isRight = await this.#around.credentials.verifyPassword(password, account?.passwordHash)
    if (!isRight || !account || !this.#mayComeIn(account, address)) {
      await this.#failed(this.#limiter.failed(key, address), companyId, address)
      return WrongLogin('Login or password is wrong.')
    }
    this.#limiter.succeeded(key, address)
    await this.#note(account, address)
    const { recordingStore: store, recordings: files, ledger, clock } = this.#around
    return new RecordingVisitor({
      account,
      address,
      tree: new RecordingTree({ companyId: account.companyId, store, files, clock }),
      files,
      ledger,
      clock,
      current: () => {
        const now = this.#around.accounts.find(account.companyId, account.id)
        // A new password ends what the old one has opened.
        const isSame = now?.passwordHash === account.passwordHash
        return now && isSame && this.#mayComeIn(now, address) ? now : undefined
      },
    })
  }

  #find(login: string): { account?: FtpsAccount | undefined; companyId?: CompanyId | undefined } {
    const key = login.trim().toLowerCase()
    const at = key.lastIndexOf('@')
    const companyId = this.#around.directory.domain(key.slice(at + 1))?.companyId
    if (at <= 0 || companyId === undefined) return {}
    const account = this.#around.accounts.ofCompany(companyId).find(({ name }) => name === key.slice(0, at))
    return { account, companyId }
  }

  #mayComeIn({ companyId, expiresAtMs, fromAddresses }: FtpsAccount, address: string): boolean {
    const company = this.#around.directory.company(companyId)
    if (company === undefined) return false
    if (expiresAtMs !== undefined && this.#around.clock.now() >= expiresAtMs) return false
    // Its own addresses, else those of its company.
    const networks = fromAddresses.length > 0 ? fromAddresses : company.allowedNetworks
    return networks === undefined || isInNetworks(networks, address)
  }

  async #note(account: FtpsAccount, address: string): Promise<void> {
    const { accounts, clock } = this.#around
    const atMs = clock.now()
    const { id, name, companyId } = account
    const key = `${id} ${address}`
    const isTold = atMs - (this.#told.get(key) ?? 0) < hourMs
    const isFresh = account.usedFrom === address && atMs - (account.usedAtMs ?? 0) < minuteMs
    if (isTold && isFresh) return
    this.#told.delete(key)
    this.#told.set(key, isTold ? this.#told.get(key)! : atMs)
    if (this.#told.size > mostRemembered) this.#told.delete(this.#told.keys().next().value ?? '')
    const event = { kind: 'ftps.loggedIn', atMs, companyId, data: { account: id, name, address } }
    const current = accounts.find(companyId, id)
    if (current) await accounts.put({ ...current, usedAtMs: atMs, usedFrom: address }, isTold ? undefined : event)
  }

  async #failed(count: number, companyId: CompanyId | undefined, address: string): Promise<void> {
    const { ledger, clock, log } = this.#around
    const doublings = Math.log2(count / firstTold)
    if (companyId === undefined || count < firstTold || !Number.isInteger(doublings)) return
    const data = { what: 'ftps', address, count }
    try {
      await ledger.append({ events: [{ kind: 'security.loginsFailed', atMs: clock.now(), companyId, data }] })
    } catch (error) {
      log.error('wrong logins could not be told', { error: String(error) })
    }
  }
}
