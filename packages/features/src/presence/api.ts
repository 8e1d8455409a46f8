import * as contract from '@vaxel/contract'
import { type OperationHandler, perform } from '@vaxel/contract'
import type { PeopleService } from './people-service.ts'

export function presenceHandlers(people: PeopleService): readonly OperationHandler[] {
  return [
    perform(contract.listPresence, ({ principal, query }) => people.list(principal, query)),
    perform(contract.readPresence, ({ principal, params }) => people.read(principal, params.userId)),
    perform(contract.readMyPresence, ({ principal }) => people.own(principal)),
    perform(contract.choosePresence, ({ principal, body }) => people.choose(principal, body)),
    perform(contract.clearPresence, ({ principal }) => people.clear(principal)),
  ]
}
