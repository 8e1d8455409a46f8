import Type from 'typebox'
import { DirectoryFull } from '../directory-errors.ts'
import { NotAllowed } from '../errors.ts'
import { Closed, Id, OneOf, Page, pageQuery } from '../objects/common.ts'
import { clearable, Contact, contactFields, contactFieldsBesideName, NewContact } from '../objects/directory.ts'
import { operation } from '../operation.ts'

const tag = 'contacts'
const path = '/api/v1/contacts/{contactId}'
const params = { contactId: Id('The contact.') }
const kind = OneOf(['shared', 'personal'], 'Whether everyone of the company sees it, or only you.')

/** As much text as anyone might paste; what it may be is said for each row. */
const loose = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

export const listContacts = operation({
  id: 'listContacts',
  method: 'GET',
  path: '/api/v1/contacts',
  tag,
  summary: 'Contacts that the company shares, or your own, as they are kept',
  description: 'To find somebody, search the directory.',
  access: 'user',
  query: { kind: Type.Optional(kind), ...pageQuery },
  reply: Page(Contact),
})

export const createContact = operation({
  id: 'createContact',
  method: 'POST',
  path: '/api/v1/contacts',
  tag,
  summary: 'Make a contact',
  description:
    'Everyone may make personal ones, which nobody else sees, administrators neither; shared ones need the role attendant.',
  access: 'user',
  body: Closed({ kind, ...NewContact.properties }),
  status: 201,
  reply: Contact,
  errors: [NotAllowed, DirectoryFull],
})

export const readContact = operation({
  id: 'readContact',
  method: 'GET',
  path,
  tag,
  summary: 'One contact as it is kept',
  access: 'user',
  params,
  reply: Contact,
})

export const changeContact = operation({
  id: 'changeContact',
  method: 'PATCH',
  path,
  tag,
  summary: 'Change what is named of a contact',
  access: 'user',
  params,
  body: Closed({
    name: Type.Optional(contactFields.name),
    ...clearable(contactFieldsBesideName),
  }),
  reply: Contact,
  errors: [NotAllowed],
})

export const removeContact = operation({
  id: 'removeContact',
  method: 'DELETE',
  path,
  tag,
  summary: 'Remove a contact',
  access: 'user',
  params,
  errors: [NotAllowed],
})

export const createContacts = operation({
  id: 'createContacts',
  method: 'POST',
  path: '/api/v1/contacts/batch',
  tag,
  summary: 'Make many contacts at once: all of them or none',
  description:
    'Each row says what came of it. With `isPreview` nothing is done. Nothing is done as soon as one row is refused; rows with a number that a contact of the same kind has already are left out, unless `duplicates` says otherwise.',
  access: 'user',
  body: Closed({
    kind,
    isPreview: Type.Optional(Type.Boolean({ description: 'Only say what would come of it.' })),
    duplicates: Type.Optional(OneOf(['skip', 'create'], 'What becomes of rows whose number is known.')),
    items: Type.Array(
      Closed({
        name: loose(1000),
        organisation: loose(1000),
        title: loose(1000),
        department: loose(1000),
        location: loose(1000),
        numbers: Type.Optional(
          Type.Array(Closed({ number: Type.String({ maxLength: 200 }), kind: loose(20) }), { maxItems: 20 }),
        ),
        emails: Type.Optional(Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 20 })),
        skills: Type.Optional(Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 50 })),
        notes: loose(10_000),
      }),
      { minItems: 1, maxItems: 500 },
    ),
  }),
  bodyLimitBytes: 2 * 1024 * 1024,
  reply: Closed(
    {
      isDone: Type.Boolean({ description: 'Whether it was done; never for a preview.' }),
      items: Type.Array(
        Closed({
          what: OneOf(['made', 'duplicate', 'refused'], 'What came, or would come, of the row.'),
          id: Type.Optional(Id('Of the contact that was made, or that has the number already.')),
          mistakes: Type.Optional(Type.Array(Closed({ path: Type.String(), reason: Type.String() }))),
        }),
      ),
    },
    { title: 'ContactsBatch' },
  ),
  errors: [NotAllowed, DirectoryFull],
})
