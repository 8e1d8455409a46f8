import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { flattenUnits, readUnits } from './flat-units.ts'
import type { EventRow, Unit, Write } from './messages.ts'

const parameter = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.double({ noNaN: true }), fc.constant(null))
const write = fc.tuple(fc.nat(), fc.array(parameter)).map(([statement, rest]): Write => [statement, ...rest])
const event = fc.tuple(
  fc.integer(),
  fc.string(),
  fc.option(fc.string()),
  fc.string(),
  fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
)
const units = fc.array(fc.tuple(fc.array(write), fc.array(event)))

describe('units as one flat list', () => {
  it('are read as they were given, whatever is in them', () => {
    fc.assert(
      fc.property(units, (given) => {
        const expected = given.map(([writes, events]) => ({
          writes: writes.map(([statement, ...parameters]) => ({ statement, parameters })),
          events: events.map(([atMs, companyId, callId, kind, data]) => [
            atMs,
            companyId,
            callId,
            kind,
            JSON.stringify(data),
          ]),
        }))
        assert.deepEqual(readUnits(structuredClone(flattenUnits(given))), expected)
      }),
    )
  })

  it('hold empty units, and nothing at all', () => {
    assert.deepEqual(readUnits(flattenUnits([[[], []]])), [{ writes: [], events: [] }])
    assert.deepEqual(readUnits(flattenUnits([])), [])
  })

  it('are refused with data that is no JSON', () => {
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    const unit: Unit = [[], [[0, 'company', null, 'kind', circular] satisfies EventRow]]
    assert.throws(() => flattenUnits([unit]), TypeError)
  })
})
