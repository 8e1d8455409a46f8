import assert from 'node:assert/strict'
import { it } from 'node:test'
import { FreePorts } from './free-ports.ts'

it('goes on in another block of ports where one has too little left', async () => {
  const ports = await FreePorts.claim()
  const ranges = [await ports.range(250), await ports.range(250)] as const
  const [[from, to], [nextFrom, nextTo]] = ranges
  assert.equal(to - from, 249)
  assert.equal(nextTo - nextFrom, 249)
  assert.ok(nextFrom > to || nextTo < from)
  ports.release()
})
