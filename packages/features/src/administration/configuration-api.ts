import {
  listAudit,
  listConfigurationChanges,
  type OperationHandler,
  perform,
  undoConfigurationChange,
} from '@vaxel/contract'
import type { AuditReader } from '@vaxel/core'
import type { CompanyId } from '@vaxel/base'
import type { ChangeHistory } from './change-history.ts'
import { actingFor } from './scope.ts'
import type { UndoService } from './undo.ts'

const usualLimit = 50
const kindsAbout: Readonly<Record<string, readonly string[]>> = {
  configuration: ['configuration.changed'],
  sessions: ['session.created', 'session.ended'],
  security: ['security.lockedOut'],
  registrations: ['registrar.bound', 'registrar.unbound'],
}

/** The configuration's past, and the audit. */
export function configurationHandlers({
  history,
  undo,
  audit,
}: {
  history: ChangeHistory
  undo: UndoService
  audit: AuditReader
}): readonly OperationHandler[] {
  return [
    perform(listConfigurationChanges, ({ principal, address, query }) =>
      history.sets(actingFor(principal, address), query),
    ),
    perform(undoConfigurationChange, ({ principal, address, params }) =>
      undo.undo(actingFor(principal, address), Number(params.number)),
    ),
    perform(listAudit, async ({ principal, query: { before, limit = usualLimit, about } }) => {
      const events = await audit.audit({
        companyId: principal.companyId as CompanyId,
        limit: limit + 1,
        ...(before === undefined ? {} : { before }),
        ...(about === undefined ? {} : { kinds: kindsAbout[about] ?? [] }),
      })
      const items = events.slice(0, limit).map(({ number, kind, atMs, companyId, data }) => ({
        number,
        kind,
        at: new Date(atMs).toISOString(),
        companyId,
        data: data as Record<string, unknown>,
      }))
      return events.length > limit ? { items, next: items.at(-1)!.number } : { items }
    }),
  ]
}
