import { Conflict, NumberForEmergencies } from '../errors.ts'
import { Closed, NumberText, Page, pageQuery } from '../objects/common.ts'
import { NumberTarget, PhoneNumber } from '../objects/number.ts'
import { operation } from '../operation.ts'

const tag = 'numbers'
const path = '/api/v1/numbers/{number}'
const params = { number: NumberText('The number; write the + as %2B.') }

export const listNumbers = operation({
  id: 'listNumbers',
  method: 'GET',
  path: '/api/v1/numbers',
  tag,
  summary: "The company's numbers",
  access: 'user',
  query: pageQuery,
  reply: Page(PhoneNumber),
})

export const createNumber = operation({
  id: 'createNumber',
  method: 'POST',
  path: '/api/v1/numbers',
  tag,
  summary: 'Make an extension or a direct number; direct numbers are unique on the installation',
  access: 'administrator',
  body: Closed({ number: NumberText('Extension, or E.164 with the plus sign.'), target: NumberTarget }),
  status: 201,
  reply: PhoneNumber,
  errors: [Conflict, NumberForEmergencies],
})

export const readNumber = operation({
  id: 'readNumber',
  method: 'GET',
  path,
  tag,
  summary: 'One number',
  access: 'user',
  params,
  reply: PhoneNumber,
})

export const changeNumber = operation({
  id: 'changeNumber',
  method: 'PATCH',
  path,
  tag,
  summary: 'Let a number reach something else',
  access: 'administrator',
  params,
  body: Closed({ target: NumberTarget }),
  reply: PhoneNumber,
})

export const removeNumber = operation({
  id: 'removeNumber',
  method: 'DELETE',
  path,
  tag,
  summary: 'Remove a number',
  access: 'administrator',
  params,
})
