import type { UserId } from '@vaxel/base'
import type { AgentLine, CentreFact, RestoredAgent, RestoredItem, WorkItem } from '@vaxel/core'

type Standing = { -readonly [Name in keyof RestoredItem]: RestoredItem[Name] }

const devices: AgentLine = { kind: 'devices' }

/** What a ledger says was not over, as a store restores it. */
export function standingOf(facts: readonly CentreFact[]): { items: RestoredItem[]; agents: RestoredAgent[] } {
  const items = new Map<string, Standing>()
  const agents = new Map<UserId, RestoredAgent>()
  for (const fact of facts) {
    if (fact.kind === 'agent.stateChanged') {
      const { agentId, to: state, reason, atMs: sinceMs, line = agents.get(agentId)?.line ?? devices } = fact
      agents.set(agentId, { agentId, state, sinceMs, line, ...(reason === undefined ? {} : { reason }) })
    } else if (fact.kind === 'work.arrived') {
      const { itemId: id, atMs: _, kind: __, ...item } = fact
      items.set(id, { item: { ...item, id } as WorkItem, state: 'waiting' })
    } else if ('itemId' in fact) change(fact, items)
  }
  return { items: [...items.values()], agents: [...agents.values()] }
}

function change(fact: Extract<CentreFact, { readonly itemId: string }>, items: Map<string, Standing>): void {
  const standing = items.get(fact.itemId)
  if (!standing) return
  switch (fact.kind) {
    case 'work.accepted':
      Object.assign(standing, { state: 'assigned', agentId: fact.agentId, acceptedAtMs: fact.atMs })
      return
    case 'work.finished':
      standing.state = 'wrappingUp'
      return
    case 'work.keptAside':
      standing.state = 'kept'
      return
    case 'work.resumed':
      standing.state = 'assigned'
      return
    case 'work.returned':
      standing.state = 'waiting'
      delete standing.agentId
      return
    case 'work.callBackWished':
      standing.item = { ...standing.item, channel: 'callBack', customer: { number: fact.number } }
      return
    case 'work.abandoned':
    case 'work.overflowed':
    case 'work.messageLeft':
    case 'work.moved':
    case 'work.closed':
    case 'work.wrappedUp':
      items.delete(fact.itemId)
      return
    default:
      return
  }
}
