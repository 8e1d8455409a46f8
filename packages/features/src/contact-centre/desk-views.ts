import type { CompanyId, UserId } from '@vaxel/base'
import {
  type AgentNow,
  type Centre,
  type Directory,
  emptyCentre,
  type Notices,
  type PresenceClaim,
  type PresenceSources,
} from '@vaxel/core'
import type { Centres } from './centres.ts'
import { type DeskView, deskView } from './views.ts'

/** Agents' places as their screens have them, each with a number that tells an older one from a newer one. */
export class DeskViews {
  readonly #centres: Centres
  readonly #directory: Directory
  readonly #versions = new Map<UserId, number>()

  constructor(parts: { centres: Centres; directory: Directory }) {
    this.#centres = parts.centres
    this.#directory = parts.directory
  }

  centre(companyId: CompanyId): Centre {
    return this.#centres.owner(companyId)?.state.centre ?? emptyCentre
  }

  of(now: AgentNow): DeskView {
    return deskView(now, {
      centre: this.centre(now.companyId),
      directory: this.#directory,
      version: this.#versions.get(now.agentId) ?? 0,
      isByTelephone: ({ channel }) => this.#centres.hands(channel)?.offer !== undefined,
    })
  }

  /** It is not as it was. */
  changed({ agentId }: AgentNow): void {
    this.#versions.set(agentId, (this.#versions.get(agentId) ?? 0) + 1)
  }
}

/** Tells an agent's own screens, and their colleagues by presence, how they are now. */
export function tellOf(
  parts: { readonly notices: Pick<Notices, 'publish'>; readonly presence: PresenceSources; readonly views: DeskViews },
  nowMs: () => number,
): (agent: AgentNow) => void {
  return (agent) => {
    parts.views.changed(agent)
    parts.presence.set(agent.agentId, 'agent', claimOf(agent))
    parts.notices.publish({
      companyId: agent.companyId,
      kind: 'agent.deskChanged',
      data: { desk: parts.views.of(agent) },
      atMs: nowMs(),
      to: [agent.agentId],
    })
  }
}

/** Reasons of which colleagues see nothing: the line says it, or it lasts a moment. */
const unseen: ReadonlySet<string> = new Set(['loggedIn', 'ownCall', 'restarted', 'supervisor'])

/** Ready says no more than the line does. */
function claimOf({ state, reason, sinceMs }: AgentNow): PresenceClaim | undefined {
  if (state === 'busy' || state === 'workingAfterCall') return { state: 'busy', sinceMs }
  if (state === 'notReady' && reason !== undefined && !unseen.has(reason)) return { state: 'away', sinceMs }
  return undefined
}
