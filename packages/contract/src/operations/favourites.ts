import Type from 'typebox'
import { TooManyFavourites } from '../directory-errors.ts'
import { Closed, Id, Text } from '../objects/common.ts'
import { FavouriteLists } from '../objects/directory.ts'
import { operation } from '../operation.ts'

const tag = 'directory'
const path = '/api/v1/directory/favourites'
const groupParams = { groupId: Id('The group.') }
const cardIds = Type.Array(Id('Of a user or contact.'), {
  maxItems: 200,
  uniqueItems: true,
  description: 'In the order that you want.',
})

export const readFavourites = operation({
  id: 'readFavourites',
  method: 'GET',
  path,
  tag,
  summary: 'The people that you keep at hand, and your groups',
  access: 'user',
  reply: FavouriteLists,
})

export const orderFavourites = operation({
  id: 'orderFavourites',
  method: 'PUT',
  path,
  tag,
  summary: 'Set all favourites and their order',
  access: 'user',
  body: Closed({ cardIds }),
})

export const addFavourite = operation({
  id: 'addFavourite',
  method: 'PUT',
  path: `${path}/{cardId}`,
  tag,
  summary: 'Keep a person at hand, behind the others',
  access: 'user',
  params: { cardId: Id('Of a user or contact.') },
  errors: [TooManyFavourites],
})

export const removeFavourite = operation({
  id: 'removeFavourite',
  method: 'DELETE',
  path: `${path}/{cardId}`,
  tag,
  summary: 'Keep a person at hand no longer',
  access: 'user',
  params: { cardId: Id('Of a user or contact.') },
})

export const createFavouriteGroup = operation({
  id: 'createFavouriteGroup',
  method: 'POST',
  path: '/api/v1/directory/groups',
  tag,
  summary: 'Make a group of people for yourself',
  access: 'user',
  body: Closed({ name: Text(100, 'What you call it.'), cardIds: Type.Optional(cardIds) }),
  status: 201,
  reply: Closed({ id: Id('The group.') }),
  errors: [TooManyFavourites],
})

export const changeFavouriteGroup = operation({
  id: 'changeFavouriteGroup',
  method: 'PATCH',
  path: '/api/v1/directory/groups/{groupId}',
  tag,
  summary: 'Rename a group of yours, or say who is in it and in which order',
  access: 'user',
  params: groupParams,
  body: Closed({ name: Type.Optional(Text(100, 'What you call it.')), cardIds: Type.Optional(cardIds) }),
})

export const removeFavouriteGroup = operation({
  id: 'removeFavouriteGroup',
  method: 'DELETE',
  path: '/api/v1/directory/groups/{groupId}',
  tag,
  summary: 'Remove a group of yours; its people stay where they are',
  access: 'user',
  params: groupParams,
})
