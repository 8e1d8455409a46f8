import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { Banner, Button, Dialog, Quiet, Radios, Stack, TextField } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import type { CentreProps } from './centre-props.ts'
import { FaultBanner, PeopleTicks, useAsking } from './parts.tsx'
import { isName, NameField } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

/** A queue in a minute: a name, a number, people. It is published at once. */
export function QuickQueue({ model, view, users, onClose }: CentreProps & { readonly onClose: () => void }) {
  const words = useWords()
  const text = useCentreText()
  const format = useFormat()
  const { toasts } = useApp()
  const asking = useAsking()
  const [name, setName] = useState('')
  const [number, setNumber] = useState('')
  const [userIds, setUserIds] = useState<string[]>([])
  const [hours, setHours] = useState<'always' | 'weekdays'>('always')
  const people = [...users].sort((a, b) => format.compare(a.displayName, b.displayName))
  const plain = number.replace(/[\s().-]/g, '')
  const make = () =>
    asking.run(async () => {
      await model.makeQueue({ name: name.trim(), userIds, hours, ...(plain === '' ? {} : { number: plain }) })
      toasts.show({ tone: 'good', text: text('queueMade', { name: name.trim() }) })
      onClose()
    })
  return (
    <Dialog
      title={view.centre.queues.length === 0 ? text('makeFirst') : text('quickQueue')}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button
            kind="primary"
            isDisabled={asking.isBusy || !isName(name) || !/^(\+?[0-9*#]{1,31})?$/.test(plain)}
            onPress={make}
          >
            {text('quickQueue')}
          </Button>
        </>
      }
    >
      <Stack>
        <Quiet>{text('quickHint')}</Quiet>
        <NameField value={name} onChange={setName} />
        <TextField label={text('numberOptional')} value={number} onChange={setNumber} inputMode="tel" />
        <PeopleTicks
          label={text('people')}
          search={text('search')}
          people={people}
          chosen={userIds}
          onChange={setUserIds}
        />
        <Radios
          label={text('hours')}
          value={hours}
          onChange={setHours}
          choices={[
            { id: 'always', label: text('hoursAlways') },
            { id: 'weekdays', label: text('hoursWeekdays') },
          ]}
        />
        {view.hasDraft && <Banner tone="info">{text('draftStays')}</Banner>}
        <FaultBanner fault={asking.fault} />
      </Stack>
    </Dialog>
  )
}
