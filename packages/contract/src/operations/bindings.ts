import Type from 'typebox'
import { Binding } from '../objects/binding.ts'
import { Id, Page, pageQuery } from '../objects/common.ts'
import { operation } from '../operation.ts'

const tag = 'bindings'

export const listBindings = operation({
  id: 'listBindings',
  method: 'GET',
  path: '/api/v1/bindings',
  tag,
  summary: "Registered contacts: the own ones, or the company's for supervisors and administrators",
  access: 'user',
  query: { userId: Type.Optional(Id('Only of this user.')), ...pageQuery },
  reply: Page(Binding),
})

export const removeBinding = operation({
  id: 'removeBinding',
  method: 'DELETE',
  path: '/api/v1/bindings/{bindingId}',
  tag,
  summary: 'End a registration; the device may register anew',
  access: 'administrator',
  params: { bindingId: Type.String({ minLength: 1, maxLength: 5000, description: 'The binding.' }) },
})
