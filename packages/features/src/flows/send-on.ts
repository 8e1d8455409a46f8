import type { UserId } from '@vaxel/base'
import {
  type Directory,
  type FlowEffect,
  resolveNumber,
  type SendOptions,
  type SentBackKind,
  type ServiceLine,
  type User,
} from '@vaxel/core'

type Sending = Extract<FlowEffect, { kind: 'sendOn' }>

/** Sends a call on to where a flow leads it. Resolves when it comes back. */
export async function sendOn(
  { directory }: { readonly directory: Directory },
  line: ServiceLine,
  effect: Sending,
): Promise<SentBackKind> {
  const way = wayOf(directory, line, effect)
  if (!way) return 'unreachable'
  if (effect.hasMusic) line.playOn({ kind: 'music' })
  const options: SendOptions = {
    ringMs: effect.ringMs,
    ...(effect.hasMusic ? { keepsSound: true } : {}),
    ...way.options,
  }
  const { kind } = await line.sendOn(way.to, options)
  if (effect.hasMusic) line.stopSound()
  return kind
}

interface Way {
  readonly to: string
  readonly options?: SendOptions
}

function wayOf(directory: Directory, line: ServiceLine, { as, to, asUserId }: Sending): Way | undefined {
  if (as === 'forward') {
    const user = asUserId === undefined ? undefined : userOf(directory, line, asUserId)
    if (asUserId !== undefined && !user) return undefined
    // Nobody outside reaches an emergency centre in the name of somebody here.
    if (user && to.kind === 'number' && isEmergency(directory, line, user, to.number)) return undefined
    return to.kind === 'number'
      ? { to: to.number, ...(user ? { options: { as: { kind: 'user', user } } } : {}) }
      : undefined
  }
  if (to.kind === 'number') return { to: to.number }
  const user = userOf(directory, line, to.userId)
  if (!user) return undefined
  if (as !== 'voicemail') return { to: user.extension ?? user.name }
  const voicemail = directory
    .numbersOf(line.companyId)
    .find(({ target }) => target.kind === 'service' && target.service === 'voicemail' && target.id === undefined)
  return voicemail && { to: voicemail.number, options: { divertedFrom: user } }
}

const isEmergency = (directory: Directory, { company }: ServiceLine, { domain }: User, number: string): boolean =>
  resolveNumber(directory, company, domain, number).kind === 'emergency'

function userOf(directory: Directory, line: ServiceLine, id: UserId): User | undefined {
  const user = directory.user(id)
  return user?.companyId === line.companyId ? user : undefined
}
