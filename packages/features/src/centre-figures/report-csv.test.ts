import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noCounts } from '@vaxel/core'
import { agentCsv, cell, workCsv } from './report-csv.ts'

describe('reports for spreadsheets', () => {
  it('hold nothing that a spreadsheet runs', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx']) assert.match(cell(text), /^"'/)
    assert.equal(cell('He said "no", twice'), '"He said ""no"", twice"')
  })

  it('have local times, rows and the sum as the last line', () => {
    const total = {
      counts: { ...noCounts(), arrived: 3, answered: 2, inLevel: 1, waitedMs: 5000 },
      figures: { serviceLevel: 0.5 },
    }
    const report = {
      from: '2026-11-21',
      to: '2026-11-21',
      timeZone: 'Europe/Stockholm',
      at: '2026-11-21T10:00:00Z',
      rows: [{ at: '2026-11-21T07:15:00Z', queueName: 'Sälj, "väst"', ...total }],
      total,
    }
    const [header, row, sum, end] = workCsv(report).split('\r\n')
    assert.match(header!, /^from \(Europe\/Stockholm\),queue,agent,channel,wrap-up code,arrived,answered,/)
    assert.match(row!, /^2026-11-21 08:15,"Sälj, ""väst""",,,,3,2,1,0,0,0,0,0,0,0,0,50\.0,,/)
    assert.match(sum!, /^,total,,,,3,2,/)
    assert.equal(end, '')
  })

  it('have a column for each reason that occurs', () => {
    const row = {
      agentId: 'a',
      agentName: 'Anna',
      readyMs: 0,
      busyMs: 0,
      wrapUpMs: 0,
      notReadyMs: 60_000,
      loggedInMs: 60_000,
      answered: 1,
      missed: 0,
      scores: 0,
    }
    const csv = agentCsv({
      from: '2026-11-21',
      to: '2026-11-21',
      timeZone: 'UTC',
      at: '2026-11-21T10:00:00Z',
      rows: [
        { ...row, reasons: [{ reason: 'l', name: 'Lunch', isWork: false, ms: 60_000 }] },
        { ...row, agentName: 'Bo', reasons: [{ reason: 'missedOffer', isWork: false, ms: 1500 }] },
      ],
    })
    const [header, anna, bo] = csv.split('\r\n')
    assert.match(header!, /not ready: Lunch s,not ready: missedOffer s$/)
    assert.match(anna!, /,60\.0,0\.0$/)
    assert.match(bo!, /,0\.0,1\.5$/)
  })
})
