import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { cardLanguages, type DirectoryCard } from './card.ts'
import { CardSegment } from './card-segment.ts'
import { DirectoryIndex } from './directory-index.ts'
import { foldText, searchWordsOf, wordsOf } from './fold-text.ts'
import { FreshCards } from './fresh-cards.ts'
import { numberDigits, weighDigits } from './number-digits.ts'
import { parseQuery } from './parse-query.ts'
import { type SearchPlan, searchParts } from './search-plan.ts'

const cardOf = (id: string, name: string, more: Partial<DirectoryCard> = {}): DirectoryCard => ({
  id,
  kind: 'shared',
  name,
  numbers: [],
  ...more,
})

const planOf = (typed: string, more: Partial<SearchPlan> = {}): SearchPlan => ({
  query: parseQuery(typed),
  language: 'en',
  limit: 10,
  favourites: new Set(),
  ...more,
})

const indexOf = (cards: readonly DirectoryCard[]): DirectoryIndex => {
  const index = new DirectoryIndex()
  for (const card of cards) index.put(card)
  return index
}

const namesFound = (index: DirectoryIndex, typed: string, more: Partial<SearchPlan> = {}): string[] =>
  searchParts(index.parts, planOf(typed, more)).found.map(({ name }) => name)

describe('words of a directory', () => {
  it('are compared without case, accents and ligatures', () => {
    assert.equal(foldText('Åsa NYSTRÖM'), 'asa nystrom')
    assert.equal(foldText('Cœur Straße Øystein Łukasz İnan'), 'coeur strasse oystein lukasz inan')
  })

  it('are parted by everything that is neither letter nor digit, but not by apostrophes', () => {
    assert.deepEqual(wordsOf("Anne-Marie O'Brien (2nd)"), ['anne', 'marie', 'obrien', '2nd'])
    assert.deepEqual(searchWordsOf('Anne-Marie d’Aubigné'), ['anne', 'marie', 'daubigne', 'aubigne', 'annemarie'])
  })

  it('take digits that only punctuation parts for one number', () => {
    assert.deepEqual(parseQuery('åsa 046-846 50 04'), [{ text: 'asa' }, { digits: '0468465004' }])
    assert.deepEqual(parseQuery('+46 (0)8 - 465'), [{ digits: '468465' }])
    assert.deepEqual(parseQuery('201'), [{ text: '201', digits: '201' }])
    assert.deepEqual(parseQuery('2b or not'), [{ text: '2b' }, { text: 'or' }, { text: 'not' }])
    assert.deepEqual(parseQuery(' - + ( ) '), [])
  })
})

describe('numbers of a directory', () => {
  it('know where the national part begins', () => {
    for (const [number, national] of [
      ['+46846500401', 2],
      ['+33199005501', 2],
      ['+15550100', 1],
      ['+358401234567', 3],
      ['201', 0],
    ] as const)
      assert.equal(numberDigits(number).national, national, number)
  })

  it('are found in any way of writing them', () => {
    const number = numberDigits('+46846500401')
    for (const [typed, weight] of [
      ['46846500401', 0],
      ['0846500401', 0],
      ['0046846500401', 0],
      ['0468465004', 1],
      ['08', 1],
      ['0401', 2],
      ['401', 2],
      ['6500', 3],
      ['01', undefined],
      ['0900', undefined],
      ['468465004011', undefined],
    ] as const)
      assert.equal(weighDigits(typed, number), weight, typed)
  })
})

describe('the directory', () => {
  const people = indexOf([
    cardOf('1', 'Åsa Nyström', {
      kind: 'colleague',
      title: 'Växeltelefonist',
      numbers: [{ number: '207', kind: 'extension' }],
    }),
    cardOf('2', 'Anna Lindqvist', { kind: 'colleague', department: 'Försäljning', skills: ['Deutsch', 'Español'] }),
    cardOf('3', 'Zoé Lefèvre', { kind: 'colleague', numbers: [{ number: '+46846500409', kind: 'work' }] }),
    cardOf('4', 'Östen Öhman', { organisation: 'Nyström & Söner' }),
    cardOf('5', 'Nils Adler'),
  ])

  it('finds by the beginning of each word, without accents', () => {
    assert.deepEqual(namesFound(people, 'nyst asa'), ['Åsa Nyström'])
    assert.deepEqual(namesFound(people, 'LEFEVRE'), ['Zoé Lefèvre'])
    assert.deepEqual(namesFound(people, 'espan forsalj'), ['Anna Lindqvist'])
    assert.deepEqual(namesFound(people, 'vaxeltel'), ['Åsa Nyström'])
    assert.deepEqual(namesFound(people, 'ystrom'), [])
  })

  it('puts whoever has the name before whoever works there, and favourites first', () => {
    assert.deepEqual(namesFound(people, 'nystrom'), ['Åsa Nyström', 'Östen Öhman'])
    assert.deepEqual(namesFound(people, 'nystrom', { favourites: new Set(['4']) }), ['Östen Öhman', 'Åsa Nyström'])
  })

  it('finds by any part of a number', () => {
    assert.deepEqual(namesFound(people, '08-465 004'), ['Zoé Lefèvre'])
    assert.deepEqual(namesFound(people, '0409'), ['Zoé Lefèvre'])
    assert.deepEqual(namesFound(people, '207'), ['Åsa Nyström'])
    assert.deepEqual(
      people.withNumbers(['+46846500409', '207', '20']).map(({ id }) => id),
      ['1', '3'],
    )
  })

  it('lists in the order of the language', () => {
    assert.deepEqual(namesFound(people, '', { language: 'sv' }), [
      'Anna Lindqvist',
      'Nils Adler',
      'Zoé Lefèvre',
      'Åsa Nyström',
      'Östen Öhman',
    ])
    assert.deepEqual(namesFound(people, '', { language: 'en' }), [
      'Anna Lindqvist',
      'Åsa Nyström',
      'Nils Adler',
      'Östen Öhman',
      'Zoé Lefèvre',
    ])
  })

  it('lists one kind alone', () => {
    assert.deepEqual(namesFound(people, '', { kind: 'shared' }), ['Nils Adler', 'Östen Öhman'])
  })
})

const nameWord = fc.constantFrom(
  'Åsa',
  'Asa',
  'Anna',
  'Ann',
  'Ö',
  'Öhman',
  'Zoé',
  'zoe',
  "O'Brien",
  'Anne-Marie',
  'de',
  '北京',
  'שלום',
  '201',
  '12b',
)
const numberText = fc.oneof(
  fc.stringMatching(/^[0-9]{2,4}$/),
  fc.stringMatching(/^\+46[0-9]{1,9}$/),
  fc.stringMatching(/^\+1[0-9]{1,4}$/),
)
const phrase = fc.array(nameWord, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
const anyCard = fc.record(
  {
    id: fc.stringMatching(/^[a-c][0-9]$/),
    kind: fc.constantFrom('colleague' as const, 'shared' as const),
    name: phrase,
    organisation: phrase,
    title: phrase,
    skills: fc.array(nameWord, { maxLength: 2 }),
    numbers: fc.array(
      fc.record({ number: numberText, kind: fc.constant('work' as const) }, { noNullPrototype: true }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['id', 'kind', 'name', 'numbers'], noNullPrototype: true },
)
const anyQuery = fc.oneof(
  phrase,
  fc.constantFrom('', 'a', 'an', 'zo', 'o', '4', '46', '0', '00', '012', '0146', '1'),
  fc.stringMatching(/^[0-9]{1,5}$/),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)

describe('the tables of the directory', () => {
  it('find what comparing each card finds, in the same order, page by page', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyCard, { selector: ({ id }) => id, maxLength: 24 }),
        fc.uniqueArray(fc.stringMatching(/^[a-c][0-9]$/), { maxLength: 4 }),
        fc.array(anyQuery, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...cardLanguages),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(undefined, 'colleague' as const, 'shared' as const),
        (cards, special, queries, language, limit, kind) => {
          const naive = new FreshCards()
          for (const card of cards) naive.put(card)
          const segments = [new CardSegment(cards.slice(0, 9)), new CardSegment(cards.slice(9))]
          for (const id of special.slice(2)) {
            naive.remove(id)
            for (const segment of segments) segment.remove(id)
          }
          for (const typed of queries) {
            const plan = planOf(typed, { language, limit: 100, favourites: new Set(special), ...(kind && { kind }) })
            const expected = naive.search(plan)
            const pages: string[] = []
            let after: SearchPlan['after']
            do {
              const page = searchParts(segments, { ...plan, limit, ...(after && { after }) })
              assert.equal(page.total, expected.total, typed)
              pages.push(...page.found.map(({ id }) => id))
              after = page.found.length === limit ? page.found.at(-1) : undefined
            } while (after)
            assert.deepEqual(
              pages,
              expected.found.map(({ id }) => id),
              typed,
            )
            for (const { id, card } of searchParts(segments, plan).found) assert.deepEqual(card(), naive.get(id))
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('find cards by whole numbers, leading zeros included', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyCard, { selector: ({ id }) => id, maxLength: 12 }), numberText, (cards, number) => {
        const { digits } = numberDigits(number)
        const expected = cards.filter((card) => card.numbers.some((own) => numberDigits(own.number).digits === digits))
        const found = new CardSegment(cards).withNumbers(new Set([digits]))
        assert.deepEqual(found.map(({ id }) => id).sort(), expected.map(({ id }) => id).sort())
      }),
    )
  })

  it('stay true while thousands of cards change', () => {
    const index = new DirectoryIndex()
    const expected = new Map<string, DirectoryCard>()
    let seed = 1
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let i = 0; i < 9_000; i++) {
      const id = `c${random(4_000)}`
      if (random(4) === 0) {
        assert.equal(index.remove(id), expected.delete(id))
        continue
      }
      const card = cardOf(id, `Person ${random(50)}`, {
        numbers: [{ number: `+468465${random(90) + 10}`, kind: 'work' }],
      })
      index.put(card)
      expected.set(id, card)
    }
    assert.equal(index.size, expected.size)
    const all = searchParts(index.parts, planOf('', { limit: 10_000 })).found.map(({ id }) => id)
    assert.deepEqual(all.sort(), [...expected.keys()].sort())
    for (const [id, card] of expected) assert.deepEqual(index.get(id), card)
    const wanted = searchParts(index.parts, planOf('person 7', { limit: 10_000 })).found
    assert.deepEqual(
      wanted.map(({ id }) => id).sort(),
      [...expected.values()]
        .filter(({ name }) => name.startsWith('Person 7'))
        .map(({ id }) => id)
        .sort(),
    )
  })
})
