import type { Clock, CompanyId } from '@vaxel/base'
import { type OperationHandler, perform, readChannels } from '@vaxel/contract'
import type { CallState, Directory } from '@vaxel/core'
import { planMachines, type Requirement } from '@vaxel/site'
import { ChannelBook, type ChannelCount } from './channel-book.ts'

export interface ChannelDependencies {
  readonly clock: Clock
  readonly directory: Directory
  readonly maxCalls: number
  readonly calls: {
    onCallChanged(listener: (state: CallState) => void): () => void
    /** Told of each call for which no channel was left. */
    onRefused(listener: (companyId: CompanyId) => void): () => void
  }
  recordingsOf(companyId: CompanyId): number
  /** What others ask for, whose tables are shown beside. */
  readonly compared: readonly Requirement[]
}

/** Media channels: how many are in use, and how that compares. */
export function createChannels(dependencies: ChannelDependencies): {
  readonly handlers: readonly OperationHandler[]
  close(): void
} {
  const { clock, directory, maxCalls, calls, recordingsOf, compared } = dependencies
  const book = new ChannelBook(clock)
  const ends = [
    calls.onCallChanged((state) => book.follow(state)),
    calls.onRefused((companyId) => book.refused(companyId)),
  ]
  return {
    handlers: [
      perform(readChannels, ({ principal }) => {
        const id = principal.companyId as CompanyId
        const { uses, mostServices, ...counts } = book.company(id)
        const limit = directory.company(id)?.limits.callsAtOnce
        const people = directory.usersOf(id).length
        return {
          company: {
            ...shown(counts, limit),
            uses: [...uses],
            recordings: recordingsOf(id),
          },
          ...(principal.isOperator ? { installation: shown(book.all, maxCalls) } : {}),
          compared: { people, services: mostServices, figures: figuresOf(compared, people, mostServices) },
        }
      }),
    ],
    close: () => {
      for (const end of ends) end()
    },
  }
}

const shown = ({ mostTodayAtMs, ...counts }: ChannelCount, limit: number | undefined) => ({
  ...counts,
  ...(mostTodayAtMs === undefined ? {} : { mostTodayAt: new Date(mostTodayAtMs).toISOString() }),
  ...(limit === undefined ? {} : { limit }),
})

/** What the tables give for so many people, and for so many calls with services at once. */
function figuresOf(requirements: readonly Requirement[], people: number, services: number) {
  const facts = { 'people.total': people, 'option.mediaChannels': Math.max(1, services) }
  return planMachines(requirements, facts)
    .filter(({ outcome }) => outcome === 'found')
    .flatMap(({ gives }) => gives.map(({ name, value }) => ({ name, value })))
}
