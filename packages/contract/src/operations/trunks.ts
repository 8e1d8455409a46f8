import Type from 'typebox'
import { Conflict } from '../errors.ts'
import { Clearable, Closed, Id, Page, pageQuery } from '../objects/common.ts'
import { Trunk, trunkFields, trunkOptions } from '../objects/trunk.ts'
import { GivenLogin, trunkRule, trunkSettings } from '../objects/trunk-settings.ts'
import { TrunkProfile, TrunkState } from '../objects/trunk-state.ts'
import { operation } from '../operation.ts'

const tag = 'trunks'
const path = '/api/v1/trunks/{trunkId}'
const params = { trunkId: Id('The trunk.') }
const clearable = Object.fromEntries(
  Object.entries(trunkSettings).map(([name, schema]) => [name, Clearable(schema)]),
) as unknown as { [K in keyof typeof trunkSettings]: ReturnType<typeof Clearable<(typeof trunkSettings)[K]>> }

export const listTrunks = operation({
  id: 'listTrunks',
  method: 'GET',
  path: '/api/v1/trunks',
  tag,
  summary: "The company's trunks",
  access: 'supervisor',
  query: pageQuery,
  reply: Page(Trunk),
})

export const createTrunk = operation({
  id: 'createTrunk',
  method: 'POST',
  path: '/api/v1/trunks',
  tag,
  summary: 'Make a trunk to a carrier',
  access: 'administrator',
  body: Closed({
    name: trunkFields.name,
    targets: trunkFields.targets,
    fromAddresses: Type.Optional(trunkFields.fromAddresses),
    prefixes: Type.Optional(trunkFields.prefixes),
    pricePerMinuteMicros: Type.Optional(trunkFields.pricePerMinuteMicros),
    keying: Type.Optional(trunkFields.keying),
    ...trunkOptions,
    login: Type.Optional(GivenLogin),
    incomingLogin: Type.Optional(GivenLogin),
  }),
  status: 201,
  reply: Trunk,
  errors: [Conflict],
})

export const readTrunk = operation({
  id: 'readTrunk',
  method: 'GET',
  path,
  tag,
  summary: 'One trunk',
  access: 'supervisor',
  params,
  reply: Trunk,
})

export const changeTrunk = operation({
  id: 'changeTrunk',
  method: 'PATCH',
  path,
  tag,
  summary: 'Change what is named of a trunk',
  access: 'administrator',
  params,
  body: Closed({
    name: Type.Optional(trunkFields.name),
    targets: Type.Optional(trunkFields.targets),
    fromAddresses: Type.Optional(trunkFields.fromAddresses),
    prefixes: Type.Optional(trunkFields.prefixes),
    pricePerMinuteMicros: Type.Optional(trunkFields.pricePerMinuteMicros),
    keying: Type.Optional(trunkFields.keying),
    channels: Clearable(trunkFields.channels),
    ...clearable,
    login: Clearable(GivenLogin),
    incomingLogin: Clearable(GivenLogin),
  }),
  reply: Trunk,
  errors: [Conflict],
})

export const removeTrunk = operation({
  id: 'removeTrunk',
  method: 'DELETE',
  path,
  tag,
  summary: 'Remove a trunk; calls that go on over it go on',
  access: 'administrator',
  params,
})

export const listTrunkProfiles = operation({
  id: 'listTrunkProfiles',
  method: 'GET',
  path: '/api/v1/trunk-profiles',
  tag,
  summary: 'What a new trunk of each kind begins with',
  access: 'administrator',
  query: pageQuery,
  reply: Page(TrunkProfile),
})

export const listTrunkStates = operation({
  id: 'listTrunkStates',
  method: 'GET',
  path: '/api/v1/trunk-states',
  tag,
  summary: "How the company's trunks are: targets, registrations, calls",
  access: 'supervisor',
  query: pageQuery,
  reply: Page(TrunkState),
})

export const readTrunkState = operation({
  id: 'readTrunkState',
  method: 'GET',
  path: `${path}/state`,
  tag,
  summary: 'How one trunk is',
  access: 'supervisor',
  params,
  reply: TrunkState,
})

export const checkTrunk = operation({
  id: 'checkTrunk',
  method: 'POST',
  path: `${path}/check`,
  tag,
  summary: 'Ask all targets now, and register anew; answers once all have answered or their time is over',
  access: 'administrator',
  params,
  status: 200,
  reply: TrunkState,
})

export const tryTrunkNumber = operation({
  id: 'tryTrunkNumber',
  method: 'POST',
  path: '/api/v1/trunk-rules/try',
  tag,
  summary: 'What a list of rules makes of a number; nothing is saved',
  access: 'administrator',
  body: Closed({
    rules: Type.Array(trunkRule, { maxItems: 100 }),
    number: Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9+*#]+$' }),
  }),
  reply: Closed({
    number: Type.String(),
    rule: Type.Optional(Type.Integer({ minimum: 0, description: 'Place of the rule that matched, from 0.' })),
  }),
})
