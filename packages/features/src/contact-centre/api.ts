import {
  addCustomerNote,
  answerOffer,
  commandWork,
  keepWorkNote,
  listWaitingWork,
  listWorkReceivers,
  type OperationHandler,
  perform,
  readAgentDesk,
  readAgentMembership,
  readOwnAgentFigures,
  readWork,
  setAgentState,
} from '@vaxel/contract'
import type { AgentService } from './agent-service.ts'

/** An agent's place over the API. */
export function contactCentreHandlers(agents: AgentService): readonly OperationHandler[] {
  return [
    perform(readAgentDesk, ({ principal }) => agents.place(principal)),
    perform(readAgentMembership, ({ principal }) => ({ isAgent: agents.isAgent(principal) })),
    perform(setAgentState, ({ principal, body }) => agents.setState(principal, body)),
    perform(answerOffer, ({ principal, params }) => agents.answer(principal, params.offerId, params.answer)),
    perform(listWaitingWork, ({ principal, query }) => agents.waiting(principal, query)),
    perform(readWork, ({ principal, params }) => agents.read(principal, params.itemId)),
    perform(commandWork, ({ principal, params, body }) => agents.command(principal, params.itemId, params.verb, body)),
    perform(listWorkReceivers, ({ principal, params, query }) =>
      agents.receivers(principal, params.itemId, query.text ?? ''),
    ),
    perform(keepWorkNote, ({ principal, params, body }) => agents.keepNote(principal, params.itemId, body.text)),
    perform(addCustomerNote, ({ principal, params, body }) => agents.addRemark(principal, params.itemId, body.text)),
    perform(readOwnAgentFigures, ({ principal }) => agents.figures(principal)),
  ]
}
