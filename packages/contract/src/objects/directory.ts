import Type, { type TNull, type TOptional, type TProperties, type TUnion } from 'typebox'
import { Clearable, Closed, Id, NumberText, OneOf, Text, Time } from './common.ts'

/** A telephone number on its way in: as people write it. */
const WrittenNumber = Type.String({
  minLength: 1,
  maxLength: 40,
  pattern: '^[+0-9(][-+0-9 ()./\u00a0]*$',
  description:
    "As it is written in the company's country, or with the country code: `08-465 00 401`, `+46 8 465 004 01`.",
})
const Email = Type.String({
  maxLength: 254,
  pattern: '^[^@ <>"\\u0000-\\u001f]+@[^@ <>"\\u0000-\\u001f]+$',
  description: 'Address for e-mail.',
})
const Skills = Type.Array(Text(60, 'What somebody can do: a language, a product, a subject.'), { maxItems: 20 })

/** What the directory says of a user, besides the name. */
export const profileFields = {
  title: Text(100, 'What somebody is in the company.'),
  department: Text(100, 'Where in the company.'),
  location: Text(100, 'Office, town, room.'),
  mobile: WrittenNumber,
  email: Email,
  skills: Skills,
}

/** All of these may be left out. */
export const optional = <P extends TProperties>(fields: P): { [K in keyof P]: TOptional<P[K]> } =>
  Object.fromEntries(Object.entries(fields).map(([field, schema]) => [field, Type.Optional(schema)])) as never

/** The same in a PATCH, where null takes a field away. */
export const clearable = <P extends TProperties>(fields: P): { [K in keyof P]: TOptional<TUnion<[P[K], TNull]>> } =>
  Object.fromEntries(Object.entries(fields).map(([field, schema]) => [field, Clearable(schema)])) as never

export const CardKind = OneOf(
  ['colleague', 'shared', 'personal'],
  'A user of the company; somebody outside whom everyone of the company sees; somebody outside whom only you see.',
)

const NumberKind = OneOf(['extension', 'work', 'mobile', 'home', 'fax', 'other'], 'What kind of number it is.')
const CardNumber = Closed({
  number: NumberText('E.164, or the internal number.'),
  text: Type.String({ description: "As it is written in the company's country." }),
  kind: NumberKind,
})
const PhotoTag = Type.String({
  maxLength: 64,
  description: 'There is a photo; this changes with it: put it behind the address of the photo as `?tag=`.',
})

/** Largest photo. */
export const mostPhotoBytes = 1024 * 1024
/** What a photo may be; SVG, which can hold programs, is not among them. */
export const photoTypes: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']

const entryFields = {
  id: Id('Of the user or contact.'),
  kind: CardKind,
  name: Type.String(),
  organisation: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  department: Type.Optional(Type.String()),
  numbers: Type.Array(CardNumber),
  photo: Type.Optional(PhotoTag),
  isFavourite: Type.Optional(Type.Boolean()),
}

/** A line of a list. */
export const DirectoryEntry = Closed(
  { ...entryFields, email: Type.Optional(Type.String({ description: 'The first address.' })) },
  { title: 'DirectoryEntry' },
)

/** Everything about one person. */
export const DirectoryPerson = Closed(
  {
    ...entryFields,
    location: Type.Optional(Type.String()),
    skills: Type.Optional(Type.Array(Type.String())),
    emails: Type.Optional(Type.Array(Type.String())),
    notes: Type.Optional(Type.String()),
    sipAddress: Type.Optional(Type.String({ description: 'Of a colleague, without `sip:`.' })),
    groups: Type.Array(Id('Your groups that this person is in.')),
    mayChange: Type.Boolean({ description: 'You may change or remove this contact, or your own profile.' }),
    from: Type.Optional(
      Type.String({ description: 'The directory that this contact is from, where alone it is changed.' }),
    ),
  },
  { title: 'DirectoryPerson' },
)

const contactNumberKind = OneOf(['work', 'mobile', 'home', 'fax', 'other'], 'What kind of number it is.')

export const contactFields = {
  name: Text(200, 'Of a person, or of a company.'),
  organisation: Text(200, 'Where this person works.'),
  title: profileFields.title,
  department: profileFields.department,
  location: Text(200, 'Town, address.'),
  numbers: Type.Array(Closed({ number: WrittenNumber, kind: Type.Optional(contactNumberKind) }), { maxItems: 10 }),
  emails: Type.Array(Email, { maxItems: 5 }),
  skills: Skills,
  notes: Type.String({ minLength: 1, maxLength: 4000, description: 'Whatever else there is to know.' }),
}

const { name, ...contactFieldsBesideName } = contactFields
export { contactFieldsBesideName }

/** A contact as it comes in. */
export const NewContact = Closed({ name, ...optional(contactFieldsBesideName) })

export const Contact = Closed(
  {
    id: Id('Made by the server.'),
    kind: OneOf(['shared', 'personal'], 'Whether everyone of the company sees it, or only you.'),
    name: Type.String(),
    organisation: Type.Optional(Type.String()),
    title: Type.Optional(Type.String()),
    department: Type.Optional(Type.String()),
    location: Type.Optional(Type.String()),
    numbers: Type.Array(CardNumber),
    emails: Type.Optional(Type.Array(Type.String())),
    skills: Type.Optional(Type.Array(Type.String())),
    notes: Type.Optional(Type.String()),
    photo: Type.Optional(PhotoTag),
    directoryId: Type.Optional(Id('The directory that it is from, where alone it is changed.')),
    changedAt: Time('When it was changed last.'),
  },
  { title: 'Contact' },
)

/** A group of people that a user made for themselves. */
export const FavouriteGroup = Closed(
  { id: Id('Made by the server.'), name: Type.String(), members: Type.Array(DirectoryEntry) },
  { title: 'FavouriteGroup' },
)

/** What a user keeps at hand. People who are gone are left out. */
export const FavouriteLists = Closed(
  { favourites: Type.Array(DirectoryEntry, { description: 'In your order.' }), groups: Type.Array(FavouriteGroup) },
  { title: 'FavouriteLists' },
)
