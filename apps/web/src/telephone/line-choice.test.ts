import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { App, Me } from '../app/app.ts'
import { Cell } from '../base/cell.ts'
import { keptIn } from '../base/storage.ts'
import { askLines, callOn, chosenLine, lineOffer, startLineChoice } from './line-choice.ts'

const support = { number: '+46846500444', name: 'Support', isIn: true, callsOutAs: 'choice' } as const
const desk = { number: '271', name: 'Desk', isIn: false, callsOutAs: 'line' } as const
const group = { number: '270', name: 'Sales', isIn: true } as const

describe('the line that calls are made on', () => {
  let items: object[]
  let tell: (event: { kind: string }) => void
  const kept = keptIn(undefined)
  const appOf = (id: string) =>
    ({
      api: { call: async () => ({ items }) },
      kept,
      me: new Cell({ user: { id } } as Me),
      events: {
        onEvent: (listener: typeof tell) => {
          tell = listener
          return () => {}
        },
      },
    }) as unknown as App
  beforeEach(() => {
    items = [group, support]
    for (const id of ['anna', 'bo']) callOn(appOf(id), undefined)
  })

  it('is the own one unless a line says otherwise; groups, and lines that show their people, are none', () => {
    assert.deepEqual(lineOffer([group]), { lines: [] })
    assert.deepEqual(lineOffer([group, support]), { lines: [{ number: '+46846500444', name: 'Support' }] })
    assert.deepEqual(lineOffer([support, desk]).usual, { number: '271', name: 'Desk' })
  })

  it('is kept for each person of a browser', async () => {
    const stop = startLineChoice(appOf('anna'))
    callOn(appOf('anna'), support.number)
    stop()
    assert.equal(chosenLine.get(), undefined, 'nobody is logged in')
    const stopBo = startLineChoice(appOf('bo'))
    assert.equal(chosenLine.get(), undefined)
    stopBo()
    startLineChoice(appOf('anna'))
    assert.equal(chosenLine.get(), support.number)
  })

  it('is the usual one again when the person no longer belongs to it, or it no longer leaves the choice', async () => {
    const anna = appOf('anna')
    startLineChoice(anna)
    callOn(anna, support.number)
    await askLines(anna)
    assert.equal(chosenLine.get(), support.number)
    items = [group, { number: support.number, name: 'Support', isIn: true }]
    tell({ kind: 'configuration.changed' })
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(chosenLine.get(), undefined)
    startLineChoice(anna)
    assert.equal(chosenLine.get(), undefined, 'also when the page is loaded anew')
  })
})
