import Type from 'typebox'
import { Closed, DomainName, Id, NumberText, Text } from './common.ts'
import { CallLimits } from './limits.ts'

export const companyFields = {
  name: Text(200, 'Name as people know it.'),
  country: Type.String({
    pattern: '^[A-Z]{2}$',
    description: 'ISO 3166-1 alpha-2: how national numbers are read and which tones are heard.',
  }),
  timeZone: Text(64, "IANA name (`America/Chicago`), in which hours are read; absent: the country's."),
  limits: CallLimits,
  emergencyNumbers: Type.Array(Type.String({ pattern: '^[0-9]{2,8}$' }), {
    maxItems: 50,
    description: 'Numbers as dialled that are emergency calls; they always pass.',
  }),
  mainNumber: NumberText('E.164; shown for calls out where the user has no direct number.'),
  oneClient: Type.Boolean({
    description: 'A user may be registered with one softphone at a time; a further one must take over.',
  }),
  spokenRefusals: Type.Boolean({
    description: 'Callers hear in words why a call cannot be made, before it is refused; else only the status is sent.',
  }),
  offersCallBack: Type.Boolean({
    description:
      'Colleagues who find somebody busy hear that the key 5 has them called when both are free, and a busy tone, before they are refused.',
  }),
  tellsMonitored: Type.Boolean({
    description: 'Agents are shown that a supervisor is with their call. As delivered: yes.',
  }),
  callRetentionDays: Type.Integer({
    minimum: 1,
    maximum: 36_500,
    description:
      'Days after which a call goes from the history for good, with its story and its links; one with a recording when the recording is gone. Absent: never.',
  }),
  customerRetentionDays: Type.Integer({
    minimum: 1,
    maximum: 36_500,
    description:
      'Days after which it is forgotten who the customers of queues were: names, numbers, addresses, subjects, notes and remarks. What was done stays in reports. Absent: never.',
  }),
  mailRetentionDays: Type.Integer({
    minimum: 1,
    maximum: 36_500,
    description:
      'Days after their last mail after which conversations by mail go for good that nobody works on. Mails that were left at the mail server stay there. Absent: never.',
  }),
  allowedNetworks: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
    minItems: 1,
    maxItems: 200,
    description:
      'Where logins and devices of the company may come from: addresses (`192.0.2.7`), networks (`192.0.2.0/24`, `2001:db8::/48`) and ranges (`192.0.2.10-20`). Absent: from anywhere. Trunks and visitors of websites are not meant.',
  }),
  directAudioNetworks: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
    minItems: 1,
    maxItems: 200,
    description:
      'Where telephones send their audio directly to each other while nothing needs it here: the public address of a site whose router translates (`192.0.2.7`), or the network of a site without translation between it and the server (`10.20.0.0/16`). Absent: all audio goes through the server.',
  }),
}

export const Company = Closed(
  {
    id: Id('Made by the server.'),
    ...companyFields,
    timeZone: Type.Optional(companyFields.timeZone),
    mainNumber: Type.Optional(companyFields.mainNumber),
    oneClient: Type.Optional(companyFields.oneClient),
    spokenRefusals: Type.Optional(companyFields.spokenRefusals),
    offersCallBack: Type.Optional(companyFields.offersCallBack),
    tellsMonitored: Type.Optional(companyFields.tellsMonitored),
    allowedNetworks: Type.Optional(companyFields.allowedNetworks),
    directAudioNetworks: Type.Optional(companyFields.directAudioNetworks),
    callRetentionDays: Type.Optional(companyFields.callRetentionDays),
    customerRetentionDays: Type.Optional(companyFields.customerRetentionDays),
    mailRetentionDays: Type.Optional(companyFields.mailRetentionDays),
  },
  { title: 'Company' },
)

export const Domain = Closed(
  {
    name: DomainName('The SIP domain, also the second part of logins.'),
    companyId: Id('Whose it is.'),
  },
  { title: 'Domain' },
)
