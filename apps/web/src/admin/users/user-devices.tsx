import { useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import {
  Badge,
  Banner,
  Button,
  Card,
  IconButton,
  Line,
  Quiet,
  Table,
  type TableColumn,
  TextField,
  useQuestion,
} from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { SecretOnce } from '../secret-once.tsx'
import { type Device, useBindings, useDevices, type User } from '../use-company.ts'

type Secret = ReplyOf<'reissueDeviceSecret'>

/** A user's devices, with where they are registered; secrets are shown once. */
export function UserDevices({ user }: { readonly user: User }) {
  const words = useWords()
  const { admin } = words
  const format = useFormat()
  const { api, clock } = useApp()
  const devices = useDevices()
  const bindings = useBindings()
  const submit = useSubmit()
  const [label, setLabel] = useState('')
  const [secret, setSecret] = useState<Secret>()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const own = (devices.items ?? []).filter(({ userId }) => userId === user.id)
  const add = () =>
    submit.run(async () => {
      const made = await api.call('createDevice', {
        body: { userId: user.id, ...(label.trim() === '' ? {} : { label: label.trim() }) },
      })
      setSecret(made.secret)
      setLabel('')
      devices.reload()
    })
  const reissue = (device: Device) =>
    ask({
      title: admin.users.newSecret,
      text: admin.users.newSecretAsk(device.label),
      yes: admin.users.newSecret,
      run: async () => setSecret(await api.call('reissueDeviceSecret', { params: { deviceId: device.id } })),
    })
  const remove = (device: Device) =>
    ask({
      title: admin.users.removeDevice,
      text: admin.users.removeDeviceAsk(device.label),
      yes: admin.users.removeDevice,
      isDanger: true,
      run: async () => {
        await api.call('removeDevice', { params: { deviceId: device.id } })
        devices.reload()
      },
    })
  const columns: TableColumn<Device>[] = [
    { id: 'label', title: admin.users.deviceLabel, cell: (device) => device.label },
    { id: 'sip', title: admin.users.sipUser, cell: ({ sipUsername }) => sipUsername },
    {
      id: 'state',
      title: admin.sections.registrations,
      cell: (device) => {
        const binding = bindings.items?.find(({ deviceId }) => deviceId === device.id)
        if (!binding) return <Badge>{admin.users.notRegistered}</Badge>
        const since = format.moment(Date.parse(binding.registeredAt), clock.nowMs())
        return (
          <Line>
            <Badge tone="good">{admin.users.registered}</Badge>
            <Quiet>
              {binding.userAgent} · {binding.remoteAddress} · {since}
            </Quiet>
          </Line>
        )
      },
    },
    {
      id: 'do',
      title: '',
      cell: (device) => (
        <>
          <IconButton icon="key" label={`${admin.users.newSecret}: ${device.label}`} onPress={() => reissue(device)} />
          <IconButton
            icon="trash"
            label={`${admin.users.removeDevice}: ${device.label}`}
            onPress={() => remove(device)}
          />
        </>
      ),
    },
  ]
  return (
    <Card title={admin.users.devices}>
      {dialog}
      {secret && (
        <SecretOnce
          hint={admin.users.secretOnce}
          items={[
            [admin.users.sipUser, secret.sipUsername],
            [admin.users.sipDomain, secret.domain],
            [admin.users.sipPassword, secret.password],
          ]}
        />
      )}
      {own.length === 0 ? (
        <Quiet>{admin.users.noDevices}</Quiet>
      ) : (
        <Table label={admin.users.devices} columns={columns} rows={own} empty={null} />
      )}
      <Line>
        <TextField
          label={admin.users.deviceLabel}
          placeholder={admin.users.deviceLabelHint}
          value={label}
          onChange={setLabel}
          mistake={submit.mistakeAt('/label')}
        />
        <Button icon="plus" isDisabled={submit.isBusy} onPress={add}>
          {admin.users.addDevice}
        </Button>
      </Line>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Card>
  )
}
