import Type from 'typebox'
import { Closed, Id } from '../objects/common.ts'
import { EmergencyCall } from '../objects/emergency-call.ts'
import { operation } from '../operation.ts'

const tag = 'emergency calls'

export const listEmergencyCalls = operation({
  id: 'listEmergencyCalls',
  method: 'GET',
  path: '/api/v1/emergency-calls',
  tag,
  summary: 'Emergency calls of the last day, the latest first',
  description: 'For whoever meets the ambulance: attendants, supervisors and administrators.',
  access: 'attendant',
  reply: Closed({ items: Type.Array(EmergencyCall, { maxItems: 100 }) }),
})

export const seeEmergencyCall = operation({
  id: 'seeEmergencyCall',
  method: 'POST',
  path: '/api/v1/emergency-calls/{callId}/seen',
  tag,
  summary: 'Say that you take care of an emergency call; the others see that you do',
  access: 'attendant',
  params: { callId: Id('The call.') },
})
