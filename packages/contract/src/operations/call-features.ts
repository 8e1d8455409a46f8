import Type from 'typebox'
import {
  CallBackOfNobody,
  FeatureCodesWrong,
  FeatureSwitchedOff,
  NothingToPickUp,
  ParkingFull,
  ParkingPlaceEmpty,
  ParkingPlaceTaken,
  TooManyCallBacks,
} from '../call-feature-errors.ts'
import {
  CallBack,
  CallToPickUp,
  featureNames,
  ParkedCall,
  TelephoneFeatures,
  telephoneFeatureFields,
} from '../objects/call-features.ts'
import { Clearable, Closed, Id, NumberText, OneOf } from '../objects/common.ts'
import { operation } from '../operation.ts'

const tag = 'telephone features'
const Started = Closed({ callId: Id('The call of the device that rings first.') }, { title: 'FeatureCallStarted' })
const deviceId = Type.Optional(Id('Ring only this device of the own ones first.'))
const callParams = { callId: Id('The call.') }

export const readTelephoneFeatures = operation({
  id: 'readTelephoneFeatures',
  method: 'GET',
  path: '/api/v1/telephone-features',
  tag,
  summary: 'Feature codes, parking places and pickup groups of the company',
  access: 'user',
  reply: TelephoneFeatures,
})

export const changeTelephoneFeatures = operation({
  id: 'changeTelephoneFeatures',
  method: 'PATCH',
  path: '/api/v1/telephone-features',
  tag,
  summary: 'Change codes, parking places, pickup groups and the hour at which desk phones are free again',
  description:
    'Codes begin with * or #, have six keys at most, and none may hide another one. An empty code switches a feature off. Refused with every mistake at its path.',
  access: 'administrator',
  body: Closed({
    codes: Type.Optional(
      Type.Array(
        Closed({
          feature: OneOf([...featureNames], 'Which feature.'),
          code: Type.String({ maxLength: 6, pattern: '^[0-9*#]*$', description: 'Empty: none.' }),
        }),
        { maxItems: featureNames.length, description: 'Those that change.' },
      ),
    ),
    parking: Clearable(telephoneFeatureFields.parking),
    pickupGroups: Type.Optional(telephoneFeatureFields.pickupGroups),
    deskLogoutHour: Clearable(telephoneFeatureFields.deskLogoutHour),
  }),
  reply: TelephoneFeatures,
  errors: [FeatureCodesWrong],
})

export const listParkedCalls = operation({
  id: 'listParkedCalls',
  method: 'GET',
  path: '/api/v1/parked-calls',
  tag,
  summary: 'Calls that are parked, by place',
  access: 'user',
  reply: Closed({ items: Type.Array(ParkedCall, { maxItems: 100 }) }),
})

export const parkCall = operation({
  id: 'parkCall',
  method: 'POST',
  path: '/api/v1/live-calls/{callId}/park',
  tag,
  summary: 'Park the other side of a call: at a place, or at the first that is free',
  access: 'user',
  params: callParams,
  body: Closed({
    legId: Type.Optional(Id('Whose connection; by default the own.')),
    place: Type.Optional(Type.String({ pattern: '^[0-9]{1,8}$', description: 'A parking place.' })),
  }),
  status: 202,
  reply: Closed({ place: Type.String({ description: 'Where the call is now.' }) }, { title: 'Parked' }),
  errors: [ParkingFull, ParkingPlaceTaken],
})

export const fetchParkedCall = operation({
  id: 'fetchParkedCall',
  method: 'POST',
  path: '/api/v1/parked-calls/{place}/fetch',
  tag,
  summary: 'Fetch a parked call: the own device rings, and is connected with it once it is answered',
  access: 'user',
  params: { place: Type.String({ pattern: '^[0-9]{1,8}$', description: 'The parking place.' }) },
  body: Closed({ deviceId }),
  status: 202,
  reply: Started,
  errors: [ParkingPlaceEmpty],
})

export const listCallsToPickUp = operation({
  id: 'listCallsToPickUp',
  method: 'GET',
  path: '/api/v1/calls-to-pick-up',
  tag,
  summary: 'What rings at colleagues of the own pickup groups, the longest first',
  access: 'user',
  reply: Closed({ items: Type.Array(CallToPickUp, { maxItems: 500 }) }),
})

export const pickUpCall = operation({
  id: 'pickUpCall',
  method: 'POST',
  path: '/api/v1/calls-to-pick-up/{callId}',
  tag,
  summary:
    'Pick up what rings at a colleague: the own device rings, and is connected with the caller once it is answered',
  access: 'user',
  params: callParams,
  body: Closed({ deviceId }),
  status: 202,
  reply: Started,
  errors: [NothingToPickUp, FeatureSwitchedOff],
})

export const continueCall = operation({
  id: 'continueCall',
  method: 'POST',
  path: '/api/v1/live-calls/continue',
  tag,
  summary: 'Go on with the own call at another device: it rings, and takes the call over once it is answered',
  access: 'user',
  body: Closed({ deviceId: Id('The device to go on at.') }),
  status: 202,
  reply: Started,
  errors: [FeatureSwitchedOff],
})

export const listCallBacks = operation({
  id: 'listCallBacks',
  method: 'GET',
  path: '/api/v1/me/call-backs',
  tag,
  summary: 'Whom one waits for',
  access: 'user',
  reply: Closed({ items: Type.Array(CallBack, { maxItems: 10 }) }),
})

export const setCallBack = operation({
  id: 'setCallBack',
  method: 'POST',
  path: '/api/v1/me/call-backs',
  tag,
  summary: 'Be called when somebody is free: oneself first, then the other one',
  description:
    'After a call that nobody answered, as soon as the other one has used the phone; else as soon as both are off the phone. Ends after 45 minutes.',
  access: 'user',
  body: Closed({ to: NumberText('Extension or direct number of a colleague.') }),
  status: 201,
  reply: CallBack,
  errors: [CallBackOfNobody, TooManyCallBacks],
})

export const cancelCallBack = operation({
  id: 'cancelCallBack',
  method: 'DELETE',
  path: '/api/v1/me/call-backs/{callBackId}',
  tag,
  summary: 'Wait for somebody no longer',
  access: 'user',
  params: { callBackId: Id('The call-back.') },
})
