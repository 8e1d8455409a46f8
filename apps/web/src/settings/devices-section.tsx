import { useCallback, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { faultText } from '../app/app.ts'
import { useApp, useMe } from '../app/use-app.ts'
import { useKeptLoaded } from '../app/use-kept-loaded.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Badge, Banner, Button, Card, Dialog, Empty, Icon, TextField, useQuestion } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './settings.module.css'

type Device = ReplyOf<'listDevices'>['items'][number]
type Binding = ReplyOf<'listBindings'>['items'][number]
const kinds = ['registrar.', 'configuration.changed']

/** What rings for me: which phones there are, and whether and from where they are registered. */
export function Section() {
  const words = useWords()
  const { settings } = words
  const { api, showFault } = useApp()
  const { user } = useMe()
  const [devices, setDevices] = useState<readonly Device[]>()
  const [bindings, setBindings] = useState<readonly Binding[]>([])
  const [renamed, setRenamed] = useState<Device>()
  const question = useQuestion((fault) => faultText(words, fault))
  const load = useCallback(() => {
    const query = { userId: user.id, limit: 200 }
    Promise.all([api.call('listDevices', { query }), api.call('listBindings', { query })]).then(([own, registered]) => {
      setDevices(own.items)
      setBindings(registered.items)
    }, showFault)
  }, [api, user.id, showFault])
  useKeptLoaded(load, kinds)
  if (!devices) return null
  const disconnect = (device: Device) =>
    question.ask({
      title: settings.disconnect,
      text: settings.disconnectAsk(device.label),
      yes: settings.disconnect,
      isDanger: true,
      run: async () => {
        await api.call('disconnectMyDevice', { params: { deviceId: device.id } })
        load()
      },
    })
  return (
    <>
      {question.dialog}
      <Card
        title={settings.myDevices}
        tools={
          <Button icon="refresh" onPress={load}>
            {settings.refresh}
          </Button>
        }
      >
        {devices.length === 0 && <Empty icon="desk-phone" title={settings.noDevices} />}
        {devices.map((device) => (
          <DeviceRow
            key={device.id}
            device={device}
            bindings={bindings.filter(({ deviceId }) => deviceId === device.id)}
            onRename={() => setRenamed(device)}
            onDisconnect={() => disconnect(device)}
          />
        ))}
      </Card>
      {renamed && (
        <Rename
          device={renamed}
          onClose={() => {
            setRenamed(undefined)
            load()
          }}
        />
      )}
    </>
  )
}

function DeviceRow({
  device,
  bindings,
  onRename,
  onDisconnect,
}: {
  readonly device: Device
  readonly bindings: readonly Binding[]
  readonly onRename: () => void
  readonly onDisconnect: () => void
}) {
  const { settings } = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const isRegistered = bindings.length > 0
  return (
    <div className={css.device} role="group" aria-label={device.label}>
      <Icon name={bindings.some(({ protocol }) => protocol.startsWith('ws')) ? 'laptop' : 'desk-phone'} />
      <div className={css.deviceText}>
        <span className={css.deviceName}>
          {device.label}{' '}
          <Badge {...(isRegistered ? { tone: 'good' as const } : {})}>
            {isRegistered ? settings.registered : settings.notRegistered}
          </Badge>
        </span>
        {bindings.map(({ id, registeredAt, protocol, remoteAddress, userAgent }) => (
          <span key={id} className={css.under}>
            {settings.registeredSince(format.moment(Date.parse(registeredAt), clock.nowMs()), remoteAddress)}
            {userAgent && `, ${userAgent}`}{' '}
            {protocol === 'tls' || protocol === 'wss' ? (
              <Badge tone="good">{settings.encrypted}</Badge>
            ) : (
              <Badge tone="warn">{settings.notEncrypted}</Badge>
            )}
          </span>
        ))}
      </div>
      <Button icon="edit" onPress={onRename}>
        {settings.rename}
      </Button>
      {isRegistered && <Button onPress={onDisconnect}>{settings.disconnect}</Button>}
    </div>
  )
}

function Rename({ device, onClose }: { readonly device: Device; readonly onClose: () => void }) {
  const { settings, shell } = useWords()
  const { api } = useApp()
  const submit = useSubmit()
  const [label, setLabel] = useState(device.label)
  const save = () =>
    submit.run(async () => {
      await api.call('renameMyDevice', { params: { deviceId: device.id }, body: { label: label.trim() } })
      onClose()
    })
  return (
    <Dialog
      title={settings.rename}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={submit.isBusy || label.trim() === ''} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <TextField label={settings.deviceName} value={label} onChange={setLabel} maxLength={100} autoFocus />
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}
