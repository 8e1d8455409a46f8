import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  addNode,
  edited,
  exitsOf,
  freeId,
  type Graph,
  historyOf,
  link,
  newNode,
  nodeGroups,
  putNode,
  redone,
  removeNodes,
  undone,
} from './flow-draft.ts'
import { freePlace, nodeHeight } from './places.ts'

const empty: Graph = { start: 'menu1', nodes: [], timeZone: 'Europe/Stockholm', mostStaySeconds: 600 }
const one = { firstUserId: 'u1' }
const menu = newNode('menu', 'menu1', one)
const end = newNode('hangUp', 'hangUp1', one)

/** A menu whose first key ends the call. */
const drawn = addNode(addNode(empty, menu), end, { id: 'menu1', exit: '1' })

describe('a flow as it is drawn', () => {
  it('begins at its first node, and leads on from the exit at which a node was added', () => {
    assert.equal(drawn.start, 'menu1')
    assert.deepEqual(drawn.nodes[0]?.exits, { '1': 'hangUp1' })
  })

  it('has a node of every kind that is offered', () => {
    for (const kind of Object.values(nodeGroups).flat()) assert.equal(newNode(kind, 'a', one).kind, kind)
  })

  it('gives each node a name of its own', () => {
    assert.equal(freeId(drawn, 'menu'), 'menu2')
    assert.equal(freeId(drawn, 'time'), 'time1')
  })

  it('leaves no exit that leads to a node that is gone', () => {
    const left = removeNodes(drawn, ['hangUp1'])
    assert.deepEqual(left.nodes[0]?.exits, {})
    assert.equal(removeNodes(drawn, ['menu1']).start, 'hangUp1')
  })

  it('forgets where a key led that is not on offer any more', () => {
    const node = drawn.nodes[0]!
    assert.ok(node.kind === 'menu')
    const changed = putNode(drawn, { ...node, keys: '2' })
    assert.deepEqual(changed.nodes[0]?.exits, {})
    assert.deepEqual(exitsOf(changed.nodes[0]!), ['2', 'silence', 'wrong'])
  })

  it('takes back and does again what was done', () => {
    const first = historyOf(drawn)
    const second = edited(first, link(drawn, 'menu1', '1', undefined))
    assert.deepEqual(second.now.nodes[0]?.exits, {})
    assert.equal(undone(second).now, drawn)
    assert.equal(redone(undone(second)).now, second.now)
    assert.equal(edited(second, second.now).past.length, second.past.length)
  })
})

describe('a place for a new step', () => {
  it('is right of what leads to it, and never on another step', () => {
    const first = { ...newNode('menu', 'a', one), at: { x: 0, y: 0 } }
    const second = { ...newNode('ring', 'b', one), at: { x: 322, y: 0 } }
    const graph: Graph = { ...empty, start: 'a', nodes: [first, second] }
    const place = freePlace(graph, end, 'a')
    assert.equal(place.x, 322)
    assert.ok(place.y > nodeHeight(second))
    assert.deepEqual(freePlace(empty, end), { x: 0, y: 0 })
  })
})
