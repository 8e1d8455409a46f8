import type { Clock, CompanyId, UserId } from '@vaxel/base'
import type { Directory, LineLeg, SharedLine, User } from '@vaxel/core'
import type { WatchedDialog, WatchedDialogs } from '@vaxel/sip'
import { entityOf, remoteOf } from './watched-lines.ts'

/** A lamp that was dark for a moment still hears of the end. */
const rememberedMs = 5000

const phases = { talking: 3, ringing: 2, dialling: 1 } as const

/**
 * Calls on lines of several people, as the lamps of all their devices see them: one dialog for each call, whoever has it.
 * A resource is the line with ` remote` after it where the other side is told too.
 */
export class SharedLines {
  readonly #clock: Clock
  readonly #directory: Directory
  readonly #legsOf: (userId: UserId) => readonly LineLeg[]
  /** Calls that have ended lately, by line. */
  readonly #ended = new Map<string, { readonly leg: LineLeg; readonly atMs: number }[]>()

  constructor(options: { clock: Clock; directory: Directory; legsOf: (userId: UserId) => readonly LineLeg[] }) {
    this.#clock = options.clock
    this.#directory = options.directory
    this.#legsOf = options.legsOf
  }

  /** The resource that a watcher of a number means; undefined when it is no line of the watcher's company. */
  resourceOf(watcher: User, number: string): string | undefined {
    const line = this.#lineAt(watcher.companyId, number)
    if (!line) return undefined
    const seesRemote = line.userIds.includes(watcher.id) || watcher.role !== 'user'
    return `${keyOf(watcher.companyId, number)}${seesRemote ? ' remote' : ''}`
  }

  /** A person's part in calls is now another one. @returns the lines on which something has changed */
  changed(user: User, before: readonly LineLeg[], now: readonly LineLeg[]): readonly string[] {
    const keys = new Set<string>()
    const atMs = this.#clock.monotonicMs()
    for (const leg of [...before, ...now]) if (leg.line !== undefined) keys.add(keyOf(user.companyId, leg.line))
    for (const leg of before) {
      if (leg.line === undefined || now.some(({ callId }) => callId === leg.callId)) continue
      const key = keyOf(user.companyId, leg.line)
      this.#ended.set(key, [...this.#recent(key), { leg, atMs }])
      this.#clock.startTimer(rememberedMs, () => {
        const rest = this.#recent(key)
        if (rest.length > 0) this.#ended.set(key, rest)
        else this.#ended.delete(key)
      })
    }
    return [...keys]
  }

  /** @returns undefined when the resource is no line */
  of(resource: string): WatchedDialogs | undefined {
    const [kind, companyId, number, remote] = resource.split(' ')
    if (kind !== 'line' || !companyId || !number) return undefined
    const line = this.#lineAt(companyId as CompanyId, number)
    const [domain] = this.#directory.domainsOf(companyId as CompanyId)
    if (!line || !domain) return undefined
    const nowMs = this.#clock.now()
    const calls = this.#callsOn(line, number)
    const going = calls.map(
      (leg): WatchedDialog => ({
        id: leg.callId,
        state: leg.phase === 'talking' ? 'confirmed' : 'early',
        direction: leg.direction,
        ...(leg.phase === 'talking' ? { durationSeconds: Math.max(0, Math.floor((nowMs - leg.sinceMs) / 1000)) } : {}),
        ...(leg.isHeld ? { isHeld: true } : {}),
        ...(remote ? { remote: remoteOf(leg, { domain: domain.name }) } : {}),
      }),
    )
    const gone = new Map(this.#recent(keyOf(companyId as CompanyId, number)).map(({ leg }) => [leg.callId, leg]))
    const ended = [...gone.values()]
      .filter(({ callId }) => !calls.some((leg) => leg.callId === callId))
      .map(({ callId, direction }): WatchedDialog => ({ id: callId, state: 'terminated', direction }))
    return { entity: entityOf({ name: number, domain: domain.name }), dialogs: [...going, ...ended] }
  }

  /** One leg for each call on the line: that of who talks, else of who is asked. */
  #callsOn({ userIds }: SharedLine, number: string): readonly LineLeg[] {
    const best = new Map<string, LineLeg>()
    for (const leg of userIds.flatMap((userId) => this.#legsOf(userId))) {
      if (leg.line !== number) continue
      const known = best.get(leg.callId)
      if (!known || phases[leg.phase] > phases[known.phase]) best.set(leg.callId, leg)
    }
    return [...best.values()]
  }

  #lineAt(companyId: CompanyId, number: string): SharedLine | undefined {
    const target = this.#directory.number(companyId, number)?.target
    return target?.kind === 'shared' ? target : undefined
  }

  #recent(key: string) {
    const atMs = this.#clock.monotonicMs()
    return (this.#ended.get(key) ?? []).filter((one) => atMs - one.atMs < rememberedMs)
  }
}

const keyOf = (companyId: CompanyId, number: string): string => `line ${companyId} ${number}`
