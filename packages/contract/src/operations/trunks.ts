import Type from 'typebox'
import { Conflict } from '../errors.ts'
import { Clearable, Closed, Id, Page, pageQuery } from '../objects/common.ts'
import { Trunk, trunkFields } from '../objects/trunk.ts'
import { operation } from '../operation.ts'

const tag = 'trunks'
const path = '/api/v1/trunks/{trunkId}'
const params = { trunkId: Id('The trunk.') }

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
    channels: Type.Optional(trunkFields.channels),
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
