import {
  createDevice,
  listBindings,
  listDevices,
  type OperationReply,
  reissueDeviceSecret,
  removeBinding,
  removeDevice,
} from '@vaxel/contract'
import { type Command, tell, textOf } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'
import { findUser } from '../find-user.ts'
import { fields, localTime, table } from '../output.ts'

const keyings = ['auto', 'sdes', 'dtls', 'none'] as const

const secretFields = (secret: OperationReply<typeof reissueDeviceSecret>): string =>
  fields([
    ['registrar', secret.domain],
    ['user name', secret.sipUsername],
    ['password', `${secret.password}  (shown this once)`],
    ['address', secret.addressOfRecord],
  ])

export const deviceCommands: readonly Command[] = [
  {
    name: 'device list',
    words: ['USER?'],
    summary: 'devices of a user, or of the company',
    async run({ words }, running) {
      const user = words.user === undefined ? undefined : await findUser(running.api, words.user)
      const { items } = await running.api.call(listDevices, {
        query: { limit: 1000, ...(user ? { userId: user.id } : {}) },
      })
      tell(running, items, (devices) =>
        table(
          ['ID', 'LABEL', 'SIP USER NAME', 'KEYING', 'ENCRYPTION'],
          devices.map((device) => [
            device.id,
            device.label,
            device.sipUsername,
            device.keying,
            device.encryptionRequired ? 'required' : '',
          ]),
        ),
      )
    },
  },
  {
    name: 'device add',
    words: ['USER'],
    options: {
      label: { value: 'TEXT', about: 'what its owner calls it' },
      username: { value: 'NAME', about: 'SIP user name; made from the user if absent' },
      keying: { value: 'KEYING', about: keyings.join(', ') },
      'encryption-required': { about: 'refuse calls that would be unencrypted' },
    },
    summary: 'make a device for a user and show its secret once',
    async run(typed, running) {
      const wanted = textOf(typed, 'keying')
      const keying = keyings.find((known) => known === wanted)
      if (wanted !== undefined && keying === undefined)
        throw new Failure(`--keying is one of ${keyings.join(', ')}.`, exitCodes.usage)
      const user = await findUser(running.api, typed.words.user!)
      const label = textOf(typed, 'label')
      const sipUsername = textOf(typed, 'username')
      const made = await running.api.call(createDevice, {
        body: {
          userId: user.id,
          ...(label === undefined ? {} : { label }),
          ...(sipUsername === undefined ? {} : { sipUsername }),
          ...(keying === undefined ? {} : { keying }),
          ...(typed.options['encryption-required'] ? { encryptionRequired: true } : {}),
        },
      })
      tell(running, made, ({ device, secret }) => `${fields([['device', device.id]])}\n${secretFields(secret)}`)
    },
  },
  {
    name: 'device secret',
    words: ['DEVICE'],
    summary: 'issue a new secret; the old one ends',
    async run({ words }, running) {
      const secret = await running.api.call(reissueDeviceSecret, { params: { deviceId: words.device! } })
      tell(running, secret, secretFields)
    },
  },
  {
    name: 'device remove',
    words: ['DEVICE'],
    summary: 'remove a device with its registrations',
    async run({ words }, running) {
      await running.api.call(removeDevice, { params: { deviceId: words.device! } })
      tell(running, { removed: words.device }, () => `Device ${words.device} is removed.`)
    },
  },
  {
    name: 'binding list',
    words: ['USER?'],
    summary: 'where devices are registered now',
    async run({ words }, running) {
      const user = words.user === undefined ? undefined : await findUser(running.api, words.user)
      const { items } = await running.api.call(listBindings, {
        query: { limit: 1000, ...(user ? { userId: user.id } : {}) },
      })
      tell(running, items, (bindings) =>
        table(
          ['ADDRESS', 'CONTACT', 'FROM', 'OVER', 'UNTIL', 'USER AGENT'],
          bindings.map((binding) => [
            binding.addressOfRecord,
            binding.contact,
            `${binding.remoteAddress}:${binding.remotePort}`,
            binding.protocol,
            localTime(binding.expiresAt),
            binding.userAgent ?? '',
          ]),
        ),
      )
    },
  },
  {
    name: 'binding remove',
    words: ['BINDING'],
    summary: 'end a registration',
    async run({ words }, running) {
      await running.api.call(removeBinding, { params: { bindingId: words.binding! } })
      tell(running, { removed: words.binding }, () => 'The registration is ended.')
    },
  },
]
