import Type from 'typebox'
import {
  ConferenceMemberGone,
  ConferenceModeratorsOnly,
  ConferenceNotRunning,
  ConferenceSilenced,
} from '../conference-errors.ts'
import { Conflict, NotAllowed, NumberForEmergencies } from '../errors.ts'
import { Closed, Id, NumberText, OneOf, Page, pageQuery } from '../objects/common.ts'
import { Conference, ConferenceRoom, ConferenceRoomWish } from '../objects/conference.ts'
import { operation } from '../operation.ts'

const tag = 'conferences'
const params = { number: NumberText('The number of the room; write the + as %2B.') }
const room = '/api/v1/conference-rooms/{number}'

export const listConferenceRooms = operation({
  id: 'listConferenceRooms',
  method: 'GET',
  path: '/api/v1/conference-rooms',
  tag,
  summary: 'Conference rooms of the company: every number that reaches a conference, by number',
  access: 'user',
  query: pageQuery,
  reply: Page(ConferenceRoom),
})

export const readConferenceRoom = operation({
  id: 'readConferenceRoom',
  method: 'GET',
  path: room,
  tag,
  summary: 'One conference room; its PINs for its owner, its moderators and administrators',
  access: 'user',
  params,
  reply: ConferenceRoom,
})

export const putConferenceRoom = operation({
  id: 'putConferenceRoom',
  method: 'PUT',
  path: room,
  tag,
  summary: 'Make or set a conference room',
  description:
    'Administrators make rooms: the number is made with it where there is none. Owners and moderators set their own. What is set holds from the next conference on; PINs and moderators at once.',
  access: 'user',
  params,
  body: ConferenceRoomWish,
  reply: ConferenceRoom,
  errors: [Conflict, NotAllowed, NumberForEmergencies],
})

export const removeConferenceRoom = operation({
  id: 'removeConferenceRoom',
  method: 'DELETE',
  path: room,
  tag,
  summary: 'Remove a conference room with its number',
  access: 'administrator',
  params,
})

export const listConferences = operation({
  id: 'listConferences',
  method: 'GET',
  path: '/api/v1/conferences',
  tag,
  summary: 'Conferences that go on: those you are in or moderate; all of the company for supervisors and above',
  access: 'user',
  reply: Closed({ items: Type.Array(Conference, { maxItems: 1000 }) }, { title: 'RunningConferences' }),
})

const conference = '/api/v1/conferences/{conference}'
const conferenceParams = {
  conference: Type.String({
    minLength: 1,
    maxLength: 64,
    pattern: '^[0-9A-Za-z+*#-]+$',
    description: 'Number of the room, or `ad-hoc-…`; write the + as %2B.',
  }),
}

export const readConference = operation({
  id: 'readConference',
  method: 'GET',
  path: conference,
  tag,
  summary: 'Who is in a conference now; names for those in it, its moderators, supervisors and administrators alone',
  description: 'Changes afterwards come as the notice `conference.changed`, and who speaks as `conference.speaking`.',
  access: 'user',
  params: conferenceParams,
  reply: Conference,
})

export const conferenceVerbs = [
  'mute',
  'unmute',
  'raiseHand',
  'lowerHand',
  'remove',
  'muteAll',
  'unmuteAll',
  'lock',
  'unlock',
  'lecture',
  'discussion',
  'end',
  'invite',
  'startRecording',
  'stopRecording',
] as const

export const commandConference = operation({
  id: 'commandConference',
  method: 'POST',
  path: `${conference}/commands/{verb}`,
  tag,
  summary: 'Command a conference',
  description:
    'mute · unmute · raiseHand · lowerHand (memberId; by default yourself) · remove (memberId) · muteAll · unmuteAll · lock · unlock · lecture (only moderators are heard) · discussion · end · invite (to: a number that is called and comes in) · startRecording (what all hear, in one file, whoever comes and goes, until it is stopped or the conference ends) · stopRecording. Members may mute, unmute and raise the hand of themselves; the rest is for moderators, supervisors and administrators.',
  access: 'user',
  params: { ...conferenceParams, verb: OneOf([...conferenceVerbs], 'What to do.') },
  body: Closed({
    memberId: Type.Optional(Id('Whom it is about.')),
    to: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 320,
        pattern: '^[^\\s<>]+$',
        description: 'Extension, E.164 number or SIP address.',
      }),
    ),
  }),
  status: 202,
  reply: Conference,
  errors: [ConferenceModeratorsOnly, ConferenceNotRunning, ConferenceMemberGone, ConferenceSilenced],
})
