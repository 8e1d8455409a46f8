import type { Language } from '../ports/directory.ts'
import type { FlowNode, FlowSound, RingTarget } from './flow.ts'
import type { FlowEffect, FlowNote, FlowSpoken, FlowState, FlowWorld } from './flow-state.ts'
import { fill, type Variables, valueOf } from './template.ts'

/** Digits and whatever a phone number may have around them. */
const asNumber = (text: string): string => text.replace(/[^0-9+*#]/g, '')

/** What a node says, with its variables in place; what there is nothing to say of is left out. */
export function spokenOf(say: readonly FlowSound[], variables: Variables, nowMs: number): FlowSpoken[] {
  return say.flatMap((sound): FlowSpoken[] => {
    switch (sound.kind) {
      case 'prompt':
      case 'sound':
      case 'pause':
        return [sound]
      case 'time':
        return [{ kind: 'time', atMs: nowMs }]
      case 'digits': {
        const digits = asNumber(valueOf(variables, sound.variable)).replace('+', '').slice(0, 40)
        return digits === '' ? [] : [{ kind: 'digits', digits }]
      }
      case 'number': {
        const text = valueOf(variables, sound.variable).trim()
        if (/^\d{1,3}$/.test(text)) return [{ kind: 'number', value: Number(text) }]
        return /^\d{1,40}$/.test(text) ? [{ kind: 'digits', digits: text }] : []
      }
    }
  })
}

/**
 * What a node does that takes time, or that ends the call; undefined for a node that does its work in an instant.
 * @param remainingMs of the longest stay; no wait is longer
 * @param wrong why a menu or an input is asked for again
 */
export function waitingEffect(
  node: FlowNode,
  { variables }: FlowState,
  { nowMs }: FlowWorld,
  remainingMs: number,
  wrong?: 'silence' | 'wrong',
): FlowEffect | undefined {
  const limited = (seconds: number): number => Math.max(1, Math.min(seconds * 1000, remainingMs))
  const saying = (sounds: readonly FlowSound[]): FlowSpoken[] => spokenOf(sounds, variables, nowMs)
  const sendOn = (
    as: 'ring' | 'queue' | 'voicemail' | 'forward',
    to: RingTarget,
    ringMs: number,
    more: Partial<Extract<FlowEffect, { kind: 'sendOn' }>> = {},
  ): FlowEffect => ({ kind: 'sendOn', as, to, ringMs, hasMusic: false, ...more })
  switch (node.kind) {
    case 'announce':
      return { kind: 'say', say: saying(node.say), isUninterruptible: node.isUninterruptible ?? false }
    case 'menu': {
      const first =
        wrong === undefined
          ? []
          : (node.sayAgain ?? (wrong === 'wrong' ? [{ kind: 'prompt' as const, name: 'flow-not-on-offer' }] : []))
      return { kind: 'askKeys', say: saying([...first, ...node.say]), most: 1, firstMs: limited(node.waitSeconds) }
    }
    case 'collect': {
      const first = wrong === 'wrong' ? [{ kind: 'prompt' as const, name: 'flow-not-understood' }] : []
      return {
        kind: 'askKeys',
        say: saying([...first, ...node.say]),
        most: node.most,
        endOn: '#',
        firstMs: limited(node.waitSeconds),
      }
    }
    case 'lookup':
      return {
        kind: 'lookUp',
        nodeId: node.id,
        url: fill(node.url, variables, encodeURIComponent),
        ...(node.method === 'POST' ? { body: variables } : {}),
        timeLimitMs: Math.max(1, Math.min(node.timeLimitMs, remainingMs)),
        ...(node.credential === undefined ? {} : { credential: node.credential }),
        take: node.take,
      }
    case 'ring':
      return sendOn('ring', node.target, limited(node.ringSeconds), { hasMusic: node.hasMusic ?? false })
    case 'queue':
      return sendOn('queue', { kind: 'number', number: node.number }, Math.max(1, remainingMs))
    case 'voicemail':
      return sendOn('voicemail', node.box, Math.max(1, remainingMs))
    case 'forward': {
      const number = asNumber(fill(node.to, variables)) || fill(node.to, variables).trim().slice(0, 64)
      return sendOn('forward', { kind: 'number', number }, limited(node.ringSeconds), {
        ...(node.asUserId === undefined ? {} : { asUserId: node.asUserId }),
      })
    }
    case 'hangUp':
      return { kind: 'hangUp', isBusy: node.isBusy ?? false, say: [] }
    default:
      return undefined
  }
}

/** What the timeline says when a node begins that takes time; undefined where only its end is worth a word. */
export function noteOf(node: FlowNode, { variables }: FlowState, world: FlowWorld): FlowNote | undefined {
  const note = (code: string, params: FlowNote['params'] = {}): FlowNote => ({
    kind: 'note',
    nodeId: node.id,
    code,
    params,
  })
  const nameOf = (target: RingTarget): string => (target.kind === 'user' ? world.nameOf(target.userId) : target.number)
  switch (node.kind) {
    case 'ring':
      return note('rings', { name: nameOf(node.target), seconds: node.ringSeconds })
    case 'queue':
      return note('queued', { number: node.number })
    case 'voicemail':
      return note('to-voicemail', { name: nameOf(node.box) })
    case 'forward':
      return note('forwards', { number: fill(node.to, variables) })
    case 'hangUp':
      return note(node.isBusy ? 'hangs-up-busy' : 'hangs-up')
    default:
      return undefined
  }
}

/** What a node did in an instant. */
export interface Done {
  readonly effects: readonly FlowEffect[]
  readonly note: FlowNote
  readonly value?: { readonly name: string; readonly value: string }
  readonly language?: Language
}

/** Performs a node that takes no time and always goes on. Values of variables stay out of the timeline: they may be anything. */
export function instantEffect(node: FlowNode, { variables }: FlowState): Done {
  const note = (code: string, params: FlowNote['params'] = {}): FlowNote => ({
    kind: 'note',
    nodeId: node.id,
    exit: 'next',
    code,
    params,
  })
  switch (node.kind) {
    case 'set':
      return {
        effects: [],
        note: note('set', { variable: node.variable }),
        value: { name: node.variable, value: fill(node.value, variables) },
      }
    case 'setLanguage': {
      const { language } = node
      return { effects: [{ kind: 'setLanguage', language }], note: note('language-set', { language }), language }
    }
    case 'callerName': {
      const name = fill(node.name, variables).trim().slice(0, 100)
      return {
        effects: name === '' ? [] : [{ kind: 'nameCaller', name }],
        note: note('caller-named', { name }),
        value: { name: 'callerName', value: name },
      }
    }
    case 'record':
      return { effects: [{ kind: 'record', isOn: node.isOn }], note: note(node.isOn ? 'record-on' : 'record-off') }
    case 'mail': {
      const [subject, text] = [fill(node.subject, variables), fill(node.text, variables)]
      return { effects: [{ kind: 'mail', to: node.to, subject, text }], note: note('mailed', { to: node.to }) }
    }
    case 'webhook': {
      const url = fill(node.url, variables, encodeURIComponent)
      const body = { ...variables, text: fill(node.text, variables) }
      const { credential } = node
      return {
        effects: [{ kind: 'callWebhook', url, ...(credential === undefined ? {} : { credential }), body }],
        note: note('webhook', { host: hostOf(url) }),
      }
    }
    default:
      throw new Error(`a ${node.kind} takes time`)
  }
}

/** @returns '?' for what is no address */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '?'
}
