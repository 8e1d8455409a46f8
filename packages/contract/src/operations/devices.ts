import Type from 'typebox'
import { Conflict } from '../errors.ts'
import { Closed, Id, Page, pageQuery } from '../objects/common.ts'
import { Device, DeviceSecret, DeviceWithSecret, deviceFields } from '../objects/device.ts'
import { operation } from '../operation.ts'

const tag = 'devices'
const path = '/api/v1/devices/{deviceId}'
const params = { deviceId: Id('The device.') }

export const listDevices = operation({
  id: 'listDevices',
  method: 'GET',
  path: '/api/v1/devices',
  tag,
  summary: "Devices: the own ones, or the company's for supervisors and administrators",
  access: 'user',
  query: { userId: Type.Optional(Id('Only of this user.')), ...pageQuery },
  reply: Page(Device),
})

export const createDevice = operation({
  id: 'createDevice',
  method: 'POST',
  path: '/api/v1/devices',
  tag,
  summary: 'Make a device and its secret, which is shown this once',
  access: 'administrator',
  proof: 'in browsers',
  body: Closed({
    userId: Id('Whose calls it takes.'),
    label: Type.Optional(deviceFields.label),
    sipUsername: Type.Optional(deviceFields.sipUsername),
    keying: Type.Optional(deviceFields.keying),
    encryptionRequired: Type.Optional(deviceFields.encryptionRequired),
  }),
  status: 201,
  reply: DeviceWithSecret,
  errors: [Conflict],
})

export const readDevice = operation({
  id: 'readDevice',
  method: 'GET',
  path,
  tag,
  summary: 'One device, without its secret',
  access: 'user',
  params,
  reply: Device,
})

export const changeDevice = operation({
  id: 'changeDevice',
  method: 'PATCH',
  path,
  tag,
  summary: 'Change what is named of a device',
  access: 'administrator',
  params,
  body: Closed({
    label: Type.Optional(deviceFields.label),
    keying: Type.Optional(deviceFields.keying),
    encryptionRequired: Type.Optional(deviceFields.encryptionRequired),
  }),
  reply: Device,
})

export const removeDevice = operation({
  id: 'removeDevice',
  method: 'DELETE',
  path,
  tag,
  summary: 'Remove a device with its secret and bindings',
  access: 'administrator',
  params,
})

export const reissueDeviceSecret = operation({
  id: 'reissueDeviceSecret',
  method: 'POST',
  path: `${path}/secret`,
  tag,
  summary: 'Issue a new secret, shown this once; the old one ends',
  access: 'administrator',
  proof: 'in browsers',
  params,
  status: 201,
  reply: DeviceSecret,
})
