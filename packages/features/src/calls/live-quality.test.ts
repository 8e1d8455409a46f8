import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { LegQuality } from '@vaxel/core'
import { LineNews } from './live-quality.ts'

it('says nothing of a line that is clear, everything while something ails it, and once that it is clear again', () => {
  const clear = { packets: 250, lossRatio: 0.001, jitterMs: 3, mos: 4.4 }
  const line = (received: Partial<LegQuality['received']> = {}): LegQuality => ({
    received: { ...clear, ...received },
    sent: clear,
  })
  const [leg, other] = [{}, {}]
  const news = new LineNews()
  const reports: [LegQuality, boolean][] = [
    [line(), false],
    [line({ lossRatio: 0.01 }), true],
    [line({ lossRatio: 0.01 }), true],
    [line(), true],
    [line(), false],
    [line({ jitterMs: 40 }), true],
    [line({ mos: 3.2 }), true],
  ]
  for (const [report, isNews] of reports) assert.equal(news.isNews(leg, report), isNews, JSON.stringify(report))
  assert.equal(news.isNews(other, line()), false, 'each line for itself')
})
