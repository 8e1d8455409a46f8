import type { CallId, CompanyId } from '@vaxel/base'
import type { CallRecord, LedgerEntry } from '@vaxel/core'

export const companyId = 'company' as CompanyId

/** What the ledger is told of a call: its row and one event. */
export const entryOf = (id: string, more: Partial<CallRecord> = {}): LedgerEntry => ({
  call: {
    id: id as CallId,
    companyId,
    direction: 'internal',
    startedAtMs: 1,
    caller: { number: '201' },
    dialled: '202',
    called: { number: '202' },
    ...more,
  },
  events: [{ kind: `of ${id}`, atMs: 1, companyId, callId: id as CallId, data: {} }],
})
