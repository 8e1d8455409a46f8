import { erasePerson, type OperationHandler, perform } from '@vaxel/contract'
import { PersonErasure, type PersonErasureDependencies } from './person-erasure.ts'

/** Erases what is kept of one person. */
export function createErasure(dependencies: PersonErasureDependencies): {
  readonly handlers: readonly OperationHandler[]
} {
  const erasure = new PersonErasure(dependencies)
  return { handlers: [perform(erasePerson, ({ principal, body }) => erasure.work(principal, body))] }
}
