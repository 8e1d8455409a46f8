import { type Clock, TransientMap, type UserId } from '@vaxel/base'
import type { Directory, LineLeg, User } from '@vaxel/core'
import { parseUri, type WatchedDialog, type WatchedDialogs } from '@vaxel/sip'

/** A lamp that was dark for a moment still hears of the end. */
const rememberedMs = 5000

/** Dialogs of users as lamps see them: those that go on and those that have just ended. */
export class WatchedLines {
  readonly #clock: Clock
  readonly #directory: Directory
  readonly #legsOf: (userId: UserId) => readonly LineLeg[]
  readonly #ended = new TransientMap<UserId, { readonly leg: LineLeg; readonly atMs: number }[]>()

  constructor(options: { clock: Clock; directory: Directory; legsOf: (userId: UserId) => readonly LineLeg[] }) {
    this.#clock = options.clock
    this.#directory = options.directory
    this.#legsOf = options.legsOf
  }

  changed(user: User, before: readonly LineLeg[], now: readonly LineLeg[]): void {
    const atMs = this.#clock.monotonicMs()
    const gone = before.filter(({ id }) => !now.some((leg) => leg.id === id)).map((leg) => ({ leg, atMs }))
    const kept = [...this.#recent(user.id), ...gone]
    if (kept.length > 0) this.#ended.set(user.id, kept)
    else this.#ended.delete(user.id)
    if (gone.length > 0)
      this.#clock.startTimer(rememberedMs, () => {
        const rest = this.#recent(user.id)
        if (rest.length > 0) this.#ended.set(user.id, rest)
        else this.#ended.delete(user.id)
      })
  }

  /** @param seesRemote whether the other side is told too */
  of(userId: UserId, seesRemote: boolean): WatchedDialogs | undefined {
    const user = this.#directory.user(userId)
    if (!user) return undefined
    const nowMs = this.#clock.now()
    const going = this.#legsOf(userId).map((leg): WatchedDialog => {
      const state = leg.phase === 'talking' ? 'confirmed' : leg.phase === 'ringing' ? 'early' : 'trying'
      return {
        id: leg.id,
        state,
        direction: leg.direction,
        ...(state === 'confirmed' ? { durationSeconds: Math.max(0, Math.floor((nowMs - leg.sinceMs) / 1000)) } : {}),
        ...(leg.isHeld ? { isHeld: true } : {}),
        ...(seesRemote ? { remote: remoteOf(leg, user) } : {}),
      }
    })
    const ended = this.#recent(userId).map(
      ({ leg }): WatchedDialog => ({ id: leg.id, state: 'terminated', direction: leg.direction }),
    )
    return { entity: entityOf(user), dialogs: [...going, ...ended] }
  }

  #recent(userId: UserId) {
    const atMs = this.#clock.monotonicMs()
    return (this.#ended.get(userId) ?? []).filter((one) => atMs - one.atMs < rememberedMs)
  }
}

/** @example entityOf(anna) // 'sip:202@demo.vaxel.test' */
export function entityOf({ name, domain }: Pick<User, 'name' | 'domain'>): string {
  return sipUri(name, domain)
}

function sipUri(name: string, domain: string): string {
  const uri = parseUri(`sip:${domain}`)
  if (!uri) throw new TypeError(`not a domain: ${domain}`)
  uri.user = name
  return uri.toString()
}

/** The other side of a call, for who may know it. */
export const remoteOf = ({ remote }: LineLeg, { domain }: Pick<User, 'domain'>) => ({
  uri: sipUri(remote.number, domain),
  ...(remote.name === undefined ? {} : { name: remote.name }),
})
