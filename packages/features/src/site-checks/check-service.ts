import { isRefusal, type Refusal, Pace, isLoopback, sourceOfAddress } from '@vaxel/base'
import {
  InvitationGone,
  NotFound,
  type openSiteEchoPorts,
  type readSiteEcho,
  type OperationReply,
  type SiteCheck,
  SiteCheckGone,
  SiteCheckLimit,
  SiteChecksBusy,
  SiteChecksOff,
  SiteCheckWithoutSite,
  SiteOfferUnusable,
  SitePortNotOpen,
  type startSiteStream,
  TooManyRequests,
} from '@vaxel/contract'
import type { EchoStreamFigures, StreamFault } from '@vaxel/core'
import {
  checkLifetimeMs,
  checkLimits,
  echoLimits,
  loopbackPace,
  randomPorts,
  requestPace,
  serverLimits,
  startPace,
} from './check-limits.ts'
import { chooseSample } from './choose-sample.ts'
import type { SiteCheckDependencies } from './dependencies.ts'
import { RunningCheck } from './running-check.ts'
import { thresholdsOf } from './thresholds.ts'

const waitWhenBusySeconds = 120
const ownCatalogue = 'vaxel'

/** Who asks to begin. */
export interface Beginner {
  readonly address: string
  /** Scheme, host and port by which they know us; empty: not known. */
  readonly origin: string
  readonly invitation?: string
}

/** Who goes on with a check. */
export interface Asker {
  readonly checkId: string
  readonly bearer: string | undefined
}

/** Checks that run: nothing of them is written down, all of it ends within a quarter of an hour. */
export class CheckService {
  readonly #around: SiteCheckDependencies
  readonly #checks = new Map<string, RunningCheck>()
  readonly #starts: Pace
  readonly #loopbackStarts: Pace
  readonly #requests: Pace
  /** Streams that are being opened count already. */
  #streams = 0

  constructor(dependencies: SiteCheckDependencies) {
    const { clock, echo } = dependencies
    this.#around = dependencies
    this.#starts = new Pace(clock, startPace)
    this.#loopbackStarts = new Pace(clock, loopbackPace)
    this.#requests = new Pace(clock, requestPace)
    echo.onStreamEnded((id) => {
      for (const check of this.#checks.values()) if (check.knows(id)) this.#streamEnded(check, id)
    })
    echo.onLost((ids) => {
      for (const id of ids) this.#forget(id)
    })
  }

  /** Key of a check that runs: others may prove by it that they speak for the check. */
  keyOf(checkId: string): Uint8Array | undefined {
    return this.#checks.get(checkId)?.key
  }

  async start({ address, origin, invitation }: Beginner): Promise<SiteCheck | Refusal> {
    if (this.#around.isOff) return SiteChecksOff()
    const owner = sourceOfAddress(address)
    const waitSeconds = (isLoopback(address) ? this.#loopbackStarts : this.#starts).take(owner)
    if (waitSeconds > 0)
      return TooManyRequests('Too many checks were begun from your address.', { retryAfterSeconds: waitSeconds })
    const busy = this.#busyFor(owner)
    if (busy) return busy
    const site = invitation === undefined ? undefined : await this.#siteOf(invitation)
    if (isRefusal(site)) return site
    const { clock, random, echo } = this.#around
    const check = new RunningCheck({
      id: Buffer.from(random(8)).toString('hex'),
      key: random(32),
      expiresAtMs: clock.now() + checkLifetimeMs,
      owner,
      invitation,
    })
    this.#checks.set(check.id, check)
    check.timer = clock.startTimer(checkLifetimeMs, () => void this.#end(check))
    if (!(await echo.begin({ id: check.id, key: check.key, limits: echoLimits }))) {
      this.#forget(check.id)
      return SiteChecksBusy(undefined, { retryAfterSeconds: waitWhenBusySeconds })
    }
    const sampleSeed = Buffer.from(random(4)).toString('hex')
    await this.#openSample(check, sampleSeed)
    const closedPort = echo.keepOneClosed(check.id)
    if (check.openPorts.size === 0) {
      await this.#end(check)
      return SiteChecksBusy('No UDP port could be spared for a check. Try again in a few minutes.', {
        retryAfterSeconds: waitWhenBusySeconds,
      })
    }
    return this.#tell(check, { address, origin }, { sampleSeed, closedPort, site })
  }

  async end(asker: Asker): Promise<Refusal | undefined> {
    const check = this.#find(asker)
    if (isRefusal(check)) return check
    await this.#end(check)
    return undefined
  }

  async openPorts(asker: Asker, ports: readonly number[]): Promise<OperationReply<typeof openSiteEchoPorts> | Refusal> {
    const check = this.#find(asker)
    if (isRefusal(check)) return check
    const refused: OperationReply<typeof openSiteEchoPorts>['refused'] = []
    for (const port of ports) {
      if (check.openPorts.has(port)) continue
      if (check.furtherPorts >= checkLimits.furtherPorts) {
        refused.push({ port, why: 'too-many' })
        continue
      }
      check.furtherPorts++
      const state = await this.#around.echo.openPort(check.id, port)
      if (state === 'open') check.openPorts.add(port)
      else {
        check.furtherPorts--
        refused.push({ port, why: state })
      }
    }
    return { open: risingOf(check.openPorts), refused }
  }

  async heard(asker: Asker): Promise<OperationReply<typeof readSiteEcho> | Refusal> {
    const check = this.#find(asker)
    if (isRefusal(check)) return check
    const heard = await this.#around.echo.heard(check.id)
    return { heard: heard.map((one) => ({ ...one })) }
  }

  async openStream(
    asker: Asker,
    wish: { readonly port: number | 'shared'; readonly offer: string },
    address: string,
  ): Promise<OperationReply<typeof startSiteStream> | Refusal> {
    const check = this.#find(asker)
    if (isRefusal(check)) return check
    if (check.streams.size >= checkLimits.streams)
      return SiteCheckLimit(`${checkLimits.streams} streams of this check run already; end one first.`)
    if (check.streamsInAll >= checkLimits.streamsInAll) return SiteCheckLimit()
    if (this.#streams >= serverLimits.streams)
      return SiteChecksBusy('As many streams as the server spares for checks run already. Try again in a moment.', {
        retryAfterSeconds: 30,
      })
    const id = check.nextStreamId()
    check.streams.add(id)
    this.#streams++
    const opened = await this.#around.echo.openStream(check.id, { id, ...wish, peerAddress: address })
    if (!('fault' in opened)) return { streamId: id, ...opened }
    this.#streamEnded(check, id)
    return refusalOf(opened)
  }

  async figures(asker: Asker, streamId: string): Promise<EchoStreamFigures | Refusal> {
    const check = this.#find(asker)
    if (isRefusal(check)) return check
    const figures = check.knows(streamId) ? await this.#around.echo.figures(streamId) : undefined
    return figures ?? NotFound()
  }

  async endStream(asker: Asker, streamId: string): Promise<Refusal | undefined> {
    const check = this.#find(asker)
    if (isRefusal(check)) return check
    if (!check.knows(streamId)) return NotFound()
    await this.#around.echo.endStream(streamId)
    return undefined
  }

  async keepReport(asker: Asker, report: unknown, address: string): Promise<{ reportId: string } | Refusal> {
    const check = this.#find(asker)
    if (isRefusal(check)) return check
    const { invitations } = this.#around
    if (check.invitation === undefined || !invitations) return SiteCheckWithoutSite()
    return invitations.keep(check.invitation, report, address)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#checks.values()].map((check) => this.#end(check)))
  }

  #busyFor(owner: string): Refusal | undefined {
    const { echo, busyWith } = this.#around
    const later = { retryAfterSeconds: waitWhenBusySeconds }
    const why = busyWith()
    if (why !== undefined) return SiteChecksBusy(why, later)
    if (!echo.hasPortsToSpare) return SiteChecksBusy(undefined, later)
    const ofOwner = [...this.#checks.values()].filter((check) => check.owner === owner).length
    if (this.#checks.size >= serverLimits.checks)
      return SiteChecksBusy(
        'As many checks as the server takes at once are running. Try again in a few minutes.',
        later,
      )
    if (ofOwner >= serverLimits.checksOfAddress)
      return SiteChecksBusy(
        'As many checks as one address may make at once are running from yours. Wait until some of them have ended.',
        later,
      )
    return undefined
  }

  async #siteOf(invitation: string): Promise<{ readonly name: string } | Refusal> {
    return (await this.#around.invitations?.siteOf(invitation)) ?? InvitationGone()
  }

  async #openSample(check: RunningCheck, seed: string): Promise<void> {
    const { echo } = this.#around
    // Places are opened at once: a port that one of them tries is none for the others.
    const tried = new Set<number>()
    await Promise.all(
      chooseSample(echo.range, randomPorts, seed).map(async (place) => {
        for (const port of place) {
          if (tried.has(port)) continue
          tried.add(port)
          const state = await echo.openPort(check.id, port)
          if (state === 'open') check.openPorts.add(port)
          if (state === 'open' || state === 'too-many') return
        }
      }),
    )
  }

  #tell(
    check: RunningCheck,
    { address, origin }: Pick<Beginner, 'address' | 'origin'>,
    more: Pick<SiteCheck, 'sampleSeed'> & {
      readonly closedPort: number | undefined
      readonly site: { readonly name: string } | undefined
    },
  ): SiteCheck {
    const { clock, echo, relays } = this.#around
    const catalogue = this.#around.catalogue()
    const reach = this.#around.reach()
    const page = URL.canParse(origin) ? new URL(origin) : undefined
    const own = reach.address(address)
    const host = page?.hostname ?? (own.includes(':') ? `[${own}]` : own)
    const names = [page?.hostname, reach.name].filter((name) => name !== undefined && /[a-z]/i.test(name))
    const relay = relays?.issue(check.id, clock.now(), origin, { purpose: 'check', lifetimeMs: checkLifetimeMs })
    return {
      checkId: check.id,
      expiresAt: new Date(check.expiresAtMs).toISOString(),
      echo: { id: check.id, key: check.key.toString('base64url') },
      catalogue: { id: catalogue?.id ?? ownCatalogue, version: catalogue?.version ?? '0000000000' },
      ...(more.site && { site: { name: more.site.name } }),
      address: own,
      names: [...new Set(names as string[])].filter((name) => !name.startsWith('[')),
      ports: { ...reach.ports, mediaRange: { ...echo.range }, sample: risingOf(check.openPorts) },
      sampleSeed: more.sampleSeed,
      ...(more.closedPort !== undefined && { closedPort: more.closedPort }),
      stun: [`stun:${host}:${reach.ports.stun}`],
      thresholds: thresholdsOf(catalogue),
      turn: relay ? { urls: [...relay.urls], username: relay.username, credential: relay.credential } : { urls: [] },
      limits: { ...echoLimits, ...checkLimits },
      yourAddress: address,
    }
  }

  /** The same refusal for one that never was, has ended, or is somebody else's. */
  #find({ checkId, bearer }: Asker): RunningCheck | Refusal {
    const check = this.#checks.get(checkId)
    if (!check?.isOpenedBy(bearer)) return SiteCheckGone()
    const waitSeconds = this.#requests.take(checkId)
    return waitSeconds > 0 ? TooManyRequests(undefined, { retryAfterSeconds: waitSeconds }) : check
  }

  #streamEnded(check: RunningCheck, id: string): void {
    if (check.streams.delete(id)) this.#streams--
  }

  async #end(check: RunningCheck): Promise<void> {
    this.#forget(check.id)
    await this.#around.echo.end(check.id)
  }

  #forget(id: string): void {
    const check = this.#checks.get(id)
    if (!check) return
    this.#checks.delete(id)
    this.#requests.forget(id)
    check.timer?.stop()
    for (const stream of check.streams) this.#streamEnded(check, stream)
  }
}

function refusalOf({ fault, reason }: StreamFault): Refusal {
  if (fault === 'port-not-open') return SitePortNotOpen()
  if (fault === 'no-room') return SiteChecksBusy(reason, { retryAfterSeconds: waitWhenBusySeconds })
  return SiteOfferUnusable(`${SiteOfferUnusable.text} ${reason}`)
}

const risingOf = (ports: ReadonlySet<number>): number[] => [...ports].sort((a, b) => a - b)
