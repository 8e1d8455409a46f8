import type { CallId, Clock, CompanyId, Logger, Timer, UserId } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type {
  AgentDesk,
  BindingStore,
  CallCommands,
  CentreStore,
  Company,
  Directory,
  EventFeed,
  Notices,
  PresenceSources,
  WorkDesk,
  WorkItem,
  WorkStore,
} from '@vaxel/core'
import { AbsentAgents } from './absent-agents.ts'
import { AgentService } from './agent-service.ts'
import { contactCentreHandlers } from './api.ts'
import { Centres } from './centres.ts'
import { Desk } from './desk.ts'
import { DeskViews, tellOf } from './desk-views.ts'
import { type LegsOfCalls, OwnCalls } from './own-calls.ts'
import { tellWaiting } from './waiting-told.ts'
import { Works } from './work-desk.ts'

/** Queues, agents and what they do, of every company. */
export interface ContactCentre {
  readonly handlers: readonly OperationHandler[]
  readonly workDesk: WorkDesk
  readonly agentDesk: AgentDesk
  /** Somebody has the app open. @returns to be called once when that page is gone */
  pageOpened(userId: UserId): () => void
  /** When all channels are provided: what waited before goes on waiting. */
  start(): Promise<void>
  close(): void
}

export function createContactCentre(parts: {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly centres: CentreStore
  readonly work: WorkStore
  readonly feed: EventFeed
  readonly notices: Pick<Notices, 'publish'>
  readonly presence: PresenceSources
  readonly live: LegsOfCalls
  readonly calls: Pick<CallCommands, 'command'>
  readonly bindings: Pick<BindingStore, 'ofUser'>
  /** So long a browser or a telephone that is gone is expected back. */
  readonly awayMs: number
}): ContactCentre {
  const { clock, log, directory, feed } = parts
  const centres = new Centres(parts)
  const works = new Works({ centres, store: parts.centres, work: parts.work, clock })
  const desk = new Desk(centres, async (item, agentId) => {
    const companyId = directory.user(agentId)?.companyId
    if (companyId === undefined) return
    for (const callId of callsOf(item)) await parts.calls.command({ companyId, userId: agentId }, callId, 'clear', {})
  })
  const absent = new AbsentAgents({
    ...parts,
    centres,
    isReachable: (userId) => parts.bindings.ofUser(userId).length > 0,
  })
  const views = new DeskViews({ centres, directory })
  const ownCalls = new OwnCalls(parts.live, feed, (userId) => tellOwnCalls(userId))
  const tellOwnCalls = (userId: UserId) => {
    const user = directory.user(userId)
    const owner = user && centres.owner(user.companyId)
    const agent = owner?.state.agents.get(userId)
    if (!owner || !agent) return
    const work = new Set([...agent.open, ...agent.kept].flatMap(({ item }) => callsOf(item)))
    for (const { offer } of agent.pending) for (const callId of callsOf(offer.item)) work.add(callId)
    const isOn = [...ownCalls.of(userId)].some((callId) => !work.has(callId))
    if (isOn !== agent.hasOwnCall) void owner.take({ kind: 'ownCall', agentId: userId, isOn })
  }
  const tell = tellOf({ ...parts, views }, () => clock.now())
  desk.onAgentChanged((agent) => {
    tell(agent)
    tellOwnCalls(agent.agentId)
  })
  const stop = feed.subscribe((events) => {
    for (const { kind, companyId, data } of events) {
      if (kind === 'centre.published') void begin(companyId)
      if (kind !== 'configuration.changed') continue
      if (data.after === undefined) forgetGone()
      else if (data.object === 'company' && isElsewhere(data)) void begin(companyId)
    }
  })
  const stopTelling = tellWaiting({ ...parts, centres })
  const again = new Set<Timer>()
  const begin = async (companyId: CompanyId): Promise<void> => {
    try {
      await centres.published(companyId)
      // Whoever is an agent from now on has a place at once, and others see their queues as they are now.
      for (const agent of desk.agents(companyId)) tell(agent)
      works.tellPublished(companyId)
    } catch (error) {
      log.error('a contact centre could not begin', { companyId, error: String(error) })
      const timer = clock.startTimer(beginAgainMs, () => {
        again.delete(timer)
        void begin(companyId)
      })
      again.add(timer)
    }
  }
  const forgetGone = () => {
    centres.forget((companyId) => directory.company(companyId) === undefined)
    for (const { id } of directory.companies())
      if (desk.agents(id).some(({ agentId }) => !directory.user(agentId))) void begin(id)
  }
  return {
    handlers: contactCentreHandlers(new AgentService({ centres, desk, views, directory, work: parts.work, clock })),
    workDesk: works,
    agentDesk: desk,
    pageOpened: (userId) => absent.pageOpened(userId),
    start: () => centres.start(),
    close: () => {
      stop()
      stopTelling()
      for (const timer of again) timer.stop()
      ownCalls.close()
      absent.close()
      centres.close()
    },
  }
}

/** A database that could not say what was there before is asked again. */
const beginAgainMs = 5000

/** The clocks by which a company's hours are read are others now. */
function isElsewhere({ before, after }: Readonly<Record<string, unknown>>): boolean {
  const [was, is] = [before, after].map((company) => company as Partial<Company> | undefined)
  return was?.country !== is?.country || was?.timeZone !== is?.timeZone
}

const callsOf = ({ callId }: WorkItem): CallId[] => (callId === undefined ? [] : [callId])
