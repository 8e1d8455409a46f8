import * as contract from '@vaxel/contract'
import { type OperationHandler, perform } from '@vaxel/contract'
import type { ConferenceDesk } from './conference-desk.ts'
import type { RoomDesk } from './room-desk.ts'

export function conferenceHandlers(rooms: RoomDesk, conferences: ConferenceDesk): readonly OperationHandler[] {
  return [
    perform(contract.listConferenceRooms, ({ principal, query }) => rooms.list(principal, query)),
    perform(contract.readConferenceRoom, ({ principal, params }) => rooms.read(principal, params.number)),
    perform(contract.putConferenceRoom, ({ principal, params, body, address }) =>
      rooms.put(principal, params.number, body, address),
    ),
    perform(
      contract.removeConferenceRoom,
      ({ principal, params, address }) => rooms.remove(principal, params.number, address) as Promise<undefined>,
    ),
    perform(contract.listConferences, ({ principal }) => ({ items: conferences.list(principal) })),
    perform(contract.readConference, ({ principal, params }) => conferences.read(principal, params.conference)),
    perform(contract.commandConference, ({ principal, params, body }) =>
      conferences.command(principal, params.conference, params.verb, body),
    ),
  ]
}
