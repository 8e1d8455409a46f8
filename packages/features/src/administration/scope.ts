import type { Clock, CompanyId, DeviceId, RandomBytes, UserId } from '@vaxel/base'
import type { Principal } from '@vaxel/contract'
import type {
  Actor,
  Binding,
  BindingStore,
  CentreStore,
  ConfigurationWriter,
  Credentials,
  FlowStore,
  SessionStore,
} from '@vaxel/core'

/** What administration works with. */
export interface AdministrationDependencies {
  readonly configuration: ConfigurationWriter
  readonly credentials: Credentials
  readonly sessions: SessionStore
  readonly bindings: BindingStore
  readonly endBinding: EndBinding
  /** Ends what devices of a company have bound from outside its networks. */
  readonly endBindingsOutside: (companyId: CompanyId) => Promise<void>
  /** Absent: numbers may name any flow. */
  readonly flows?: Pick<FlowStore, 'flow'>
  /** Absent: numbers may name any queue. */
  readonly centres?: Pick<CentreStore, 'published'>
  readonly clock: Clock
  readonly random: RandomBytes
}

/** How a binding is ended; the registrar's way tells those who watch it. */
export type EndBinding = (binding: Binding) => Promise<void>

/** Ends the bindings of a user, or of one of the user's devices. */
export async function endBindings(
  { bindings, endBinding }: AdministrationDependencies,
  userId: UserId,
  deviceId?: DeviceId,
): Promise<void> {
  for (const binding of bindings.ofUser(userId))
    if (deviceId === undefined || binding.deviceId === deviceId) await endBinding(binding)
}

/** The company that somebody acts in, and who they are for the audit. */
export interface Acting {
  readonly companyId: CompanyId
  readonly userId: UserId
  /** May see what belongs to other users of the company. */
  readonly seesAll: boolean
  readonly isOperator: boolean
  /** By a program on the server's own machine. */
  readonly isThisMachine?: boolean
  readonly actor: Actor
}

export function actingFor(principal: Principal, address: string): Acting {
  return {
    companyId: principal.companyId as CompanyId,
    userId: principal.userId as UserId,
    seesAll: principal.role === 'supervisor' || principal.role === 'administrator',
    isOperator: principal.isOperator,
    ...(principal.isThisMachine ? { isThisMachine: true } : {}),
    actor: { by: `user:${principal.userId}`, address },
  }
}

/** Takes what a PATCH names over a thing: absent leaves it, null takes it away (RFC 7396). */
export function patched<T extends object>(before: T, patch: { readonly [K in keyof T]?: T[K] | null }): T {
  const after = { ...before } as Record<string, unknown>
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete after[key]
    else if (value !== undefined) after[key] = value
  }
  return after as T
}
