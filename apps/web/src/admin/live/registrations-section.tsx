import { useMemo, useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import {
  Badge,
  Banner,
  Empty,
  IconButton,
  Line,
  Page,
  SearchField,
  Switch,
  Table,
  type TableColumn,
  useQuestion,
} from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from '../admin.module.css'
import { Listed } from '../listed.tsx'
import { type Binding, useBindings, useDevices, useUsers } from '../use-company.ts'
import { registeredTwice } from './registered-twice.ts'

/** Which devices are registered, from where, and which suspiciously often. */
export function Section() {
  const words = useWords()
  const { admin, shell } = words
  const format = useFormat()
  const { api, clock } = useApp()
  const bindings = useBindings()
  const users = useUsers()
  const devices = useDevices()
  const [text, setText] = useState('')
  const [twiceOnly, setTwiceOnly] = useState(false)
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const userNames = useMemo(() => new Map(users.items?.map((user) => [user.id, user.displayName])), [users.items])
  const labels = useMemo(() => new Map(devices.items?.map((device) => [device.id, device.label])), [devices.items])
  const twice = useMemo(() => registeredTwice(bindings.items ?? []), [bindings.items])
  const nameOf = ({ userId }: Binding) => userNames.get(userId) ?? userId
  const labelOf = ({ deviceId }: Binding) => labels.get(deviceId) ?? ''
  const fits = (binding: Binding) => {
    const all = `${nameOf(binding)} ${labelOf(binding)} ${binding.remoteAddress} ${binding.userAgent ?? ''} ${binding.addressOfRecord}`
    return all.toLowerCase().includes(text.trim().toLowerCase()) && (!twiceOnly || twice.has(binding.deviceId))
  }
  const moment = (at: string) => format.moment(Date.parse(at), clock.nowMs())
  const columns: TableColumn<Binding>[] = [
    { id: 'who', title: admin.registrations.who, cell: nameOf },
    {
      id: 'device',
      title: admin.registrations.device,
      cell: (binding) => (
        <>
          {labelOf(binding)} {twice.has(binding.deviceId) && <Badge tone="warn">{admin.registrations.twice}</Badge>}
        </>
      ),
    },
    { id: 'phone', title: admin.registrations.phone, cell: ({ userAgent }) => userAgent ?? '' },
    {
      id: 'from',
      title: admin.registrations.from,
      cell: ({ remoteAddress, remotePort }) => (
        <span className={css.number}>
          {remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress}:{remotePort}
        </span>
      ),
    },
    { id: 'over', title: admin.registrations.over, cell: ({ protocol }) => protocol.toUpperCase() },
    { id: 'since', title: admin.registrations.since, cell: ({ registeredAt }) => moment(registeredAt) },
    {
      id: 'end',
      title: '',
      cell: (binding) => (
        <IconButton
          icon="close"
          label={`${admin.registrations.end}: ${nameOf(binding)}`}
          onPress={() =>
            ask({
              title: admin.registrations.end,
              text: admin.registrations.endAsk,
              yes: admin.registrations.end,
              isDanger: true,
              run: async () => {
                await api.call('removeBinding', { params: { bindingId: binding.id } })
              },
            })
          }
        />
      ),
    },
  ]
  return (
    <Page title={admin.sections.registrations}>
      {dialog}
      {twice.size > 0 && <Banner tone="warn">{admin.registrations.twiceHint}</Banner>}
      <Line>
        <div className={css.filter}>
          <SearchField label={admin.registrations.search} clearLabel={shell.clear} value={text} onChange={setText} />
        </div>
      </Line>
      {twice.size > 0 && (
        <Switch isOn={twiceOnly} onChange={setTwiceOnly}>
          {admin.registrations.twiceOnly}
        </Switch>
      )}
      <Listed list={bindings}>
        {(items) => (
          <Table
            label={admin.sections.registrations}
            columns={columns}
            rows={items.filter(fits)}
            empty={<Empty icon="desk-phone" title={admin.registrations.none} />}
          />
        )}
      </Listed>
    </Page>
  )
}
