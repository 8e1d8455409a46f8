import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { CompanyId, UserId } from '@vaxel/base'
import type { DirectoryCard } from '@vaxel/core'
import { SearchThread } from '@vaxel/store'
import { toEntry } from '../packages/features/src/directory/views.ts'
import { madeUpPeople } from './directory-people.ts'
import type { Figure, Measurement } from './figure.ts'

const system = 'vaxel'
const who = { companyId: 'company' as CompanyId, userId: 'user' as UserId }
/** Handed over at a time, as the store does. */
const cardsAtOnce = 250

/** What people type, letter by letter, by kind. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'one letter': ['a', 'k', 's', 'ö', 'm'],
  'beginning of a name': ['an', 'ann', 'lindb', 'öhr', 'sjö', 'ber'],
  'two words': ['anna l', 'asa nystrom', 'erik berg', 'zoe dahl'],
  'title or organisation': ['ekonomichef', 'soner', 'forsalj', 'lindberg soner'],
  'part of a number': ['08', '0812', '070', '5501', '+46 8 123', '1234'],
  nobody: ['zzz', 'qwerty', '000999'],
  'everybody by name': [''],
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!

/** Searching a directory of 100,000 contacts while the process does other things. */
export const directory: Measurement = {
  name: 'directory',
  async run(progress, { isQuick }) {
    const count = isQuick ? 10_000 : 100_000
    const rounds = isQuick ? 20 : 200
    const note = `${count.toLocaleString('en')} contacts, answers of 10`
    const search = new SearchThread()
    const figures: Figure[] = []
    const add = (figure: Omit<Figure, 'system' | 'note'>): void => void figures.push({ ...figure, system, note })
    try {
      progress(`${count} contacts`)
      const delays = monitorEventLoopDelay({ resolution: 1 })
      delays.enable()
      const startedMs = performance.now()
      await hand(madeUpPeople(count), (cards) => search.load(who, cards))
      search.loaded()
      const sizeBytes = await search.sizeBytes()
      delays.disable()
      add({ what: 'directory read and searchable', value: (performance.now() - startedMs) / 1000, unit: 's' })
      add({ what: 'longest wait of the main thread meanwhile', value: delays.max / 1e6, unit: 'ms' })
      add({ what: 'tables of the directory', value: sizeBytes / 1e6, unit: 'MB' })
      let largest = 0
      for (const [kind, typed] of Object.entries(kinds)) {
        progress(kind)
        const { times, bytes } = await ask(search, typed, rounds)
        largest = Math.max(largest, bytes)
        add({ what: `search: ${kind}, p50`, value: quantile(times, 0.5), unit: 'ms' })
        const id = `directory.${kind.replaceAll(' ', '-')}.p99`
        add({ what: `search: ${kind}, p99`, value: quantile(times, 0.99), unit: 'ms', id, aim: { most: 20 } })
      }
      add({ what: 'largest answer of 10', value: largest, unit: 'bytes', id: 'directory.bytes', aim: { most: 4096 } })
    } finally {
      await search.close()
    }
    return figures
  },
}

async function hand(cards: Iterable<DirectoryCard>, take: (cards: DirectoryCard[]) => void): Promise<void> {
  let some: DirectoryCard[] = []
  for (const card of cards) {
    some.push(card)
    if (some.length < cardsAtOnce) continue
    take(some)
    some = []
    await new Promise((resolve) => setImmediate(resolve))
  }
  take(some)
}

/** One search after the other, from the question to the lines of the answer. */
async function ask(
  search: SearchThread,
  typed: readonly string[],
  rounds: number,
): Promise<{ times: readonly number[]; bytes: number }> {
  const times: number[] = []
  let bytes = 0
  for (let round = 0; round < rounds; round++)
    for (const text of typed) {
      const from = performance.now()
      const { cards, total } = await search.search({ ...who, typed: text, language: 'sv', limit: 10, favourites: [] })
      const body = JSON.stringify({ items: cards.map((card) => toEntry(card, false, 'SE')), total })
      times.push(performance.now() - from)
      bytes = Math.max(bytes, Buffer.byteLength(body))
    }
  return { times: times.sort((a, b) => a - b), bytes }
}
