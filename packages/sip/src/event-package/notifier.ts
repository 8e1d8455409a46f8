import { type Clock, type Logger, type RandomBytes, randomToken, systemRandom, type Timer } from '@vaxel/base'
import { Dialog } from '../dialog/dialog.ts'
import { makeResponse } from '../message/make-response.ts'
import { parseSeconds, type SipRequest, type SipResponse } from '../message/sip-message.ts'
import type { IncomingRequest, RequestOutcome, SipStack } from '../ua/sip-stack.ts'
import { ownContact } from '../ua/own-contact.ts'
import type { Flow, SipTransport } from '../ua/transport.ts'
import { type EventHeader, formatEvent, parseEvent } from './event-header.ts'
import type { EventPackage } from './event-package.ts'
import {
  type Ending,
  newSubscription,
  type SubscriptionEffect,
  type SubscriptionEvent,
  type SubscriptionState,
  stepSubscription,
} from './subscription-machine.ts'

/** Who may watch what: the resource a SUBSCRIBE means, in the words of its package, or the refusal. */
export type Admission =
  | {
      readonly ok: true
      readonly resource: string
      /** Who watches; of one watcher and resource the last eight subscriptions that were begun or refreshed are kept. */
      readonly watcher?: string
      /** An open way to the watcher, asked for once the connection that it has subscribed by is closed. */
      readonly flowNow?: () => Flow | undefined
      /**
       * Asked before the watcher is told anything more: how the subscription has ended, where they may not watch that resource now,
       * or not from the other end of this flow.
       */
      readonly endedBy?: (flow: Flow) => Ending | undefined
    }
  | { readonly ok: false; readonly response: SipResponse }

export interface NotifierOptions {
  readonly clock: Clock
  readonly log: Logger
  /** Sends NOTIFYs; the stack itself in production. */
  readonly sender: Pick<SipStack, 'request'>
  readonly packages: readonly EventPackage[]
  /** Asked for the first SUBSCRIBE of a subscription; authenticates and chooses the resource. Refreshes bring no credentials. */
  readonly admit: (request: SipRequest, event: EventPackage, flow: Flow) => Admission
  /** Knows what our Contact is for a peer. */
  readonly transport: SipTransport
  readonly random?: RandomBytes
  /** Subscriptions at once. Default 50,000. */
  readonly capacity?: number
}

/** A telephone may have several keys for one lamp; one that begins anew in place of refreshing would take the places of all others. */
const mostOfOneWatcher = 8

interface Subscription {
  readonly key: string
  /** By whom, of what; undefined where nobody knows. */
  readonly share: string | undefined
  readonly event: EventHeader
  readonly package: EventPackage
  readonly resource: string
  readonly watcher: string | undefined
  readonly flowNow: (() => Flow | undefined) | undefined
  readonly endedBy: ((flow: Flow) => Ending | undefined) | undefined
  readonly contentType: string
  readonly dialog: Dialog
  flow: Flow
  state: SubscriptionState
  version: number
  timer: Timer | undefined
}

/**
 * The notifier of RFC 6665 for all its packages: takes SUBSCRIBEs, keeps subscriptions, sends NOTIFYs in their dialogs.
 * A subscription that cannot be told of its state is gone; the subscriber's next refresh gets 481 and begins anew.
 */
export class Notifier {
  readonly #options: NotifierOptions
  readonly #packages: ReadonlyMap<string, EventPackage>
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #watchers = new Map<string, Set<Subscription>>()
  /** Of one watcher and resource, the one that was refreshed last at the end. */
  readonly #shares = new Map<string, Set<Subscription>>()
  /** Those that are told when their watcher is back, by watcher. */
  readonly #unreached = new Map<string, Set<Subscription>>()

  constructor(options: NotifierOptions) {
    this.#options = options
    this.#packages = new Map(options.packages.map((one) => [one.name, one]))
  }

  get size(): number {
    return this.#subscriptions.size
  }

  /** For SipUser.onRequest, method SUBSCRIBE, first or within a dialog. Answers exactly once. */
  onSubscribe(incoming: IncomingRequest): void {
    const { request } = incoming
    const event = parseEvent(request.headers.get('Event') ?? '')
    const known = event && this.#packages.get(event.name)
    if (event === undefined || known === undefined) return incoming.respond(this.#badEvent(request))
    const wanted = parseSeconds(request.headers.get('Expires') ?? '') ?? known.defaultExpiresSeconds
    if (wanted > 0 && wanted < known.minExpiresSeconds) {
      return incoming.respond(withHeader(makeResponse(request, 423), 'Min-Expires', String(known.minExpiresSeconds)))
    }
    const expiresSeconds = Math.min(wanted, known.maxExpiresSeconds)
    if (request.to.tag === undefined) this.#begin(incoming, event, known, expiresSeconds)
    else this.#refresh(incoming, event, expiresSeconds)
  }

  /** The state of a resource has changed: everyone who watches it is told. */
  changed(packageName: string, resource: string): void {
    for (const subscription of this.#watchersOf(packageName, resource)) this.#step(subscription, { name: 'changed' })
  }

  /** The watcher has another connection now: it is told what it could not be told. */
  reached(watcher: string): void {
    const missed = this.#unreached.get(watcher)
    if (!missed) return
    this.#unreached.delete(watcher)
    for (const subscription of missed) this.#step(subscription, { name: 'reachable' })
  }

  /** Whether somebody at this address has subscribed to it. */
  isWatchedFrom(
    packageName: string,
    resource: string,
    from: { readonly address: string; readonly port: number },
  ): boolean {
    return this.#watchersOf(packageName, resource).some(
      ({ flow: { remote } }) => remote.address === from.address && remote.port === from.port,
    )
  }

  /** Ends all with `deactivated`, so that subscribers try again at once elsewhere or here (§4.1.3). */
  close(): void {
    for (const subscription of [...this.#subscriptions.values()]) {
      this.#step(subscription, { name: 'ended', ending: { reason: 'deactivated' } })
    }
  }

  #begin(incoming: IncomingRequest, event: EventHeader, known: EventPackage, expiresSeconds: number): void {
    const { request, flow } = incoming
    if (request.contacts.length !== 1) return incoming.respond(makeResponse(request, 400, 'One Contact Is Needed'))
    const contentType = chooseContentType(request, known)
    if (contentType === undefined)
      return incoming.respond(withHeader(makeResponse(request, 406), 'Accept', known.contentTypes.join(', ')))
    const admission = this.#options.admit(request, known, flow)
    if (!admission.ok) return incoming.respond(admission.response)
    if (this.#subscriptions.size >= (this.#options.capacity ?? 50_000)) {
      return incoming.respond(withHeader(makeResponse(request, 503), 'Retry-After', '60'))
    }
    const localTag = randomToken(16, this.#options.random ?? systemRandom)
    const dialog = Dialog.fromRequest(request, localTag)
    const key = keyOf(dialog.callId, localTag, dialog.remoteTag, event)
    const watched = watchKey(known.name, admission.resource)
    const subscription: Subscription = {
      key,
      share: admission.watcher === undefined ? undefined : `${admission.watcher}\n${watched}`,
      event,
      package: known,
      resource: admission.resource,
      watcher: admission.watcher,
      flowNow: admission.flowNow,
      endedBy: admission.endedBy,
      contentType,
      dialog,
      flow,
      state: newSubscription,
      version: 0,
      timer: undefined,
    }
    this.#subscriptions.set(key, subscription)
    this.#watchers.set(watched, (this.#watchers.get(watched) ?? new Set()).add(subscription))
    this.#accept(incoming, subscription, expiresSeconds)
  }

  #refresh(incoming: IncomingRequest, event: EventHeader, expiresSeconds: number): void {
    const { request, flow } = incoming
    const key = keyOf(request.callId, request.to.tag!, request.from.tag ?? '', event)
    const subscription = this.#subscriptions.get(key)
    if (subscription === undefined || subscription.state.name !== 'active')
      return incoming.respond(makeResponse(request, 481))
    if (subscription.endedBy?.(flow)) {
      // Not 403, after which it would go on until its end (§4.1.2.2).
      incoming.respond(makeResponse(request, 481))
      return this.#step(subscription, { name: 'refused' })
    }
    if (!subscription.dialog.acceptRemoteSeq(request.cseq.number))
      return incoming.respond(makeResponse(request, 500, 'Out of Order'))
    subscription.dialog.refreshTarget(request)
    subscription.flow = flow
    this.#accept(incoming, subscription, expiresSeconds)
  }

  #accept(incoming: IncomingRequest, subscription: Subscription, expiresSeconds: number): void {
    const { request } = incoming
    const response = makeResponse(request, 200)
    const { headers } = response
    headers.set('To', subscription.dialog.localAddress)
    for (const route of request.headers.getAll('Record-Route')) headers.append('Record-Route', route)
    headers.append('Contact', this.#contactOf(subscription)).append('Expires', String(expiresSeconds))
    incoming.respond(response)
    this.#step(subscription, { name: 'subscribed', expiresSeconds })
    this.#keepShare(subscription)
  }

  #keepShare(subscription: Subscription): void {
    const { share } = subscription
    if (share === undefined || subscription.state.name !== 'active') return
    const own = this.#shares.get(share) ?? new Set()
    own.delete(subscription)
    this.#shares.set(share, own.add(subscription))
    if (own.size <= mostOfOneWatcher) return
    const [oldest] = own
    own.delete(oldest!)
    // Not `deactivated`, after which it would begin anew at once, and take the place of the next one.
    this.#step(oldest!, { name: 'ended', ending: { reason: 'rejected' } })
  }

  #step(subscription: Subscription, event: SubscriptionEvent): void {
    const { state, effects } = stepSubscription(subscription.state, event, this.#options.clock.monotonicMs())
    subscription.state = state
    for (const effect of effects) this.#perform(subscription, effect)
  }

  #perform(subscription: Subscription, effect: SubscriptionEffect): void {
    switch (effect.do) {
      case 'notify':
        return this.#notify(subscription, `active;expires=${effect.expiresSeconds}`, { reason: 'noresource' })
      case 'notifyEnd':
        return this.#notify(subscription, formatEnding(effect.ending), undefined)
      case 'startTimer':
        subscription.timer?.stop()
        subscription.timer = this.#options.clock.startTimer(effect.delayMs, () =>
          this.#step(subscription, { name: 'timerFired' }),
        )
        return
      case 'stopTimer':
        subscription.timer?.stop()
        subscription.timer = undefined
        return
      case 'forget':
        return this.#forget(subscription)
    }
  }

  /** @param ifGone how an active subscription ends when its resource is no more */
  #notify(subscription: Subscription, state: string, ifGone: Ending | undefined): void {
    if (!subscription.flow.isOpen) subscription.flow = openFlow(subscription) ?? subscription.flow
    const { dialog, event, resource, contentType, flow } = subscription
    const ended = subscription.endedBy?.(flow)
    const body = ended ? undefined : this.#body(subscription, resource, contentType)
    const ending = ended ?? (body === undefined ? ifGone : undefined)
    dialog.localSeq++
    const sending = this.#options.sender.request({
      method: 'NOTIFY',
      uri: dialog.remoteTarget,
      from: dialog.localAddress,
      to: dialog.remoteAddress,
      callId: dialog.callId,
      cseq: dialog.localSeq,
      routes: dialog.routeSet,
      // Also one that has closed: it says where the watcher was, and nobody else may be asked in its place.
      flow,
      headers: [
        ['Contact', this.#contactOf(subscription)],
        ['Event', formatEvent(event)],
        ['Subscription-State', ending ? formatEnding(ending) : state],
      ],
      ...(body !== undefined && { body }),
    })
    sending.then(
      (outcome) => {
        if (ending) this.#step(subscription, { name: 'notifyFailed' })
        else if (outcome.kind === 'response' || !this.#follow(subscription, flow))
          this.#step(subscription, toEvent(outcome))
      },
      (error: unknown) => {
        this.#options.log.error('NOTIFY failed', { sipCallId: dialog.callId, error: String(error) })
        this.#step(subscription, { name: 'notifyFailed' })
      },
    )
  }

  /**
   * A connection that is lost says nothing of its subscription: the watcher is told over the one that it has now, or when it is back.
   * @returns false where it was to be had over this flow, or nobody could tell
   */
  #follow(subscription: Subscription, over: Flow): boolean {
    const way = openFlow(subscription)
    const isElsewhere = way !== undefined && (!over.isOpen || !isSamePlace(way, over))
    if (!isElsewhere && (subscription.flow.isOpen || subscription.flowNow === undefined)) return false
    this.#step(subscription, { name: 'unreachable' })
    if (subscription.state.name !== 'active') return true
    const { watcher } = subscription
    if (isElsewhere) {
      subscription.flow = way
      this.#step(subscription, { name: 'reachable' })
    } else if (watcher !== undefined)
      this.#unreached.set(watcher, (this.#unreached.get(watcher) ?? new Set()).add(subscription))
    return true
  }

  #body(subscription: Subscription, resource: string, contentType: string) {
    try {
      return subscription.package.body(resource, { version: subscription.version++, contentType })
    } catch (error) {
      this.#options.log.error('no body for NOTIFY', {
        package: subscription.package.name,
        resource,
        error: String(error),
      })
      return undefined
    }
  }

  #contactOf({ flow, dialog }: Subscription): string {
    return ownContact(this.#options.transport, flow, undefined, dialog.remoteTarget.startsWith('sips:'))
  }

  #forget(subscription: Subscription): void {
    this.#subscriptions.delete(subscription.key)
    const watched = watchKey(subscription.package.name, subscription.resource)
    leave(this.#watchers, watched, subscription)
    const { share, watcher } = subscription
    if (share === undefined || watcher === undefined) return
    leave(this.#shares, share, subscription)
    leave(this.#unreached, watcher, subscription)
  }

  #watchersOf(packageName: string, resource: string): readonly Subscription[] {
    return [...(this.#watchers.get(watchKey(packageName, resource)) ?? [])]
  }

  #badEvent(request: SipRequest): SipResponse {
    return withHeader(makeResponse(request, 489), 'Allow-Events', [...this.#packages.keys()].join(', '))
  }
}

const keyOf = (callId: string, localTag: string, remoteTag: string, event: EventHeader): string =>
  `${callId}\n${localTag}\n${remoteTag}\n${formatEvent(event)}`

const watchKey = (packageName: string, resource: string): string => `${packageName}\n${resource}`

const openFlow = ({ flowNow }: Subscription): Flow | undefined => {
  const now = flowNow?.()
  return now?.isOpen ? now : undefined
}

const isSamePlace = (a: Flow, b: Flow): boolean =>
  a.protocol === b.protocol && a.remote.address === b.remote.address && a.remote.port === b.remote.port

function leave(sets: Map<string, Set<Subscription>>, key: string, subscription: Subscription): void {
  const set = sets.get(key)
  set?.delete(subscription)
  if (set?.size === 0) sets.delete(key)
}

const formatEnding = ({ reason, retryAfterSeconds }: Ending): string =>
  `terminated;reason=${reason}${retryAfterSeconds === undefined ? '' : `;retry-after=${retryAfterSeconds}`}`

function withHeader(response: SipResponse, name: string, value: string): SipResponse {
  response.headers.append(name, value)
  return response
}

/** What became of a NOTIFY (§4.2.2): only Retry-After keeps a subscription whose NOTIFY was refused. */
function toEvent(outcome: RequestOutcome): SubscriptionEvent {
  if (outcome.kind !== 'response') return { name: 'notifyFailed' }
  if (outcome.response.status < 300) return { name: 'notified' }
  const retryAfter = /^\s*(\d{1,9})/.exec(outcome.response.headers.get('Retry-After') ?? '')?.[1]
  return outcome.response.status === 481 || retryAfter === undefined
    ? { name: 'notifyFailed' }
    : { name: 'notifyFailed', retryAfterSeconds: Number(retryAfter) }
}

/** The package's best type that Accept allows (RFC 3261 §20.1; without Accept the package's own). */
function chooseContentType(request: SipRequest, known: EventPackage): string | undefined {
  const accepted = request.headers.getAll('Accept').map((value) => value.split(';')[0]!.trim().toLowerCase())
  if (accepted.length === 0) return known.contentTypes[0]
  return known.contentTypes.find(
    (type) => accepted.includes(type) || accepted.includes(`${type.split('/')[0]}/*`) || accepted.includes('*/*'),
  )
}
