import type { CompanyId, UserId } from '@vaxel/base'
import {
  type CheckSurroundings,
  type Company,
  type Directory,
  type Flow,
  type FlowPresence,
  type FlowStore,
  type NumberKind,
  type PresenceState,
  resolveNumber,
} from '@vaxel/core'

/** How somebody is, in the words of flows. Who is in a call or a meeting is busy; of whom nothing is known nobody can be reached. */
export function flowPresence(state: PresenceState | undefined): FlowPresence {
  switch (state) {
    case 'available':
    case 'doNotDisturb':
      return state
    case 'ringing':
    case 'busy':
    case 'inMeeting':
      return 'busy'
    case 'beRightBack':
    case 'away':
      return 'away'
    case 'offline':
    case undefined:
      return 'offline'
  }
}

/** Where a number leads, as far as a check must know it. */
export function numberKind(directory: Directory, company: Company, number: string): NumberKind {
  const domain = directory.domainsOf(company.id)[0]?.name ?? ''
  const resolved = resolveNumber(directory, company, domain, number)
  switch (resolved.kind) {
    case 'emergency':
      return { kind: 'emergency' }
    case 'user':
      return { kind: 'people' }
    case 'own': {
      const { target } = resolved.number
      if (target.kind === 'short')
        return target.to === number ? { kind: 'unknown' } : numberKindOfShort(directory, company, target.to)
      if (target.kind !== 'service') return { kind: 'people' }
      if (target.service === 'flow') return { kind: 'flow', ...(target.id === undefined ? {} : { flowId: target.id }) }
      return { kind: target.service === 'queue' || target.service === 'voicemail' ? target.service : 'service' }
    }
    case 'external': {
      const isTaken = directory
        .trunksOf(company.id)
        .some(({ prefixes }) => prefixes.some((p) => resolved.number.startsWith(p) || number.startsWith(p)))
      return { kind: isTaken ? 'outside' : 'unknown' }
    }
    case 'code':
    case 'parkingPlace':
      return { kind: 'service' }
    case 'unknown':
      return { kind: 'unknown' }
  }
}

/** A short dial leads to a number, which is no short dial again. */
function numberKindOfShort(directory: Directory, company: Company, to: string): NumberKind {
  const target = directory.number(company.id, to)?.target
  return target?.kind === 'short' ? { kind: 'unknown' } : numberKind(directory, company, to)
}

/** What a check of a flow may look at. */
export function surroundingsOf(
  parts: {
    readonly directory: Directory
    readonly flows: FlowStore
    readonly prompts: Readonly<Record<string, unknown>>
  },
  company: Company,
  flowId: string,
): CheckSurroundings {
  const { directory, flows, prompts } = parts
  const credentials = new Map(flows.credentialsOf(company.id).map(({ name, host }) => [name, host]))
  return {
    flowId,
    hasUser: (id) => directory.user(id as UserId)?.companyId === company.id,
    numberKind: (number) => numberKind(directory, company, number),
    hasPrompt: (name) => Object.hasOwn(prompts, name),
    soundMs: (id) => flows.sound(company.id, id)?.durationMs,
    credentialHost: (name) => credentials.get(name),
  }
}

/** What people call a user of the company; the identifier for one who is gone. */
export function nameOfUser(directory: Directory, companyId: CompanyId, id: UserId): string {
  const user = directory.user(id)
  return user?.companyId === companyId ? user.displayName : id
}

/** Whether a flow asks if callers are contacts. */
export const asksForContact = ({ nodes }: Flow): boolean =>
  nodes.some((node) => node.kind === 'caller' && node.matches.some(({ kind }) => kind === 'contact'))
