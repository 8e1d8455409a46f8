import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { agentsNeeded, erlangB, erlangC, erlangFigures } from './erlang.ts'

const near = (is: number | undefined, wanted: number, by: number): void =>
  assert.ok(is !== undefined && Math.abs(is - wanted) <= by, `${is} is not ${wanted}`)

describe('Erlang C', () => {
  it('is what can be worked out by hand for one and two agents', () => {
    near(erlangB(1, 0.5), 1 / 3, 1e-12)
    near(erlangB(2, 1), 0.2, 1e-12)
    near(erlangC(1, 0.8), 0.8, 1e-12)
    near(erlangC(2, 1), 1 / 3, 1e-12)
    near(erlangFigures({ perHour: 3600 * 0.8, handlingSeconds: 1 }, 1, 0).averageWaitSeconds, 4, 1e-9)
  })

  it('is what tables of Erlang B say', () => {
    // Lines needed for 1 % loss: 4.46 erlangs on 10, 12.03 on 20, 84.06 on 100.
    near(erlangB(10, 4.461), 0.01, 1e-4)
    near(erlangB(20, 12.031), 0.01, 1e-4)
    near(erlangB(100, 84.064), 0.01, 1e-4)
  })

  it('is what the textbook example says: 360 calls in half an hour of four minutes each, 55 agents', () => {
    const figures = erlangFigures({ perHour: 720, handlingSeconds: 240 }, 55, 15)
    near(figures.load, 48, 1e-9)
    near(figures.waitShare, 0.239, 5e-4)
    near(figures.averageWaitSeconds, 8.2, 0.05)
    near(figures.serviceLevel, 0.845, 1e-3)
    near(figures.occupancy, 0.873, 5e-4)
  })

  it('says how many agents are needed, and no fewer would do', () => {
    const traffic = { perHour: 720, handlingSeconds: 240 }
    const agents = agentsNeeded(traffic, { seconds: 20, percent: 80 })
    assert.ok(agents)
    assert.ok(erlangFigures(traffic, agents, 20).serviceLevel >= 0.8)
    assert.ok(erlangFigures(traffic, agents - 1, 20).serviceLevel < 0.8)
    assert.equal(agentsNeeded({ perHour: 0, handlingSeconds: 240 }, { seconds: 20, percent: 80 }), 0)
    assert.equal(agentsNeeded({ perHour: 1e9, handlingSeconds: 240 }, { seconds: 20, percent: 80 }), undefined)
  })

  it('stands ten thousand agents', () => {
    const figures = erlangFigures({ perHour: 9900 * 12, handlingSeconds: 300 }, 10_000, 20)
    near(figures.load, 9900, 1e-9)
    assert.ok(figures.waitShare > 0.1 && figures.waitShare < 0.5, `${figures.waitShare}`)
    assert.ok(figures.serviceLevel > 0.5 && figures.serviceLevel < 1)
  })

  it('tells no wait where the line grows without end', () => {
    const figures = erlangFigures({ perHour: 720, handlingSeconds: 240 }, 48, 15)
    assert.deepEqual([figures.isStable, figures.averageWaitSeconds, figures.serviceLevel], [false, undefined, 0])
  })
})
