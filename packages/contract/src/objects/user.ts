import Type from 'typebox'
import { Closed, DomainName, Id, NamePart, NumberText, OneOf, Text } from './common.ts'
import { optional, profileFields } from './directory.ts'
import { CallLimits } from './limits.ts'

export const Role = OneOf(
  ['user', 'attendant', 'supervisor', 'administrator'],
  'Each may what those before it may, and more.',
)
export const Language = OneOf(['en', 'sv', 'fr'], 'Language of announcements and screens.')

/** A web password on its way in; never shown. */
export const Password = Type.String({
  minLength: 8,
  maxLength: 200,
  description: 'Web password, at least 8 characters and none of the well-known ones. Kept as an argon2id hash only.',
})

export const userFields = {
  name: NamePart('Part before the @ of the login and of the SIP address.'),
  domain: DomainName('A domain of the company; its first one by default.'),
  displayName: Text(200, 'Name as people know it.'),
  extension: NumberText('Internal number; a number of the company that reaches this user is made with it.'),
  language: Language,
  role: Role,
  limits: CallLimits,
  ringSeconds: Type.Integer({ minimum: 5, maximum: 600, description: 'How long devices ring before nobody answers.' }),
  isDesk: Type.Boolean({ description: 'A place and nobody: people log in at its phones and take its place there.' }),
}

export const User = Closed(
  {
    id: Id('Made by the server.'),
    companyId: Id('Whose user it is.'),
    login: Type.String({ description: 'name@domain; the SIP address is `sip:` and this.' }),
    ...userFields,
    extension: Type.Optional(userFields.extension),
    isDesk: Type.Optional(userFields.isDesk),
    ...optional(profileFields),
  },
  { title: 'User' },
)

/** What everyone of a company may know of a colleague. */
export const Me = Closed(
  {
    user: User,
    company: Closed({ id: Id('The company acted in.'), name: Type.String() }),
    isOperator: Type.Boolean({ description: 'Stands above companies.' }),
    needs: Type.Optional(
      Type.Array(OneOf(['new-password', 'second-factor'], "A password of one's own; a second factor."), {
        description: 'What the login must bring before it may do anything else.',
      }),
    ),
  },
  { title: 'Me' },
)
