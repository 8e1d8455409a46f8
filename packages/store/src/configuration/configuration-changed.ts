import type { CompanyId } from '@vaxel/base'
import { type Actor, type ConfigurationChange, type LedgerEvent, type Trunk, withoutPasswords } from '@vaxel/core'

/**
 * The audit of one change: who, what, before and after. Secrets are named, never told.
 * @param set names everything that was changed at once
 */
export function configurationChanged(
  change: ConfigurationChange,
  actor: Actor,
  atMs: number,
  set: string,
): LedgerEvent {
  const data: Record<string, unknown> = { ...actor, set, object: change.kind, id: identify(change) }
  const before = change.before && publicly(change.kind, change.before)
  const after = change.after && publicly(change.kind, change.after)
  if (before) data.before = before
  if (after) data.after = after
  return { kind: 'configuration.changed', atMs, companyId: companyOf(change), data }
}

function publicly(kind: ConfigurationChange['kind'], value: object): object {
  if (kind === 'password') return { ...value, hash: 'hidden' }
  if (kind === 'device') return { ...value, secrets: 'hidden' }
  if (kind === 'trunk') return withoutPasswords(value as Trunk)
  return value
}

function identify(change: ConfigurationChange): string {
  switch (change.kind) {
    case 'domain':
      return (change.after ?? change.before)?.name ?? ''
    case 'number':
      return (change.after ?? change.before)?.number ?? ''
    case 'password':
    case 'operator':
      return (change.after ?? change.before)?.userId ?? ''
    default:
      return (change.after ?? change.before)?.id ?? ''
  }
}

function companyOf(change: ConfigurationChange): CompanyId {
  const value = change.after ?? change.before
  if (!value) throw new Error('a change needs a before or an after')
  if (change.kind === 'company') return (change.after ?? change.before)!.id
  return (value as { companyId: CompanyId }).companyId
}
