import { type CompanyId, isRefusal } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import { InvalidRequest, type OperationHandler, type OperationReply, perform } from '@vaxel/contract'
import type { KeptRecording, LedgerEvent, RecordingFolder, RecordingReport, RecordingStore } from '@vaxel/core'
import type { LibraryService } from './library-service.ts'
import type { PolicyService } from './policy-service.ts'
import { dayOf } from './reconciliation.ts'
import type { RecordingUpkeep } from './upkeep.ts'
import { verifyChain } from './verify-chain.ts'

export function recordingHandlers(parts: {
  library: LibraryService
  policies: PolicyService
  upkeep: RecordingUpkeep
  store: RecordingStore
  folder: RecordingFolder
  tell: (event: Omit<LedgerEvent, 'atMs'>) => Promise<unknown>
  now: () => number
}): readonly OperationHandler[] {
  const { library, policies, upkeep, store, tell, now } = parts
  return [
    perform(contract.findRecordings, async ({ principal, query }) => {
      const found = await library.list(principal, query)
      const last = found.length === (query.limit ?? 50) ? found.at(-1) : undefined
      return { items: found.map(toView), ...(last ? { next: last.id } : {}) }
    }),
    perform(contract.readRecording, async ({ principal, params }) => {
      const found = await library.find(principal, params.recordingId)
      return isRefusal(found) ? found : toView(found)
    }),
    perform(contract.listenToRecording, ({ principal, params, query }) =>
      library.audio(principal, params.recordingId, query.download === 'yes'),
    ),
    perform(contract.readRecordingPeaks, ({ principal, params }) => library.peaks(principal, params.recordingId)),
    perform(contract.holdRecording, async ({ principal, params, body }) => {
      const held = await library.hold(principal, params.recordingId, body.reason)
      return isRefusal(held) ? held : toView(held)
    }),
    perform(contract.releaseRecording, ({ principal, params }) => library.release(principal, params.recordingId)),
    perform(contract.deleteRecording, async ({ principal, params, body }) => {
      const deleted = await library.remove(principal, params.recordingId, body.reason)
      return isRefusal(deleted) ? deleted : toView(deleted)
    }),
    perform(contract.readRecordingPolicy, async ({ principal }) => policies.read(principal)),
    perform(contract.putRecordingPolicy, ({ principal, body }) => policies.put(principal, body)),
    perform(contract.renewRecordingKey, ({ principal }) => policies.renewKey(principal)),
    perform(contract.verifyRecordings, async ({ principal, body: { after = 0, limit = 50 } }) => {
      const companyId = principal.companyId as CompanyId
      const verified = await verifyChain(parts, companyId, { after, limit })
      const data = { userId: principal.userId, checked: verified.checked, faults: verified.faults.length }
      await tell({ kind: 'recording.verified', companyId, data })
      return verified
    }),
    perform(contract.listRecordingReports, async ({ principal, query }) => ({
      items: (await store.reports(principal.companyId as CompanyId, query.limit ?? 31)).map(toReportView),
    })),
    perform(contract.makeRecordingReport, async ({ principal, body }) => {
      if (Number.isNaN(Date.parse(body.day)) || dayOf(Date.parse(body.day)) !== body.day || body.day > dayOf(now()))
        return InvalidRequest(undefined, {
          mistakes: [{ path: '/day', reason: 'is no day that has begun: choose today or an earlier one' }],
        })
      return toReportView(await upkeep.reconcile(principal.companyId as CompanyId, body.day))
    }),
  ]
}

const toTime = (ms: number): string => new Date(ms).toISOString()

function toView(recording: KeptRecording): OperationReply<typeof contract.readRecording> {
  const { companyId: _, file: __, peaks: ___, startedAtMs, pauses, hold, expiresAtMs, deletion, ...rest } = recording
  return {
    ...rest,
    startedAt: toTime(startedAtMs),
    pauses: pauses.map(({ fromMs, toMs }) => ({
      fromMs: Math.round(fromMs),
      ...(toMs === undefined ? {} : { toMs: Math.round(toMs) }),
    })),
    ...(hold ? { hold: { at: toTime(hold.atMs), by: hold.by, reason: hold.reason } } : {}),
    ...(expiresAtMs === undefined ? {} : { expiresAt: toTime(expiresAtMs) }),
    ...(deletion
      ? {
          deletion: { at: toTime(deletion.atMs), reason: deletion.reason, ...(deletion.by ? { by: deletion.by } : {}) },
        }
      : {}),
  }
}

function toReportView({
  companyId: _,
  madeAtMs,
  gaps,
  ...report
}: RecordingReport): OperationReply<typeof contract.makeRecordingReport> {
  return {
    ...report,
    madeAt: toTime(madeAtMs),
    gaps: gaps.map(({ fromMs, toMs, ...gap }) => ({ ...gap, from: toTime(fromMs), to: toTime(toMs) })),
  }
}
