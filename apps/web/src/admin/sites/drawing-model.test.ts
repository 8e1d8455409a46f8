import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Opening } from '@vaxel/site'
import { drawOpenings, portsText } from './drawing-model.ts'

const end = (place: string, networks: readonly string[] = []) => ({
  place,
  label: place,
  any: networks.length === 0,
  networks,
  names: [],
})

const opening = (id: string, direction: Opening['direction'], from: string, to: string): Opening => ({
  id,
  requirementIds: [id],
  title: id,
  lostIfMissing: '',
  direction,
  from: end(from, ['10.0.0.0/8']),
  to: end(to, ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '192.0.2.7']),
  protocol: 'udp',
  ports: [
    { from: 443, to: 443 },
    { from: 49152, to: 65535 },
  ],
  carries: 'SRTP',
  level: 'required',
})

describe('the drawing of a network', () => {
  const { boxes, arrows, width, height } = drawOpenings([
    opening('a', 'out', 'lan', 'service'),
    opening('b', 'in', 'service', 'exchange'),
    opening('c', 'out', 'lan', 'makers'),
    opening('d', 'inside', 'lan', 'exchange'),
  ])

  it('has the customer on the left and the others on the right, once each', () => {
    assert.deepEqual(
      boxes.map(({ key }) => key),
      ['customer lan', 'customer exchange', 'provider service', 'provider makers'],
    )
    for (const box of boxes) assert.ok(box.x + box.width <= width && box.y + box.height <= height)
    assert.deepEqual(boxes[2]?.lines, ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '+ 3'])
  })

  it('points from whoever begins, each arrow at a place of its own', () => {
    assert.deepEqual(
      arrows.map(({ key }) => key),
      ['a', 'b', 'c'],
    )
    assert.ok(arrows[0]!.from[0] < arrows[0]!.to[0])
    assert.ok(arrows[1]!.from[0] > arrows[1]!.to[0])
    const ends = arrows.flatMap(({ from, to }) => [from.join(), to.join()])
    assert.equal(new Set(ends).size, ends.length)
  })

  it('writes ports as people do', () => {
    assert.equal(portsText(opening('a', 'out', 'x', 'y').ports), '443, 49152–65535')
    assert.equal(arrows[0]?.label, 'SRTP UDP 443, 49152–65535')
  })
})
