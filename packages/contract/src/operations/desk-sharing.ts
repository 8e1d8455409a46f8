import Type from 'typebox'
import { DeskPinWeak } from '../desk-errors.ts'
import { Closed, Id, Time } from '../objects/common.ts'
import { operation } from '../operation.ts'

const tag = 'desk sharing'

const place = {
  deviceId: Id('The phone.'),
  label: Type.String({ description: 'What the phone is called.' }),
  desk: Type.String({ description: 'Name of the desk.' }),
  number: Type.String({ description: 'Number of the desk while nobody is there.' }),
  since: Type.Optional(Time('Since when somebody is there.')),
}

const MyTelephone = Closed(
  {
    intercom: Type.Boolean({ description: 'The own phones answer intercom calls of colleagues by themselves.' }),
    hasDeskPin: Type.Boolean({ description: 'A PIN is set with which one logs in at shared desk phones.' }),
    desk: Type.Optional(Closed(place, { title: 'MyDesk', description: 'Where one is logged in.' })),
  },
  { title: 'MyTelephone' },
)

export const readMyTelephone = operation({
  id: 'readMyTelephone',
  method: 'GET',
  path: '/api/v1/me/telephone',
  tag,
  summary: 'How the own phones answer, and at which shared desk one is logged in',
  access: 'user',
  reply: MyTelephone,
})

export const changeMyTelephone = operation({
  id: 'changeMyTelephone',
  method: 'PATCH',
  path: '/api/v1/me/telephone',
  tag,
  summary: 'Allow intercom, set the PIN for shared desk phones; null takes the PIN away',
  access: 'user',
  body: Closed({
    intercom: Type.Optional(Type.Boolean()),
    deskPin: Type.Optional(
      Type.Union([
        Type.String({ pattern: '^[0-9]{4,10}$', description: 'Kept as an argon2id hash only.' }),
        Type.Null(),
      ]),
    ),
  }),
  reply: MyTelephone,
  errors: [DeskPinWeak],
})

export const leaveMyDesk = operation({
  id: 'leaveMyDesk',
  method: 'DELETE',
  path: '/api/v1/me/telephone/desk',
  tag,
  summary: 'Log out of the shared desk phone',
  access: 'user',
})

export const listDesks = operation({
  id: 'listDesks',
  method: 'GET',
  path: '/api/v1/desks',
  tag,
  summary: 'Shared desk phones, and who is logged in at them',
  access: 'attendant',
  reply: Closed({
    items: Type.Array(
      Closed(
        {
          ...place,
          person: Type.Optional(Closed({ userId: Id('Who is there.'), name: Type.String() })),
        },
        { title: 'Desk' },
      ),
    ),
  }),
})

export const clearDesk = operation({
  id: 'clearDesk',
  method: 'DELETE',
  path: '/api/v1/desks/{deviceId}',
  tag,
  summary: 'Log out whoever is logged in at a shared desk phone',
  access: 'administrator',
  params: { deviceId: Id('The phone.') },
})

export const removeDeskPin = operation({
  id: 'removeDeskPin',
  method: 'DELETE',
  path: '/api/v1/users/{userId}/desk-pin',
  tag,
  summary: 'Take away the PIN with which a user logs in at shared desk phones; the user sets a new one',
  access: 'administrator',
  params: { userId: Id('The user.') },
})
