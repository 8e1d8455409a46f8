import type { CallId } from '@vaxel/base'
import {
  advanceFlow,
  beginFlow,
  type CompiledFlow,
  compileFlow,
  type Flow,
  type FlowEffect,
  type FlowEvent,
  type FlowSpoken,
  type FlowWorld,
  type PublishedFlow,
  sayNote,
  type ServiceLine,
  type Spoken,
  type VoiceService,
  withheldNumber,
} from '@vaxel/core'
import type { CompanyShare } from './company-share.ts'
import type { FlowDependencies } from './dependencies.ts'
import { lookUp } from './look-up.ts'
import { sendOn } from './send-on.ts'
import type { WebhookOutbox } from './webhook-outbox.ts'
import { asksForContact, flowPresence, nameOfUser } from './world.ts'

export interface FlowRunParts extends FlowDependencies {
  readonly webhooks: WebhookOutbox
  readonly lookups: CompanyShare
}

/** A call that goes from flow to flow is ended after so many. */
const mostFlows = 10
/** Calls whose flows are counted. */
const mostCounted = 20_000
/** A contact is looked up so long; what is not known by then is a stranger. */
const contactMs = 500
/** The sentence with which a call is ended is cut after so long. */
const farewellMs = 20_000
const busyToneMs = 8000

/** Answers calls to numbers of flows. A call keeps the version that was live when it came. */
export function flowService(parts: FlowRunParts): VoiceService {
  const compiled = new WeakMap<Flow, CompiledFlow>()
  const visits = new Map<CallId, number>()
  return async (line) => {
    const target = parts.directory.number(line.companyId, line.number)?.target
    const id = target?.kind === 'service' && target.service === 'flow' ? target.id : undefined
    const flow = id === undefined ? undefined : parts.flows.flow(line.companyId, id)
    if (!flow?.live) {
      line.note('flow.not-live', 'The number leads to a flow that is not published', { number: line.number })
      return await line.say([{ kind: 'prompt', name: 'service-not-available' }], { isUninterruptible: true })
    }
    if (count(visits, line.callId) > mostFlows) {
      line.note('flow.cut-circle', sayNote({ code: 'cut-circle', params: {} }, 'en'), {
        flow: flow.id,
        name: flow.name,
      })
      return await line.say([{ kind: 'prompt', name: 'flow-cannot-go-on' }], { isUninterruptible: true })
    }
    const { graph } = flow.live
    const ready = compiled.get(graph) ?? compileFlow(graph)
    compiled.set(graph, ready)
    await new FlowVisit(parts, line, { id: flow.id, name: flow.name, live: flow.live }, ready).run()
  }
}

function count(visits: Map<CallId, number>, callId: CallId): number {
  const now = (visits.get(callId) ?? 0) + 1
  visits.delete(callId)
  visits.set(callId, now)
  if (visits.size > mostCounted) for (const oldest of visits.keys()) return visits.delete(oldest) ? now : now
  return now
}

/** One call in one flow. */
class FlowVisit {
  readonly #parts: FlowRunParts
  readonly #line: ServiceLine
  readonly #of: { readonly id: string; readonly name: string; readonly live: PublishedFlow }
  readonly #flow: CompiledFlow
  /** What the wall clock is before the one that runs evenly. Whoever sets it in mid-call ends nobody's stay. */
  readonly #aheadMs: number
  #isContact = false

  constructor(
    parts: FlowRunParts,
    line: ServiceLine,
    of: { readonly id: string; readonly name: string; readonly live: PublishedFlow },
    flow: CompiledFlow,
  ) {
    this.#parts = parts
    this.#line = line
    this.#of = of
    this.#flow = flow
    this.#aheadMs = parts.clock.now() - parts.clock.monotonicMs()
  }

  async run(): Promise<void> {
    const { clock } = this.#parts
    const line = this.#line
    const { caller, called, number, language, user } = line
    const isWithheld = caller.number === withheldNumber
    if (!isWithheld && asksForContact(this.#flow)) this.#isContact = await this.#findContact(caller.number)
    line.note('flow.begins', `The flow ${this.#of.name} begins`, this.#where())
    const stay = Promise.withResolvers<FlowEvent>()
    const timer = clock.startTimer(this.#flow.mostStaySeconds * 1000, () => stay.resolve({ kind: 'stayOver' }))
    try {
      const party = {
        number: isWithheld ? '' : caller.number,
        isInternal: user !== undefined,
        ...(caller.name === undefined || isWithheld ? {} : { name: caller.name }),
      }
      const arrival = { caller: party, called: number, firstCalled: called.number, language }
      let step = beginFlow(this.#flow, arrival, this.#world())
      for (;;) {
        const event = await this.#perform(step.effects, stay.promise)
        if (!event) return
        step = advanceFlow(this.#flow, step.state, event, this.#world())
      }
    } finally {
      timer.stop()
    }
  }

  #where(): { readonly flow: string; readonly name: string; readonly version: number } {
    return { flow: this.#of.id, name: this.#of.name, version: this.#of.live.version }
  }

  #world(): FlowWorld {
    const { clock, directory, presenceOf, spentTodayMicros } = this.#parts
    const { companyId } = this.#line
    return {
      nowMs: Math.floor(clock.monotonicMs() + this.#aheadMs),
      presenceOf: (userId) => flowPresence(presenceOf(userId)),
      nameOf: (userId) => nameOfUser(directory, companyId, userId),
      isContact: () => this.#isContact,
      spentTodayMicros: () => spentTodayMicros(companyId),
    }
  }

  /** Performs the effects of a step. @returns what the last one leads to; undefined when the call is over */
  async #perform(effects: readonly FlowEffect[], stay: Promise<FlowEvent>): Promise<FlowEvent | undefined> {
    const line = this.#line
    for (const effect of effects) {
      switch (effect.kind) {
        case 'note': {
          const { nodeId, exit, code, params } = effect
          const data = { ...params, ...this.#where(), node: nodeId, ...(exit === undefined ? {} : { exit }) }
          line.note(`flow.${code}`, sayNote(effect, 'en'), data)
          continue
        }
        case 'setLanguage':
          line.language = effect.language
          continue
        case 'nameCaller':
          line.nameCaller(effect.name)
          continue
        case 'record':
          await this.#record(effect.isOn)
          continue
        case 'mail':
          await this.#mail(effect)
          continue
        case 'callWebhook': {
          const about = {
            flow: this.#of.name,
            callId: line.callId,
            at: new Date(this.#parts.clock.now()).toISOString(),
          }
          const { kind: _, ...webhook } = effect
          void this.#parts.webhooks.send(line.companyId, line.callId, {
            ...webhook,
            body: { ...effect.body, ...about },
          })
          continue
        }
        case 'say': {
          const said = line.say(this.#spoken(effect.say), { isUninterruptible: effect.isUninterruptible })
          return await Promise.race([said.then((): FlowEvent => ({ kind: 'said' })), stay])
        }
        case 'askKeys': {
          const { say, most, endOn, firstMs } = effect
          const read = line.readKeys({
            say: this.#spoken(say),
            most,
            firstMs,
            ...(endOn === undefined ? {} : { endOn }),
          })
          return await Promise.race([read.then(({ keys }): FlowEvent => ({ kind: 'keys', keys })), stay])
        }
        case 'lookUp': {
          const { answer, reason } = await lookUp(this.#parts, line.companyId, effect, line.signal)
          if (reason !== undefined) this.#parts.log.info('a look-up of a flow failed', { ...this.#where(), reason })
          return { kind: 'lookedUp', answer }
        }
        case 'sendOn':
          return { kind: 'sentBack', how: await sendOn(this.#parts, line, effect) }
        case 'hangUp':
          return await this.#hangUp(effect)
      }
    }
    return undefined
  }

  async #hangUp({ isBusy, say }: Extract<FlowEffect, { kind: 'hangUp' }>): Promise<undefined> {
    const line = this.#line
    line.stopSound()
    if (say.length > 0) {
      const said = line.say(this.#spoken(say), { isUninterruptible: true })
      await Promise.race([said, line.wait(farewellMs)])
    }
    if (!isBusy) return undefined
    line.playOn({ kind: 'tone', tone: 'busy', country: line.company.country.toLowerCase() })
    await line.wait(busyToneMs)
    return undefined
  }

  #spoken(say: readonly FlowSpoken[]): Spoken[] {
    const { flows } = this.#parts
    return say.flatMap((one): Spoken[] => {
      if (one.kind !== 'sound') return [one]
      const sound = flows.sound(this.#line.companyId, one.soundId)
      return sound ? [{ kind: 'sound', source: { kind: 'file', path: flows.soundPath(sound) } }] : []
    })
  }

  async #record(isOn: boolean): Promise<void> {
    const { callId, legId } = this.#line
    const why = await this.#parts.record(callId, legId, isOn)
    if (why !== undefined) this.#line.note('flow.record-refused', `Recording was refused: ${why}`, this.#where())
  }

  /** Durable before the call goes on; a mail that cannot be kept does not end the call. */
  async #mail({ to, subject, text }: Extract<FlowEffect, { kind: 'mail' }>): Promise<void> {
    try {
      await this.#parts.mailer.queue(this.#line.companyId, { to, subject, text })
    } catch (error) {
      this.#parts.log.error('a mail of a flow could not be kept', { ...this.#where(), error: String(error) })
    }
  }

  async #findContact(number: string): Promise<boolean> {
    const { clock, isContact } = this.#parts
    const late = Promise.withResolvers<boolean>()
    const timer = clock.startTimer(contactMs, () => late.resolve(false))
    try {
      return await Promise.race([isContact(this.#line.companyId, number), late.promise])
    } catch {
      return false
    } finally {
      timer.stop()
    }
  }
}
