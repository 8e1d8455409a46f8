import type { DirectoryCard } from '@vaxel/core'

const firstNames =
  'Anna Erik Åsa Björn Östen Zoé François Oliver Charlotte Göran Märta Karin Lars Maria Johan Camille Étienne Grace Emily Hampus Ingrid Jack Kerstin Nils Olof Pär Ragnar Sven Tove Elisabeth'.split(
    ' ',
  )
const syllables =
  'lind berg ström sjö kvist holm hall ny öhr ek dahl gren mark lund söder norr väst hed björk al'.split(' ')
const titles = ['Inköpare', 'Säljare', 'VD', 'Ekonomichef', 'Tekniker', 'Account Manager']
const departments = ['Inköp', 'Försäljning', 'Ledning', 'Service']

/** Made-up contacts, the same each time: names of a few thousand families, two numbers, an address for e-mail. */
export function* madeUpPeople(count: number): Generator<DirectoryCard> {
  let seed = 7
  const below = (most: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % most
  }
  const pick = (of: readonly string[]): string => of[below(of.length)]!
  const family = (): string => {
    const name = pick(syllables) + pick(syllables) + (below(3) === 0 ? pick(syllables) : '')
    return name[0]!.toUpperCase() + name.slice(1)
  }
  for (let i = 0; i < count; i++)
    yield {
      id: `c${String(i).padStart(21, '0')}`,
      kind: 'shared',
      name: `${pick(firstNames)} ${family()}`,
      organisation: `${family()} & Söner AB`,
      title: pick(titles),
      department: pick(departments),
      numbers: [
        { number: `+468${1_000_000 + below(8_999_999)}`, kind: 'work' },
        { number: `+4670${1_000_000 + below(8_999_999)}`, kind: 'mobile' },
      ],
      emails: [`${i % 3 === 0 ? 'info' : `kontakt${i}`}@example.com`],
    }
}
