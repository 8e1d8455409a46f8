import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Centre, QueueId } from '../centre.ts'
import { aCentre, aQueue, monday } from '../dispatcher/world.test-support.ts'
import { erlangFigures } from '../erlang.ts'
import { figuresOf } from '../figures/definitions.ts'
import { addCounts, noCounts, type WorkCounts } from '../figures/counts.ts'
import { faultsOf } from '../figures/reconcile.ts'
import { DayFigures } from './day-figures.ts'
import type { DayPlan } from './day-plan.ts'
import { makeDay } from './make-day.ts'
import { simulateDay } from './simulate-day.ts'

const q = (id: string) => id as QueueId

function runDay(plan: DayPlan): { readonly figures: DayFigures; readonly events: number } {
  const figures = new DayFigures({ fromMs: plan.fromMs, toMs: plan.toMs, intervalMs: 1_800_000 })
  const day = simulateDay(plan, { fact: (fact) => figures.see(fact) })
  for (;;) {
    const { done, value } = day.next()
    if (done) return { figures, events: value }
  }
}

const sumOf = (figures: DayFigures, id: string): WorkCounts =>
  figures.queue(q(id)).reduce((sum, { counts }) => addCounts(sum, counts), noCounts())

const people = (
  count: number,
  queues: (n: number) => readonly string[],
  skills: Readonly<Record<string, number>> = {},
) => Array.from({ length: count }, (_, n) => ({ id: `a${n}`, queues: queues(n), skills }))

describe('the simulator', () => {
  it('gives what Erlang C says where its assumptions hold', () => {
    const queues = [aQueue('q', { wrapUp: { seconds: 0, needsCode: false } })]
    const centre = aCentre({ queues, agents: people(22, () => ['q']) })
    const traffic = [{ queueId: q('q'), perHour: 400, handlingSeconds: 180 }]
    const plan = makeDay({ seed: 4, centre, traffic, fromMs: monday, hours: 100 })
    const { figures } = runDay(plan)
    const counts = sumOf(figures, 'q')
    const { serviceLevel, averageWaitMs } = figuresOf(counts)
    const erlang = erlangFigures({ perHour: 400, handlingSeconds: 180 }, 22, 20)
    assert.deepEqual(faultsOf(counts), [])
    assert.ok(Math.abs(serviceLevel! - erlang.serviceLevel) < 0.03, `${serviceLevel} by day, ${erlang.serviceLevel}`)
    assert.ok(Math.abs(averageWaitMs! / 1000 / erlang.averageWaitSeconds! - 1) < 0.15, `${averageWaitMs} ms`)
    const { agents } = figures.queue(q('q'))[50]!
    assert.ok(Math.abs(agents - 22) < 0.1, `${agents} agents`)
  })

  it('gives the same for the same seed', () => {
    const centre = aCentre({ agents: people(5, () => ['q']) })
    const traffic = [{ queueId: q('q'), perHour: 100, handlingSeconds: 180, wrapSeconds: 10, patienceSeconds: 60 }]
    const [one, other] = [1, 2].map(() =>
      sumOf(runDay(makeDay({ seed: 9, centre, traffic, fromMs: monday, hours: 2 })).figures, 'q'),
    )
    assert.deepEqual(one, other)
    assert.ok(one!.abandoned > 0)
  })

  it('runs 10,000 agents and 100,000 customers, and loses none', () => {
    const ids = Array.from({ length: 40 }, (_, n) => `q${n}`)
    const queues = ids.map((id) => aQueue(id, { agesEverySeconds: 120 }))
    const agents = people(10_000, (n) => [ids[n % 40]!, ids[(n * 7 + 1) % 40]!])
    const centre: Centre = aCentre({ queues, agents })
    const traffic = ids.map((id) => ({
      queueId: q(id),
      perHour: 2500,
      handlingSeconds: 350,
      wrapSeconds: 20,
      patienceSeconds: 120,
    }))
    const { figures } = runDay(makeDay({ seed: 1, centre, traffic, fromMs: monday, hours: 1, answerMs: 3000 }))
    const sum = ids.reduce((all, id) => addCounts(all, sumOf(figures, id)), noCounts())
    assert.ok(sum.arrived > 95_000, `${sum.arrived} came`)
    assert.equal(sum.open, 0)
    assert.deepEqual(faultsOf(sum), [])
  })
})
