import Type from 'typebox'
import { CallHandling, CallHandlingWithNames } from '../objects/call-handling.ts'
import { Closed, Id } from '../objects/common.ts'
import { Device, deviceFields } from '../objects/device.ts'
import { Language, userFields } from '../objects/user.ts'
import { operation } from '../operation.ts'
import { ForwardsInCircle, ForwardsNowhere } from '../portal-errors.ts'

const tag = 'own settings'
const errors = [ForwardsInCircle, ForwardsNowhere]

export const readMyForwarding = operation({
  id: 'readMyForwarding',
  method: 'GET',
  path: '/api/v1/me/forwarding',
  tag,
  summary: 'Where your calls go: forwarding, call waiting, do not disturb',
  access: 'user',
  reply: CallHandlingWithNames,
})

export const putMyForwarding = operation({
  id: 'putMyForwarding',
  method: 'PUT',
  path: '/api/v1/me/forwarding',
  tag,
  summary: 'Say where your calls go; the rules given take the place of all that were',
  access: 'user',
  body: CallHandling,
  reply: CallHandlingWithNames,
  errors,
})

const params = { userId: Id('The user.') }

export const readForwarding = operation({
  id: 'readForwarding',
  method: 'GET',
  path: '/api/v1/users/{userId}/forwarding',
  tag,
  summary: "Where a user's calls go",
  access: 'administrator',
  params,
  reply: CallHandlingWithNames,
})

export const putForwarding = operation({
  id: 'putForwarding',
  method: 'PUT',
  path: '/api/v1/users/{userId}/forwarding',
  tag,
  summary: "Say where a user's calls go; the rules given take the place of all that were",
  access: 'administrator',
  params,
  body: CallHandling,
  reply: CallHandlingWithNames,
  errors,
})

const Notifications = Closed({
  incomingCalls: Type.Boolean({ description: 'A call rings.' }),
  missedCalls: Type.Boolean({ description: 'A call was not answered.' }),
  chatMessages: Type.Boolean({ description: 'Somebody wrote.' }),
  sounds: Type.Boolean({ description: 'With a sound.' }),
})

const MySettings = Closed(
  {
    language: Language,
    ringSeconds: userFields.ringSeconds,
    notifications: Notifications,
    extension: Type.Optional(Type.String()),
    numbers: Type.Array(Type.String(), { description: 'Direct numbers that reach you.' }),
    hasVoicemail: Type.Boolean({ description: 'Whether there is a mailbox.' }),
  },
  { title: 'MySettings' },
)

export const readMySettings = operation({
  id: 'readMySettings',
  method: 'GET',
  path: '/api/v1/me/settings',
  tag,
  summary: 'Your language, ring time, notifications and numbers',
  access: 'user',
  reply: MySettings,
})

export const changeMySettings = operation({
  id: 'changeMySettings',
  method: 'PATCH',
  path: '/api/v1/me/settings',
  tag,
  summary: 'Change what is named of your settings',
  access: 'user',
  body: Closed({
    language: Type.Optional(Language),
    ringSeconds: Type.Optional(userFields.ringSeconds),
    notifications: Type.Optional(Notifications),
  }),
  reply: MySettings,
})

export const renameMyDevice = operation({
  id: 'renameMyDevice',
  method: 'PATCH',
  path: '/api/v1/me/devices/{deviceId}',
  tag,
  summary: 'Call one of your devices something else',
  access: 'user',
  params: { deviceId: Id('The device.') },
  body: Closed({ label: deviceFields.label }),
  reply: Device,
})

export const disconnectMyDevice = operation({
  id: 'disconnectMyDevice',
  method: 'DELETE',
  path: '/api/v1/me/devices/{deviceId}/bindings',
  tag,
  summary: 'End the registrations of one of your devices; it does not ring until it registers again',
  access: 'user',
  params: { deviceId: Id('The device.') },
})

export const readMissedCalls = operation({
  id: 'readMissedCalls',
  method: 'GET',
  path: '/api/v1/me/missed-calls',
  tag,
  summary: 'How many missed calls you have not seen yet',
  access: 'user',
  reply: Closed({
    count: Type.Integer({ description: 'At most 100; then there may be more.' }),
    upTo: Type.Optional(Id('The newest call that you have seen.')),
  }),
})

export const seeMissedCalls = operation({
  id: 'seeMissedCalls',
  method: 'PUT',
  path: '/api/v1/me/missed-calls',
  tag,
  summary: 'You have seen the list of calls up to this one',
  access: 'user',
  body: Closed({ upTo: Id('The newest call that you have seen.') }),
})
