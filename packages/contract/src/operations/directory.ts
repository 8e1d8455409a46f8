import Type from 'typebox'
import { NoImage, PhotosFull } from '../directory-errors.ts'
import { NotAllowed } from '../errors.ts'
import { Clearable, Closed, Id } from '../objects/common.ts'
import {
  CardKind,
  DirectoryEntry,
  DirectoryPerson,
  mostPhotoBytes,
  photoTypes,
  profileFields,
} from '../objects/directory.ts'
import { Language } from '../objects/user.ts'
import { operation } from '../operation.ts'
import { ReplyBytes } from '../reply-bytes.ts'

const tag = 'directory'
const params = { cardId: Id('Of the user or contact.') }
const photoPath = '/api/v1/directory/cards/{cardId}/photo'

export const searchDirectory = operation({
  id: 'searchDirectory',
  method: 'GET',
  path: '/api/v1/directory',
  tag,
  summary: 'Find people: colleagues, shared contacts and your own',
  description:
    'Every word must be the beginning of a word of the name, organisation, title, department, place, skill or e-mail address, whatever the accents; digits, any part of a number in any way of writing it. Favourites first, then what fits best, then by name in the order of the language. Without words: everybody by name.',
  access: 'user',
  query: {
    q: Type.Optional(Type.String({ maxLength: 200, description: 'What somebody typed.' })),
    kind: Type.Optional(CardKind),
    language: Type.Optional(Language),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100, description: 'Entries of one page; 20 by default.' }),
    ),
    after: Type.Optional(Type.String({ maxLength: 1500, description: 'Where the page before ended: its `next`.' })),
  },
  reply: Closed(
    {
      items: Type.Array(DirectoryEntry),
      total: Type.Integer({ description: 'How many fit, over all pages.' }),
      next: Type.Optional(Type.String({ maxLength: 1500, description: 'Send as `after` for the next page.' })),
    },
    { title: 'DirectoryPage' },
  ),
})

export const findByNumber = operation({
  id: 'findByNumber',
  method: 'GET',
  path: '/api/v1/directory/by-number',
  tag,
  summary: 'Whose numbers these are',
  description:
    'A colleague before a contact of your own, and that before a shared one. Numbers that nobody has are left out.',
  access: 'user',
  query: {
    numbers: Type.String({
      maxLength: 2000,
      pattern: '^[+0-9*#]{1,32}(,[+0-9*#]{1,32}){0,49}$',
      description: 'Up to 50 numbers with commas between them; write the + as %2B.',
    }),
  },
  reply: Closed(
    { items: Type.Array(Closed({ number: Type.String({ description: 'As it was asked.' }), entry: DirectoryEntry })) },
    { title: 'NumberOwners' },
  ),
})

export const readCard = operation({
  id: 'readCard',
  method: 'GET',
  path: '/api/v1/directory/cards/{cardId}',
  tag,
  summary: 'Everything that you may know about one person',
  access: 'user',
  params,
  reply: DirectoryPerson,
})

export const changeOwnProfile = operation({
  id: 'changeOwnProfile',
  method: 'PATCH',
  path: '/api/v1/directory/me',
  tag,
  summary: 'Change what the directory says of you: place, mobile number and skills',
  description: 'Name, title, department and e-mail address are set by administrators.',
  access: 'user',
  body: Closed({
    location: Clearable(profileFields.location),
    mobile: Clearable(profileFields.mobile),
    skills: Clearable(profileFields.skills),
  }),
  reply: DirectoryPerson,
})

export const readPhoto = operation({
  id: 'readPhoto',
  method: 'GET',
  path: photoPath,
  tag,
  summary: 'The photo of a person',
  access: 'user',
  params,
  query: {
    tag: Type.Optional(
      Type.String({ maxLength: 64, description: 'Lets browsers keep it for as long as it is the same.' }),
    ),
  },
  reply: ReplyBytes(photoTypes),
})

export const putPhoto = operation({
  id: 'putPhoto',
  method: 'PUT',
  path: photoPath,
  tag,
  summary: 'Give a person a photo',
  description:
    'Your own, that of a contact which you may change, and as administrator that of every user. What it is is read from its bytes. It is kept and shown as it is: scale it before.',
  access: 'user',
  params,
  body: Closed({
    image: Type.String({
      minLength: 1,
      maxLength: Math.ceil(mostPhotoBytes / 3) * 4,
      pattern: '^[A-Za-z0-9+/]+={0,2}$',
      description: 'The file in base 64 (RFC 4648 §4).',
    }),
  }),
  bodyLimitBytes: Math.ceil(mostPhotoBytes / 3) * 4 + 1024,
  reply: Closed({ photo: Type.String({ description: 'The tag of the photo.' }) }),
  errors: [NoImage, PhotosFull, NotAllowed],
})

export const removePhoto = operation({
  id: 'removePhoto',
  method: 'DELETE',
  path: photoPath,
  tag,
  summary: 'Take a photo away',
  access: 'user',
  params,
  errors: [NotAllowed],
})
