import type { Clock, CompanyId, Logger } from '@vaxel/base'
import type {
  AgentDesk,
  CallLedger,
  Directory,
  Language,
  Notices,
  Queue,
  QueueCalls,
  Source,
  WorkDesk,
} from '@vaxel/core'
import type { OutgoingCalls } from './outgoing-calls.ts'

/** What voice queues are built from. */
export interface QueueVoiceDependencies {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly ledger: Pick<CallLedger, 'append'>
  readonly notices: Pick<Notices, 'publish'>
  readonly calls: QueueCalls
  readonly desk: WorkDesk
  readonly agents: Pick<AgentDesk, 'agent' | 'agents' | 'logIn' | 'logOff' | 'ready' | 'notReady' | 'onAgentChanged'>
  /** A sound that a company keeps for its rules and queues; undefined when it is gone. */
  soundOf(companyId: CompanyId, id: string): { readonly source: Source; readonly durationMs: number } | undefined
  /** A queue's name, read aloud; undefined where no voice can say it. */
  nameSound(name: string, language: Language): Promise<string | undefined>
  /** Whether agents are shown that a supervisor is with their call. */
  tellsMonitored(companyId: CompanyId): boolean
}

/** The same, with what its services share. */
export interface QueueVoiceParts extends QueueVoiceDependencies {
  readonly outgoing: OutgoingCalls
}

/** Numbers by which a queue is known: one that is dialled here, and one that people outside see. */
export interface QueueNumbers {
  readonly inner: string
  readonly outer: string
}

/** A queue without a number of its own is called by its name. */
export function numbersOf(
  { directory }: Pick<QueueVoiceDependencies, 'directory'>,
  companyId: CompanyId,
  queue: Queue,
): QueueNumbers {
  const all = directory
    .numbersOf(companyId)
    .flatMap(({ number, target }) =>
      target.kind === 'service' && target.service === 'queue' && target.id === queue.id ? [number] : [],
    )
    .toSorted((a, b) => a.length - b.length)
  const inner = all[0] ?? queue.name
  return { inner, outer: all.find((number) => number.startsWith('+')) ?? inner }
}
